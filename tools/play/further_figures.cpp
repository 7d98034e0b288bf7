// The small figures of the lessons of part II.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <sstream>

#include "lessons/16-acting/capstone/judge.hpp"
#include "lessons/18-attention/capstone/tasks.hpp"
#include "nn/acting.hpp"
#include "nn/activations.hpp"
#include "nn/convolution.hpp"
#include "nn/energy.hpp"
#include "nn/generalisation.hpp"
#include "nn/graph.hpp"
#include "nn/optimisers.hpp"
#include "nn/sequences.hpp"
#include "nn/structure.hpp"
#include "nn/support/image.hpp"
#include "nn/unsupervised.hpp"
#include "tools/play/figures.hpp"
#include "tools/play/session.hpp"

namespace play {

using namespace nn;

static mat square_image(const Words& words, std::string_view bytes) {
  const rowvec pixels = numbers_of(words, bytes);
  const uword side = uword(std::lround(std::sqrt(double(pixels.n_elem))));
  if (side * side != pixels.n_elem) throw std::invalid_argument(words.verb() + ": expected a square image");
  return to_image(pixels.t(), side, side);
}

/// degrees= shear= stretch= elastic= seed=, and a square image as bytes: the image distorted so.
static Reply distort(const Words& words, std::string_view bytes) {
  const mat image = square_image(words, bytes);
  const uword side = image.n_rows;
  const auto number = [&](const char* key, double most) { return real(words.number(key, 0, -most, most)); };
  Affine affine{.degrees = number("degrees", 180), .shear = number("shear", 2)};
  affine.stretch_rows = affine.stretch_cols = real(words.number("stretch", 1, 0.1, 10));
  Field from = affine_field(side, side, affine);
  Rng rng(words.whole("seed", 1, 0, 1'000'000));
  if (const real elastic = number("elastic", 20); elastic != 0) {
    const Field by = elastic_field(side, side, elastic, 5, rng);
    from.row += by.row, from.col += by.col;
  }
  Reply reply{Head().text(), {}};
  append(reply.numbers, warp(image, from));
  return reply;
}

/// rule= rate= momentum= steps=: the walk of a rule of lesson 9 down x^2 / 20 + y^2, from (-7, 2).
static Reply walk(const Words& words, std::string_view) {
  const std::map<std::string, Rule> rules = {{"descent", Rule::descent},
                                             {"momentum", Rule::momentum},
                                             {"nesterov", Rule::nesterov},
                                             {"rmsprop", Rule::rmsprop},
                                             {"adam", Rule::adam}};
  const auto it = rules.find(words.text("rule", "momentum"));
  if (it == rules.end()) words.refuse("rule", "descent, momentum, nesterov, rmsprop or adam");
  const Method method{.rule = it->second, .momentum = real(words.number("momentum", 0.9, 0, 1))};
  const real rate = real(words.number("rate", 0.1, 0, 10));
  mat path(2, words.whole("steps", 60, 0, 1000) + 1);
  Moved now{vec{-7, 2}, {}};
  for (uword t = 0; t < path.n_cols; ++t) {
    path.col(t) = now.x;
    const vec slope = valley_slope(now.x);
    now = take_step(method, rate, std::move(now.x), slope, std::move(now.memory));
  }
  Reply reply{Head().add("points", double(path.n_cols)).text(), {}};
  append(reply.numbers, path);
  return reply;
}

/// noise= sigma= seed=, and a square image as bytes: the image with noise, and that under a Gauss filter; in the head
/// how far each is off, the root of the mean squared error.
static Reply smooth(const Words& words, std::string_view bytes) {
  const mat image = square_image(words, bytes);
  Rng rng(words.whole("seed", 1, 0, 1'000'000));
  const mat noisy = image + real(words.number("noise", 0.3, 0, 10)) * random_normal(image.n_rows, image.n_cols, rng);
  const vec bell = gaussian(real(words.number("sigma", 0.8, 0.01, 100)), 8);
  const mat filtered = filter_image(noisy, bell * bell.t());
  const auto off = [&](const mat& other) {
    return std::sqrt(double(arma::mean(vectorise(arma::square(other - image)))));
  };
  Reply reply{Head().add("noisy", off(noisy)).add("filtered", off(filtered)).text(), {}};
  append(reply.numbers, noisy);
  append(reply.numbers, filtered);
  return reply;
}

static std::vector<std::string> pieces(const std::string& text, char between) {
  std::vector<std::string> all;
  std::istringstream in(text);
  for (std::string piece; std::getline(in, piece, between);) all.push_back(piece);
  return all;
}

// "add:0,1", "scale:2:-1", "activate:3:tanh", "parameter"
static Node node_of(const Words& words, const std::string& text) {
  static const std::map<std::string, Op> ops = {{"input", Op::input}, {"parameter", Op::parameter},
                                                {"add", Op::add},     {"multiply", Op::multiply},
                                                {"scale", Op::scale}, {"activate", Op::activate}};
  const std::vector<std::string> parts = pieces(text, ':');
  const auto it = ops.find(parts.empty() ? "" : parts[0]);
  if (it == ops.end()) words.refuse("nodes", "nodes as add:0,1 of input, parameter, add, multiply, scale, activate");
  Node node{it->second};
  if (parts.size() > 1)
    for (const std::string& input : pieces(parts[1], ',')) node.inputs.push_back(uword(std::atoi(input.c_str())));
  if (parts.size() > 2 && node.op == Op::scale) node.factor = real(std::atof(parts[2].c_str()));
  if (parts.size() > 2 && node.op == Op::activate) node.activation = activation_called(words, "nodes", parts[2]);
  return node;
}

/// nodes=, and the values of its leaves as bytes: the value of every node of a graph of lesson 11 over single numbers,
/// and the slope of the last one along each, 0 where it has none. As in nodes=parameter;parameter;add:0,1;scale:2:-1.
static Reply compute(const Words& words, std::string_view bytes) {
  const std::vector<float> leaves = floats(bytes);
  Graph graph;
  Values values;
  std::size_t given = 0;
  for (const std::string& text : pieces(words.text("nodes", ""), ';')) {
    graph.push_back(node_of(words, text));
    values.emplace_back();
    if (graph.back().inputs.empty() && given < leaves.size()) values.back() = mat{real(leaves[given++])};
  }
  if (graph.empty() || graph.size() > 40) words.refuse("nodes", "1 to 40 nodes");
  values = evaluate(graph, std::move(values));
  const Values slopes = backward(graph, values, graph.size() - 1);
  rowvec numbers(2 * graph.size(), arma::fill::zeros);
  for (std::size_t i = 0; i < graph.size(); ++i) {
    numbers(i) = values.at(i).at(0);
    if (!slopes.at(i).empty()) numbers(graph.size() + i) = slopes[i](0);
  }
  Reply reply{Head().add("nodes", double(graph.size())).text(), {}};
  append(reply.numbers, numbers);
  return reply;
}

// The first k points are the centres at first.
/// k= steps= seed=: 200 points in four clouds, the number of the nearest centre of each, and the centres after so many
/// steps of k-means; in the head the mean squared distances.
static Reply cluster(const Words& words, std::string_view) {
  Rng rng(words.whole("seed", 1, 0, 1'000'000));
  const mat X = blobs(200, 4, real(0.3), rng).X;
  const Clusters found = k_means(X, X.head_cols(words.whole("k", 4, 1, 6)), words.whole("steps", 0, 0, 100));
  const uvec near = nearest(found.C, X);
  Reply reply{Head()
                  .add("centres", double(found.C.n_cols))
                  .add("J", std::vector<double>(found.J.begin(), found.J.end()))
                  .text(),
              {}};
  append(reply.numbers, X);
  append(reply.numbers, arma::conv_to<rowvec>::from(near));
  append(reply.numbers, found.C);
  return reply;
}

// 1 for ink and -1 for paper.
static mat signs_of(const mat& V) { return sign(V - real(0.5)) + arma::conv_to<mat>::from(V == real(0.5)); }

/// kept= shown= turned= sweeps= seed=, and images as bytes, one for each kept: the image `shown` with a share of its
/// pixels turned, and what a Hopfield network that keeps them all makes of it; in the head its overlap with the image.
static Reply remember(const Words& words, std::string_view bytes) {
  const uword kept = words.whole("kept", 2, 1, 10), shown = words.whole("shown", 0, 0, kept - 1);
  const rowvec pixels = numbers_of(words, bytes);
  if (pixels.n_elem % kept != 0)
    throw std::invalid_argument("remember: expected images of one size, one for each kept");
  const mat P = signs_of(reshape(pixels, pixels.n_elem / kept, kept));
  Rng rng(words.whole("seed", 1, 0, 1'000'000));
  vec damaged = P.col(shown);
  const uvec turned = random_permutation(damaged.n_elem, rng);
  damaged(turned.head(uword(words.number("turned", 0.2, 0, 1) * double(damaged.n_elem)))) *= -1;
  const vec found = recall(store(P), damaged, rng, words.whole("sweeps", 10, 0, 100));
  Reply reply{Head().add("overlap", double(dot(found, P.col(shown))) / double(found.n_elem)).text(), {}};
  append(reply.numbers, damaged.t());
  append(reply.numbers, found.t());
  return reply;
}

static ToyData points_called(const Words& words, Rng& rng) {
  const std::string set = words.text("set", "circles");
  if (set == "circles") return circles(200, real(0.08), rng);
  if (set == "moons") return moons(200, real(0.08), rng);
  if (set != "spirals") words.refuse("set", "circles, moons or spirals");
  return spiral(200, 2, 0, rng);
}

/// set=circles|moons|spirals units= seed=: a network of one hidden unit grows to so many units at most on 200 points.
/// What it says at grid x grid points of a square about (0, 0), row by row from below, -1 to 1; the points, and their
/// labels; in the head the units and steps, how many points are on the wrong side, and half of the square's side.
static Reply grow(const Words& words, std::string_view) {
  Rng rng(words.whole("seed", 1, 0, 1'000'000));
  const ToyData data = points_called(words, rng);
  const mat T = arma::conv_to<mat>::from(data.labels.t());
  Network start = {xavier_init(1, 2, Activation::tanh, rng)};
  start.push_back(xavier_init(1, 1, Activation::sigmoid, rng));
  const Grown grown = nn::grow(start, data.X, T, words.whole("units", 1, 1, 6), 100, real(0.01), 1, rng);

  const uword side = words.whole("grid", 40, 2, 200);
  const real far = real(1.1) * abs(data.X).max();
  const vec along = arma::linspace<vec>(-far, far, side);
  mat plane(2, side * side);
  for (uword i = 0; i < plane.n_cols; ++i) plane(0, i) = along(i % side), plane(1, i) = along(i / side);
  const mat Y = forward(grown.network, data.X);
  Reply reply{Head()
                  .add("units", double(grown.network[0].b.n_elem))
                  .add("steps", double(grown.losses.n_elem - 1))
                  .add("wrong", double(accu(abs(T - Y) >= real(0.5))))
                  .add("far", double(far))
                  .text(),
              {}};
  append(reply.numbers, 2 * forward(grown.network, plane) - 1);
  append(reply.numbers, data.X);
  append(reply.numbers, T);
  return reply;
}

// Each state of a cell of one unit that reads 1 and then nothing, and how far it moves the last one.
static mat echo_of(const Recurrent& net, uword steps) {
  std::vector<mat> x(steps, mat{0});
  x[0] = mat{1};
  const Outputs said = run(net, x, mat{0});
  const Unrolled unrolled = unroll(net, steps, {steps - 1}, Loss::squared);
  const Model& model = unrolled.model;
  Values values = model.values;
  values[model.inputs(0)] = mat{0};
  for (uword t = 0; t < steps; ++t) values[model.inputs(t + 1)] = x[t];
  values[model.targets(0)] = said.states.back() - 1;  // so that the loss has the slope 1
  const vec slopes = slopes_through_time(unrolled, evaluate(model.graph, std::move(values)));
  mat both(2, steps);
  for (uword t = 0; t < steps; ++t) both(0, t) = said.states[t](0), both(1, t) = slopes(t + 1);
  return both;
}

/// keep= weight= steps=: what two cells of one unit hold after each step, when they read a 1 and then zeros, and the
/// slope of the last state along each: a gated one whose update gate has the bias `keep`, and opens for what is read,
/// then a plain one that reads its own state with `weight`.
static Reply echo(const Words& words, std::string_view) {
  const auto gate = [](real W, real U, real b) { return Gate{mat(1, 1).fill(W), mat(1, 1).fill(U), vec{b}}; };
  const real keep = real(words.number("keep", 3, -20, 20)), weight = real(words.number("weight", 1, -10, 10));
  const uword steps = words.whole("steps", 40, 1, 1000);
  const Recurrent gated{Cell::gated, {gate(-10, 0, keep), gate(0, 0, 0), gate(2, 0, 0)}, mat{1}, vec{0}};
  const Recurrent plain{Cell::plain, {gate(2, weight, 0)}, mat{1}, vec{0}};
  Reply reply{Head().text(), {}};
  append(reply.numbers, echo_of(gated, steps));
  append(reply.numbers, echo_of(plain, steps));
  return reply;
}

// A network that has played so many games. It is kept: what is asked for next is mostly another move.
static const Network& catcher(uword games, uword seed) {
  static std::optional<std::pair<uword, uword>> kept;
  static Network network;
  if (kept == std::pair(games, seed)) return network;
  Rng rng(seed);
  const Game game = catch_game();
  network = learn_q(game, player(game, Activation::identity, rng), catch_q(games), rng).network;
  kept = {games, seed};
  return network;
}

/// games= seed= ball= moves=: one game of lesson 16's catch, as far as it goes by `moves` (letters l, s and r: left,
/// stay, right), then the same game as far, played by a network that has practised so many games; 7 x 7 pixels each,
/// row by row from above. In the head the turns, the score of both, and how many of 100 other balls the network
/// catches.
static Reply catch_ball(const Words& words, std::string_view) {
  const Game game = catch_game();
  const Network& network = catcher(words.whole("games", 1500, 0, 5000), words.whole("seed", 1, 0, 1'000'000));
  Rng rng(words.whole("ball", 1, 0, 1'000'000));
  Turn yours{start(game, rng)}, its = yours;
  uword turns = 0;
  for (const char letter : words.text("moves", "")) {
    const std::size_t action = std::string_view("lsr").find(letter);
    if (action == std::string_view::npos) words.refuse("moves", "letters l (left), s (stay) and r (right)");
    if (ended(yours)) break;
    its = nn::play(game, its.state, vec(forward(network, its.state)).index_max(), turns);
    yours = nn::play(game, yours.state, action, turns++);
  }
  Reply reply{Head()
                  .add("turns", double(turns))
                  .add("yours", double(yours.reward))
                  .add("its", double(its.reward))
                  .add("catches", double(accu(judged(game, network, 100, Rng(2)) > 0)))
                  .text(),
              {}};
  append(reply.numbers, yours.state.t());
  append(reply.numbers, its.state.t());
  return reply;
}

// The words of lesson 12's language. All after the third are of one thing and of many in turn, nouns and then verbs.
static const std::vector<std::string>& language() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> words = {".", "the", "near"};
    for (const std::string_view noun : Sentences::nouns)
      for (const char* end : {"", "s"}) words.push_back(std::string(noun) + end);
    for (const std::string_view verb : Sentences::verbs)
      for (const char* end : {"s", ""}) words.push_back(std::string(verb) + end);
    return words;
  }();
  return all;
}

// The numbers of words that stand between spaces; that of a strange one is the number of all words.
static uvec word_numbers(const std::string& text) {
  const std::vector<std::string>& all = language();
  std::vector<uword> numbers;
  for (const std::string& word : pieces(text, ' '))
    numbers.push_back(uword(std::find(all.begin(), all.end(), word) - all.begin()));
  return uvec(numbers);
}

static constexpr uword most_words = 14;

// 16 texts, each of which begins with a sentence.
static Tokens pages(Rng& rng) {
  Tokens batch{arma::umat(most_words, 16), arma::umat(most_words, 16)};
  for (uword n = 0; n < 16; ++n) {
    std::string text;
    while (word_numbers(text).n_elem <= most_words) {
      text += sentence(rng);
      text.replace(text.size() - 2, 2, " . ");
    }
    batch.read.col(n) = word_numbers(text).head(most_words);
    batch.say.col(n) = word_numbers(text).subvec(1, most_words);
  }
  return batch;
}

// A network that has read so many times 50 batches. All are kept: what is asked for next is mostly the same, or more.
static const Transformer& word_reader(uword fifties) {
  static std::vector<Transformer> after;
  if (after.empty()) {
    Rng rng(1);
    after.push_back(transformer(language().size(), positions(16, most_words, 100), 2, 2, 32, rng));
  }
  while (after.size() <= fifties) {
    Rng rng(after.size());
    std::vector<Tokens> batches;
    while (batches.size() < 50) batches.push_back(pages(rng));
    after.push_back(train_tokens(after.back(), batches, real(0.01), 1));
  }
  return after[fifties];
}

// The graph of a network over texts, and all that it computes.
static std::pair<Attending, Values> read_with(const Transformer& net, const Tokens& texts, bool masked) {
  const uword T = texts.read.n_rows;
  Attending attending = attention_graph(net, texts.read.n_cols);
  const Model& model = attending.model;
  Values values = model.values;
  values[model.inputs(0)] = masked ? causal_mask(T) : mat(T, T, arma::fill::zeros);
  for (uword n = 0; n < texts.read.n_cols; ++n) {
    values[model.inputs(2 * n + 1)] = columns_of(texts.read.col(n), net.E.n_cols);
    values[model.inputs(2 * n + 2)] = arma::eye<mat>(net.P.n_cols, T);
    values[model.targets(n)] = columns_of(texts.say.col(n), net.E.n_cols);
  }
  values = evaluate_columns(model.graph, std::move(values));
  return {std::move(attending), std::move(values)};
}

// Nothing that is said of them is judged.
static Tokens unjudged(const arma::umat& texts) {
  return {texts, arma::umat(texts.n_rows, texts.n_cols).fill(language().size())};
}

// What new text costs a network, in nats a word.
static double price(const Transformer& net, bool masked) {
  Rng rng(1'000'000);
  const auto [attending, values] = read_with(net, pages(rng), masked);
  return double(values[attending.model.loss](0));
}

// After how many beginnings with a misleading noun, out of all 32, the likeliest word is a verb that agrees with the
// first noun.
static uword agreeing(const Transformer& net, bool masked) {
  const uword cat = word_numbers("cat")(0), sleeps = word_numbers("sleeps")(0);
  arma::umat texts(5, 32);
  uword n = 0;
  for (uword i = 0; i < 8; ++i)
    for (uword j = 1 - i % 2; j < 8; j += 2) {
      texts.col(n) = word_numbers("the cat near the cat");
      texts(1, n) += i, texts(4, n++) += j;
    }
  const auto [attending, values] = read_with(net, unjudged(texts), masked);
  uword agree = 0;
  for (n = 0; n < texts.n_cols; ++n) {
    const uword said = values[attending.model.outputs(n)].col(4).index_max();
    agree += said >= sleeps && (said - sleeps) % 2 == (texts(1, n) - cat) % 2;
  }
  return agree;
}

/// batches= text= head= off=: a network of lesson 18 reads words of lesson 12's language, as in
/// text=the_kings_near_the_dog, after so many batches, in fifties. Where head 0 to 3 looks, row by row: each column is
/// a word that asks. Then how likely each word of the language is to come next, a column for each word read. In the
/// head the words of the language, what new text costs, and how many of 32 verbs agree over a misleading noun.
/// off=positions, mask or head0 to head3: all this without that, though it was there in learning; `whole` is the price
/// with it.
static Reply attention(const Words& words, std::string_view) {
  std::string written = words.text("text", "the_kings_near_the_dog");
  std::replace(written.begin(), written.end(), '_', ' ');
  const uvec text = word_numbers(written);
  if (text.empty() || text.max() >= language().size())
    words.refuse("text", "words of cat dog king queen, sleep run sit, with and without s; the, near and a point");
  if (text.n_elem > most_words) words.refuse("text", std::to_string(most_words) + " words at most");
  const uword head = words.whole("head", 0, 0, 3);
  const Transformer& whole = word_reader(words.whole("batches", 300, 0, 400) / 50);
  Transformer net = whole;
  const std::string off = words.text("off", "nothing");
  const bool masked = off != "mask";
  if (off == "positions") net.P.zeros();
  else if (off.size() == 5 && off.starts_with("head") && off[4] >= '0' && off[4] < '4')
    net.blocks[uword(off[4] - '0') / 2].heads[uword(off[4] - '0') % 2].O.zeros();
  else if (masked && off != "nothing") words.refuse("off", "nothing, positions, mask or head0 to head3");

  const auto [attending, values] = read_with(net, unjudged(text), masked);
  Reply reply{Head()
                  .add("price", price(net, masked))
                  .add("whole", price(whole, true))
                  .add("agree", double(agreeing(net, masked)))
                  .add("words", language())
                  .text(),
              {}};
  append(reply.numbers, values[attending.maps(head)]);
  append(reply.numbers, soft_columns(values[attending.model.outputs(0)]));
  return reply;
}

std::span<const Figure> further_figures() {
  static constexpr Figure all[] = {{"distort", "degrees shear stretch elastic seed", distort},
                                   {"walk", "rule rate momentum steps", walk},
                                   {"smooth", "noise sigma seed", smooth},
                                   {"compute", "nodes", compute},
                                   {"cluster", "k steps seed", cluster},
                                   {"remember", "kept shown turned sweeps seed", remember},
                                   {"grow", "set units seed grid", grow},
                                   {"echo", "keep weight steps", echo},
                                   {"catch", "games seed ball moves", catch_ball},
                                   {"attention", "batches text head off", attention}};
  return all;
}

}  // namespace play
