// Known mistakes of lesson 2.
#include "autograder/mistakes/catalogue.hpp"
#include "nn/multilayer.hpp"
#include "nn/support/shape.hpp"

namespace nn {

static real AND(real x1, real x2) { return fire(and_gate(), {x1, x2}); }
static real NAND(real x1, real x2) { return fire(nand_gate(), {x1, x2}); }
static real OR(real x1, real x2) { return fire(or_gate(), {x1, x2}); }

#define XOR_MISTAKE(function, task, id, says, ...) \
  MISTAKE(                                         \
      function, task, id, says, (real x1, real x2)->real { return __VA_ARGS__; })

XOR_MISTAKE(xor_gate, "2.1", "and-for-nand",
            "your XOR is an AND: the gate that should be silent for (1, 1) is the one that fires there",
            AND(AND(x1, x2), OR(x1, x2)))
XOR_MISTAKE(xor_gate, "2.1", "or-at-the-end",
            "your XOR always fires: for every input NAND or OR fires; XOR needs both of them",
            OR(NAND(x1, x2), OR(x1, x2)))
XOR_MISTAKE(xor_gate, "2.1", "nand-at-the-end", "your XOR is upside down: it fires where the inputs are equal",
            NAND(NAND(x1, x2), OR(x1, x2)))
XOR_MISTAKE(xor_gate, "2.1", "or-alone", "your XOR is an OR: nothing silences it when both inputs are 1",
            AND(OR(x1, x2), OR(x1, x2)))
XOR_MISTAKE(xor_gate, "2.1", "nand-alone", "your XOR is a NAND: nothing silences it when both inputs are 0",
            AND(NAND(x1, x2), NAND(x1, x2)))
XOR_MISTAKE(xor_gate, "2.1", "and-nand",
            "your XOR never fires: two of the gates you join never fire for the same input",
            AND(AND(x1, x2), NAND(x1, x2)))

#define FEATURE_MISTAKE(id, says, ...) \
  MISTAKE(                             \
      xor_by_feature, "2.2", id, says, ()->Perceptron { return __VA_ARGS__; })

FEATURE_MISTAKE("printed-sign",
                "your neuron fires at (1, 1): there x1 x2 has to take away more than x1 and x2 bring together",
                {{1, 1, 2}, -0.5})
FEATURE_MISTAKE("bias-sign", "your neuron fires at (0, 0): there only the bias is left, and yours is above 0",
                {{1, 1, -2}, 0.5})
FEATURE_MISTAKE("never", "your neuron never fires: a single input must bring the sum above 0, not just up to it",
                {{1, 1, -2}, -1})
FEATURE_MISTAKE("and",
                "your neuron fires at (1, 1) only: the three weights work together, the third should work against",
                {{1, 1, 1}, -1.5})
FEATURE_MISTAKE("feature-first", "your weights stand in another order: x1 and x2 come first, then x1 x2",
                {{-2, 1, 1}, -0.5})
FEATURE_MISTAKE("two-weights", "your neuron looks at x1 and x2 only, and no line does XOR; give x1 x2 a weight too",
                {{1, 1}, -0.5})

XOR_MISTAKE(xor_or_minus_and, "2.3", "plus",
            "you add AND where you should take it away: (1, 1) is then the loudest of all",
            step(OR(x1, x2) + AND(x1, x2) - real(0.5)))
XOR_MISTAKE(xor_or_minus_and, "2.3", "swapped",
            "your sum never gets above 0: where AND fires OR fires as well, so AND without OR leaves nothing",
            step(AND(x1, x2) - OR(x1, x2) - real(0.5)))
XOR_MISTAKE(xor_or_minus_and, "2.3", "half-added",
            "you add the 1/2, so that 0 counts as firing too; it is there to be exceeded",
            step(OR(x1, x2) - AND(x1, x2) + real(0.5)))
XOR_MISTAKE(xor_or_minus_and, "2.3", "upside-down",
            "you fire where the inputs are equal: look on which side of > 0 your sum stands",
            step(AND(x1, x2) - OR(x1, x2) + real(0.5)))
XOR_MISTAKE(xor_or_minus_and, "2.3", "no-step",
            "you answer the sum itself; the bracket asks whether it is above 0: 1 if so, else 0",
            OR(x1, x2) - AND(x1, x2) - real(0.5))

static void require_fit(const mat& W, const vec& b, const mat& X) {
  require(X.n_rows == W.n_cols && b.n_elem == W.n_rows, "dense", "X or b does not fit W");
}

#define DENSE_MISTAKE(id, says, ...)                                            \
  MISTAKE(                                                                      \
      dense, "2.4", id, says, (const mat& W, const vec& b, const mat& X)->mat { \
        require_fit(W, b, X);                                                   \
        mat Z;                                                                  \
        __VA_ARGS__;                                                            \
        return Z;                                                               \
      })

DENSE_MISTAKE("transposed",
              "your W stands on its side: row j of W holds the weights of unit j, W is not transposed here",
              Z = W.t() * X, Z.each_col() += b)
DENSE_MISTAKE("bias-to-rows", "you hand the biases out along the rows, one a sample; unit j adds b(j) for every sample",
              Z = W * X, Z.each_row() += b.t())
DENSE_MISTAKE("slides-order", "you multiply X W as the slides do; there a sample is a row, here it is a column",
              Z = X * W, Z.each_col() += b)
DENSE_MISTAKE("no-bias", "your layer forgets its biases", Z = W * X)
DENSE_MISTAKE("bias-once", "you add the biases to the first sample only; every column needs them", Z = W * X,
              Z.col(0) += b)
DENSE_MISTAKE("bias-subtracted", "you subtract the biases; they are added", Z = W * X, Z.each_col() -= b)
DENSE_MISTAKE("one-bias", "you give every unit the same bias, b(0); unit j has its own, b(j)", Z = W * X + b(0))

static mat layer_sums(const Layer& layer, const mat& A) {
  require_fit(layer.W, layer.b, A);
  mat Z = layer.W * A;
  Z.each_col() += layer.b;
  return Z;
}

static mat stepped(mat Z) {
  return Z.transform([](real z) { return real(z > 0); });
}

MISTAKE(
    forward_steps, "2.5", "last-without-step",
    "your last layer answers its sums; a step follows every layer, the last one too",
    (const Network& network, const mat& X)->mat {
      mat A = X;
      for (uword l = 0; l < network.size(); ++l)
        A = l + 1 < network.size() ? stepped(layer_sums(network[l], A)) : layer_sums(network[l], A);
      return A;
    })
MISTAKE(
    forward_steps, "2.5", "step-at-the-end",
    "you step once, after the last layer; without steps between them the layers are only one",
    (const Network& network, const mat& X)->mat {
      mat A = X;
      for (const Layer& layer : network) A = layer_sums(layer, A);
      return network.empty() ? A : stepped(A);
    })
MISTAKE(
    forward_steps, "2.5", "activation-obeyed",
    "you follow each layer's own activation; here a step follows, whatever it says",
    (const Network& network, const mat& X)->mat {
      mat A = X;
      for (const Layer& layer : network) {
        A = layer_sums(layer, A);
        if (layer.activation == Activation::relu) A.transform([](real z) { return std::max<real>(z, 0); });
        else if (layer.activation != Activation::identity) A = stepped(A);
      }
      return A;
    })
MISTAKE(
    forward_steps, "2.5", "fires-at-zero",
    "a unit of yours fires when its sum is exactly 0; it should fire only above 0",
    (const Network& network, const mat& X)->mat {
      mat A = X;
      for (const Layer& layer : network) A = layer_sums(layer, A).transform([](real z) { return real(z >= 0); });
      return A;
    })
MISTAKE(
    forward_steps, "2.5", "inputs-stepped",
    "you send the inputs through a step before the first layer; they enter as they are",
    (const Network& network, const mat& X)->mat {
      mat A = stepped(X);
      for (const Layer& layer : network) A = stepped(layer_sums(layer, A));
      return A;
    })
MISTAKE(
    forward_steps, "2.5", "always-from-X",
    "every layer of yours reads X again; each reads what the layer before it answered",
    (const Network& network, const mat& X)->mat {
      mat A = X;
      for (const Layer& layer : network) A = stepped(layer_sums(layer, X));
      return A;
    })
MISTAKE(
    forward_steps, "2.5", "first-layer-only", "you answer after the first layer; the others have to follow",
    (const Network& network, const mat& X)->mat {
      mat A = X, first = X;
      for (const Layer& layer : network) {
        A = stepped(layer_sums(layer, A));
        if (&layer == &network[0]) first = A;
      }
      return first;
    })

#define NETWORK_MISTAKE(function, task, id, says, ...) \
  MISTAKE(                                             \
      function, task, id, says, ()->Network { return __VA_ARGS__; })

NETWORK_MISTAKE(xor_network, "2.6", "and-for-nand",
                "your network is an AND: the hidden unit that should be silent for (1, 1) fires there",
                {{{{1, 1}, {1, 1}}, {-1.5, -0.5}, Activation::step}, {{{1, 1}}, {-1.5}, Activation::step}})
NETWORK_MISTAKE(xor_network, "2.6", "or-at-the-end",
                "your network always fires: one hidden unit is enough for its output, which should need both",
                {{{{-1, -1}, {1, 1}}, {1.5, -0.5}, Activation::step}, {{{1, 1}}, {-0.5}, Activation::step}})
NETWORK_MISTAKE(xor_network, "2.6", "upside-down",
                "your network fires where the inputs are equal: turn the output unit around",
                {{{{-1, -1}, {1, 1}}, {1.5, -0.5}, Activation::step}, {{{-1, -1}}, {1.5}, Activation::step}})
NETWORK_MISTAKE(xor_network, "2.6", "or",
                "your network is an OR: no hidden unit changes its mind when both inputs are 1",
                {{{{1, 1}, {1, 1}}, {-0.5, -0.5}, Activation::step}, {{{1, 1}}, {-1.5}, Activation::step}})
NETWORK_MISTAKE(xor_network, "2.6", "never",
                "your network never fires: no input satisfies both hidden units; a sum of exactly 0 is silent",
                {{{{-1, -1}, {1, 1}}, {1, -0.5}, Activation::step}, {{{1, 1}}, {-1.5}, Activation::step}})
NETWORK_MISTAKE(xor_network, "2.6", "transposed",
                "your hidden W stands on its side: each row holds the weights of one unit",
                {{{{-1, 1}, {-1, 1}}, {1.5, -0.5}, Activation::step}, {{{1, 1}}, {-1.5}, Activation::step}})
NETWORK_MISTAKE(xor_network, "2.6", "one-layer",
                "your network has one layer; one layer draws one line, and no line separates XOR",
                {{{{1, 1}}, {-0.5}, Activation::step}})

NETWORK_MISTAKE(xor_relu_network, "2.7", "no-fold",
                "your hidden layer does not fold: its activation is not relu, so the layers do not do XOR",
                {{{{1, -1}, {-1, 1}}, {0, 0}, Activation::identity}, {{{1, 1}}, {0}, Activation::identity}})
NETWORK_MISTAKE(xor_relu_network, "2.7", "relu-on-top",
                "your output unit folds too; a linear unit stands on top of the hidden ones",
                {{{{1, -1}, {-1, 1}}, {0, 0}, Activation::relu}, {{{1, 1}}, {0}, Activation::relu}})
NETWORK_MISTAKE(xor_relu_network, "2.7", "one-side",
                "your network sees only x1 above x2; the other hidden unit should see x2 above x1",
                {{{{1, -1}, {1, -1}}, {0, 0}, Activation::relu}, {{{0.5, 0.5}}, {0}, Activation::identity}})
NETWORK_MISTAKE(xor_relu_network, "2.7", "difference",
                "your network answers x1 - x2: the top takes one hidden unit from the other, and that undoes the fold",
                {{{{1, -1}, {-1, 1}}, {0, 0}, Activation::relu}, {{{1, -1}}, {0}, Activation::identity}})
NETWORK_MISTAKE(xor_relu_network, "2.7", "or",
                "your network answers 1 at (1, 1): the unit that fires only there must take away twice as much",
                {{{{1, 1}, {1, 1}}, {0, -1}, Activation::relu}, {{{1, -1}}, {0}, Activation::identity}})
NETWORK_MISTAKE(xor_relu_network, "2.7", "same-fold",
                "both hidden units fold at the same place, so no two slopes meet; give one of them a bias",
                {{{{1, 1}, {1, 1}}, {0, 0}, Activation::relu}, {{{1, -2}}, {0}, Activation::identity}})
NETWORK_MISTAKE(xor_relu_network, "2.7", "numbers-of-steps",
                "you keep the numbers of the network of steps: a step answers 1 whatever the sum above 0, ReLU the sum "
                "itself, so other weights and biases are needed",
                {{{{-1, -1}, {1, 1}}, {1.5, -0.5}, Activation::relu}, {{{1, 1}}, {-1.5}, Activation::identity}})
NETWORK_MISTAKE(xor_relu_network, "2.7", "twice",
                "your network answers 2 where it should answer 1: nothing on top turns a sum into 0 or 1",
                {{{{1, -1}, {-1, 1}}, {0, 0}, Activation::relu}, {{{2, 2}}, {0}, Activation::identity}})

static uword inputs_of(const uvec& truth_table) {
  uword n = 0;
  while (uword(1) << n < truth_table.n_elem) ++n;
  return n;
}

/// One hidden unit for each of `rows`; `unit` writes its weights and bias.
template <class Unit>
static Network units(const uvec& rows, uword n, Unit unit) {
  Layer hidden{mat(rows.n_elem, n), vec(rows.n_elem), Activation::step};
  for (uword j = 0; j < rows.n_elem; ++j) {
    rowvec inputs(n);
    for (uword i = 0; i < n; ++i) inputs(i) = real(rows(j) >> (n - 1 - i) & 1);
    const auto [w, b] = unit(inputs);
    hidden.W.row(j) = w;
    hidden.b(j) = b;
  }
  return {hidden, {mat(1, rows.n_elem, arma::fill::ones), {-0.5}, Activation::step}};
}

static uvec rows_of_ones(const uvec& truth_table) {
  const uword n = inputs_of(truth_table);
  require(n > 0 && truth_table.n_elem == uword(1) << n && truth_table.max() <= 1, "boolean_network", "no truth table");
  return find(truth_table == 1);
}

using Unit = std::pair<rowvec, real>;
static Unit recognises(const rowvec& inputs) { return {2 * inputs - 1, real(0.5) - accu(inputs)}; }

#define BOOLEAN_MISTAKE(id, says, ...)                                          \
  MISTAKE(                                                                      \
      boolean_network, "2.8", id, says, (const uvec& truth_table)->Network {    \
        return units(rows_of_ones(truth_table), inputs_of(truth_table),         \
                     [](const rowvec& inputs) -> Unit { return __VA_ARGS__; }); \
      })

BOOLEAN_MISTAKE("least-significant-first", "you read the inputs backwards: x1 is the most significant digit of i",
                recognises(reverse(inputs)))
BOOLEAN_MISTAKE("zeros-ignored", "your units overlook the inputs that should be 0; a 1 there has to silence them",
                {inputs, real(0.5) - accu(inputs)})
BOOLEAN_MISTAKE("threshold-n",
                "your units wait for n ones; the most a unit can hear is as many ones as its own row of the table has",
                {2 * inputs - 1, real(0.5) - real(inputs.n_elem)})
BOOLEAN_MISTAKE(
    "threshold-one",
    "your units fire for any majority of fitting inputs; each should fire for its own row of the table alone",
    {2 * inputs - 1, -0.5})
MISTAKE(
    boolean_network, "2.8", "and-of-units",
    "your output wants all hidden units at once; for any input at most one of them fires",
    (const uvec& truth_table)->Network {
      Network network = units(rows_of_ones(truth_table), inputs_of(truth_table), recognises);
      network[1].b = {real(0.5) - real(network[1].W.n_cols)};
      return network;
    })
MISTAKE(
    boolean_network, "2.8", "complement", "your network computes NOT of the table: it has a unit for each 0 of it",
    (const uvec& truth_table)->Network {
      rows_of_ones(truth_table);
      return units(find(truth_table == 0), inputs_of(truth_table), recognises);
    })
MISTAKE(
    boolean_network, "2.8", "first-row-only",
    "your network knows only the first 1 of the table; each one needs a unit of its own",
    (const uvec& truth_table)->Network {
      const uvec rows = rows_of_ones(truth_table);
      return units(rows.head(std::min<uword>(1, rows.n_elem)), inputs_of(truth_table), recognises);
    })
MISTAKE(
    boolean_network, "2.8", "size-unchecked", "you accept a table that does not have 2, 4, 8, ... entries",
    (const uvec& truth_table)->Network {
      require(truth_table.empty() || truth_table.max() <= 1, "boolean_network", "no truth table");
      return units(find(truth_table == 1), inputs_of(truth_table), recognises);
    })
MISTAKE(
    boolean_network, "2.8", "entries-unchecked", "you accept a table with entries other than 0 and 1",
    (const uvec& truth_table)->Network {
      const uvec bits = arma::conv_to<uvec>::from(truth_table > 0);
      return units(rows_of_ones(bits), inputs_of(bits), recognises);
    })

static const Layer& first_of(const std::vector<Layer>& layers) {
  require(!layers.empty(), "collapse", "no layers");
  for (uword l = 1; l < layers.size(); ++l)
    require(layers[l].W.n_cols == layers[l - 1].W.n_rows, "collapse", "layers that do not fit");
  return layers[0];
}

MISTAKE(
    collapse, "2.9", "wrong-order",
    "you multiply the layers in the wrong order: what acts first on x stands next to it, on the right",
    (const std::vector<Layer>& layers)->Layer {
      Layer one = first_of(layers);
      for (uword l = 1; l < layers.size(); ++l) one = {one.W * layers[l].W, one.W * layers[l].b + one.b};
      one.activation = Activation::identity;
      return one;
    })
MISTAKE(
    collapse, "2.9", "biases-summed",
    "you add up the biases as they are; a bias passes through the later layers' weights too",
    (const std::vector<Layer>& layers)->Layer {
      Layer one{first_of(layers).W, layers[0].b};
      for (uword l = 1; l < layers.size(); ++l) one = {layers[l].W * one.W, one.b + layers[l].b};
      return one;
    })
MISTAKE(
    collapse, "2.9", "last-bias-only",
    "you keep the last bias only; the earlier ones reach the end too, through the weights",
    (const std::vector<Layer>& layers)->Layer {
      Layer one{first_of(layers).W, layers[0].b};
      for (uword l = 1; l < layers.size(); ++l) one = {layers[l].W * one.W, layers[l].b};
      return one;
    })
MISTAKE(
    collapse, "2.9", "later-biases-lost",
    "the first bias goes through all weights, but the later layers' own biases are left out: each is added once",
    (const std::vector<Layer>& layers)->Layer {
      Layer one{first_of(layers).W, layers[0].b};
      for (uword l = 1; l < layers.size(); ++l) one = {layers[l].W * one.W, layers[l].W * one.b};
      return one;
    })
MISTAKE(
    collapse, "2.9", "bias-of-the-layer-before",
    "only the bias of the layer before goes through a layer's weights; what all earlier ones gave goes through them",
    (const std::vector<Layer>& layers)->Layer {
      Layer one{first_of(layers).W, layers[0].b};
      for (uword l = 1; l < layers.size(); ++l)
        one = {layers[l].W * one.W, layers[l].W * layers[l - 1].b + layers[l].b};
      return one;
    })
MISTAKE(
    collapse, "2.9", "activation-kept", "your layer keeps the activation of the last one; the result's is identity",
    (const std::vector<Layer>& layers)->Layer {
      Layer one{first_of(layers).W, layers[0].b};
      for (uword l = 1; l < layers.size(); ++l) one = {layers[l].W * one.W, layers[l].W * one.b + layers[l].b};
      one.activation = layers.back().activation;
      return one;
    })
MISTAKE(
    collapse, "2.9", "two-layers-only", "you join the first two layers and leave the rest; go on until one is left",
    (const std::vector<Layer>& layers)->Layer {
      const Layer one{first_of(layers).W, layers[0].b};
      if (layers.size() == 1) return one;
      return {layers[1].W * one.W, layers[1].W * one.b + layers[1].b};
    })
MISTAKE(
    collapse, "2.9", "last-layer-left-out", "your loop ends before the last layer; that one is to be joined, too",
    (const std::vector<Layer>& layers)->Layer {
      Layer one{first_of(layers).W, layers[0].b};
      for (uword l = 1; l + 1 < layers.size(); ++l) one = {layers[l].W * one.W, layers[l].W * one.b + layers[l].b};
      return one;
    })
MISTAKE(
    collapse, "2.9", "none-accepted",
    "you collapse no layers at all into an empty one; without layers there is nothing to answer",
    (const std::vector<Layer>& layers)->Layer {
      if (layers.empty()) return {};
      Layer one{first_of(layers).W, layers[0].b};
      for (uword l = 1; l < layers.size(); ++l) one = {layers[l].W * one.W, layers[l].W * one.b + layers[l].b};
      return one;
    })

}  // namespace nn
