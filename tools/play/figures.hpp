// What the lessons' small figures ask (page/figures.mjs): one contract or two at a time, without a network of the
// page's. Numbers come row by row.
#pragma once

#include "nn/types.hpp"
#include "tools/play/engine.hpp"
#include "tools/play/words.hpp"

namespace play {

/// w1= w2= theta= grid=: 1 where this neuron fires, over -0.5 ... 1.5, and at the corners 00, 01, 10, 11.
Reply neuron(const Words& words, std::string_view bytes);
/// grid=: where the hidden ReLU units of task 2.7 send the square 0 ... 1 and its corners, and the output there.
Reply fold(const Words& words, std::string_view bytes);
/// table=0110: the network of task 2.8 as in `weights`, and in the head its answer to each row.
Reply boolean(const Words& words, std::string_view bytes);
/// act=, and sums as bytes: the outputs, and their slopes; of step and sign, which have none, zeros.
Reply activation(const Words& words, std::string_view bytes);
/// Logits as bytes: their softmax.
Reply probabilities(const Words& words, std::string_view bytes);
/// Margins as bytes: what each costs by squared error, perceptron criterion, hinge and logistic loss; then the slopes.
Reply margins(const Words& words, std::string_view bytes);
/// x= y= rate= steps=: the way down x^2 / 20 + y^2 from there.
Reply valley(const Words& words, std::string_view bytes);
/// x=: in the head the slope of x^3 there by central differences, for delta = 0.1, 0.01, ... 10^-12, and its errors.
Reply differences(const Words& words, std::string_view bytes);
/// x= y= z=: in the head f = (x + y) z, and the slopes on the way back.
Reply product(const Words& words, std::string_view bytes);
/// degrees= shear= stretch= elastic= seed=, and a square image as bytes: the image distorted so.
Reply distort(const Words& words, std::string_view bytes);
/// rule= rate= momentum= steps=: the walk of a rule of lesson 9 down x^2 / 20 + y^2, from (-7, 2).
Reply walk(const Words& words, std::string_view bytes);
/// noise= sigma= seed=, and a square image as bytes: the image with noise, and that under a Gauss filter; in the head
/// how far each is off, the root of the mean squared error.
Reply smooth(const Words& words, std::string_view bytes);
/// nodes=, and the values of its leaves as bytes: the value of every node of a graph of lesson 11 over single numbers,
/// and the slope of the last one along each, 0 where it has none. As in nodes=parameter;parameter;add:0,1;scale:2:-1.
Reply compute(const Words& words, std::string_view bytes);
/// k= steps= seed=: 200 points in four clouds, the number of the nearest centre of each, and the centres after so many
/// steps of k-means; in the head the mean squared distances.
Reply cluster(const Words& words, std::string_view bytes);
/// kept= shown= turned= sweeps= seed=, and images as bytes, one for each kept: the image `shown` with a share of its
/// pixels turned, and what a Hopfield network that keeps them all makes of it; in the head its overlap with the image.
Reply remember(const Words& words, std::string_view bytes);
/// set=circles|moons|spirals units= seed=: a network of one hidden unit grows to so many units at most on 200 points.
/// What it says at grid x grid points of a square about (0, 0), row by row from below, -1 to 1; the points, and their
/// labels; in the head the units and steps, how many points are on the wrong side, and half of the square's side.
Reply grow(const Words& words, std::string_view bytes);
/// keep= weight= steps=: what two cells of one unit hold after each step, when they read a 1 and then zeros, and the
/// slope of the last state along each: a gated one whose update gate has the bias `keep`, and opens for what is read,
/// then a plain one that reads its own state with `weight`.
Reply echo(const Words& words, std::string_view bytes);

/// The slope of x^2 / 20 + y^2.
nn::vec valley_slope(const nn::vec& p);

}  // namespace play
