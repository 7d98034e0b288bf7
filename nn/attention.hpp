// Lesson 18: a small language model that looks back. Each token asks (q), all tokens before it offer a key (k), and
// where it fits they hand over a value (v). Nothing that was read is squeezed into one state.
//
//   look back:  V softmax(K' Q / sqrt(d_h) + M)                                     [Vaswani and others, 2017, eq. 1]
//   heads:      sum over heads of O V softmax(...), with Q, K, V computed from the same tokens          [..., 3.2.2]
//   a block:    h <- h + heads(normalise(h)),  h <- h + W2 relu(W1 normalise(h) + b1) + b2
//                                                                                   [Radford and others, 2019, 2.3]
//   output:     E' normalise(h), logits: a symbol is read and said with the same E  [Press and Wolf, 2017]
//
//   k  symbols     T  tokens, one column each     N  sequences     d  rows of a token     d_h  rows of a head
//   w  units of the ReLU layer     ' transposed     . entry by entry
//
//   Transformer net = transformer(20, positions(32, 24, 100), 2, 2, 64, rng);   // nn/support/transformer.hpp
//   net = train_tokens(net, batches, 0.005, 1);
//   uvec text = go_on(net, prompt, 10, 1, rng);
#pragma once

#include "nn/sequences.hpp"

namespace nn {

/// 18.1  e to each entry, each column divided by its sum, whatever the size of the entries; minus infinity gives
/// exactly 0. [Vaswani and others, 2017, 3.2.1 and 3.2.3]
/// Throws std::invalid_argument when S has no rows, an entry is plus infinity or not a number, or a whole column is
/// minus infinity, as in `soft_columns: column 3 may look nowhere`: there is nothing to share out.
[[nodiscard]] mat soft_columns(const mat& S);
/// 18.1  The slope along S, where P = soft_columns(S) and G is the slope along P: P . (G - g), where g holds the column
/// sums of P . G. [textbook, 1.3]  Throws std::invalid_argument unless P and G have one shape.
[[nodiscard]] mat soft_columns_back(const mat& P, const mat& G);

/// 18.2  Each column to mean 0 and variance 1: (x - mean) / sqrt(variance + 0.00001); the variance divides by the
/// number of rows. [Ba, Kiros and Hinton, 2016, eq. 3]  Throws std::invalid_argument when X has no rows.
[[nodiscard]] mat normalise_columns(const mat& X);
/// 18.2  The slope along X, where G is the slope along Y = normalise_columns(X): (G - mean(G) - Y . mean(G . Y)) /
/// sqrt(variance + 0.00001), means down the columns: mean and variance move with every x. Throws std::invalid_argument
/// when X has no rows, or G another shape.
[[nodiscard]] mat normalise_columns_back(const mat& X, const mat& G);

/// 18.3  T x T: minus infinity at row s, column t where s > t, else 0. Token t looks at itself and at what came before.
[[nodiscard]] mat causal_mask(uword T);
/// 18.3  V softmax(K' Q / sqrt(d_h) + M): column t of the weights says how much token t takes of each. Q is d_h x T, K
/// d_h x S, V has S columns, M is S x T. [Bahdanau, Cho and Bengio, 2015, 3.1; Vaswani and others, 2017, eq. 1]
/// Throws std::invalid_argument when the shapes do not meet, and as soft_columns does.
[[nodiscard]] mat attend(const mat& Q, const mat& K, const mat& V, const mat& M);

/// One way of looking back: what is asked, what is offered, what is handed over, and the way back.
struct Head {
  mat Q, K, V;  ///< d_h x d
  mat O;        ///< d x d_h
};
/// 18.4  The sum over all heads of O attend(Q U, K U, V U, M); U is d x T, M T x T. [Vaswani and others, 2017, 3.2.2]
/// Throws std::invalid_argument when there is no head or one does not fit U, and as attend does.
[[nodiscard]] mat self_attention(const std::vector<Head>& heads, const mat& U, const mat& M);

/// Heads, and two layers for each token by itself.
struct Block {
  std::vector<Head> heads;
  mat W1;  ///< w x d
  vec b1;  ///< w
  mat W2;  ///< d x w
  vec b2;  ///< d
};

/// A network of blocks that reads symbols and says what comes next.
struct Transformer {
  mat E;  ///< d x k: column s is symbol s
  mat P;  ///< d x the most tokens that it reads: column t is place t
  std::vector<Block> blocks;
};

/// 18.5  Where a token stands, as numbers: row 2i is sin(t base^(-2i/d)), row 2i + 1 its cosine; column t, from 0 on,
/// is place t. [Vaswani and others, 2017, 3.5]  Throws std::invalid_argument unless d is even and base > 0.
[[nodiscard]] mat positions(uword d, uword longest, real base);
/// 18.5  The logits of what comes after each token, k x T: h_t = column `token` of E + column t of P; each block, as
/// above, with the causal mask; E' normalise(h). [Vaswani and others, 2017, 3.3 to 3.5]
/// Throws std::invalid_argument when there is no token, one is not below k, or there are more than P has columns, as in
/// `read_all: 65 tokens, 64 places`; and when the network is not whole: require_transformer
/// (nn/support/transformer.hpp) does that for you.
[[nodiscard]] mat read_all(const Transformer& net, const uvec& tokens);

/// What a node may do besides lesson 11's ops. Op(ColumnOp::softmax) is its op; it reads one node.
enum class ColumnOp {
  transpose = 100,  ///< A'
  softmax,          ///< soft_columns(A)
  normalise,        ///< normalise_columns(A)
};
/// 18.6  evaluate (11.4) for graphs in which these ops stand, too. Throws std::invalid_argument as evaluate does.
[[nodiscard]] Values evaluate_columns(const Graph& graph, Values values);
/// 18.6  backward (11.5) for graphs in which these ops stand, too. Throws std::invalid_argument as backward does.
[[nodiscard]] Values backward_columns(const Graph& graph, const Values& values, uword output, Values reuse = {});

/// A network over N sequences as a graph, and where its weights of looking back stand.
struct Attending {
  Model model;  ///< inputs mask, x_1, s_1, x_2, s_2 ...; one target and one output a sequence
  uvec maps;    ///< nodes of the weights, T x T each: sequence by sequence, block by block, head by head
};
/// 18.6  read_all as a graph for sequences of any one length T. Inputs: the mask; for each sequence x, one-hot columns
/// (k x T), and s, which picks the first T places (as many rows as P has columns, x T). Outputs: logits. Each weight is
/// one parameter node that all sequences read, in the order E, P, then for each block Q, K, V, O of each head, W1, b1,
/// W2, b2; their values are those of `net`. The loss is the mean over the sequences of cross_entropy (11.1); a column
/// of a target that is 0 is not judged. Throws std::invalid_argument when there is no sequence, or the network is not
/// whole.
[[nodiscard]] Attending attention_graph(const Transformer& net, uword sequences);

/// What N sequences of T tokens show, and what should be said after each.
struct Tokens {
  arma::umat read;  ///< T x N
  arma::umat say;   ///< T x N; an entry of k is not judged
};
/// 18.7  One step of Adam (9.3, its numbers those of Method) for each batch in turn, on the slopes of attention_graph's
/// loss, clipped to `most` (12.4). Batches may differ in shape. Where nothing is judged all slopes are 0, and that is
/// a step, too. Throws std::invalid_argument when `read` and `say` differ in shape, a batch is empty or longer than P
/// allows, an entry of `read` is not below k or one of `say` above it, and as its parts do.
[[nodiscard]] Transformer train_tokens(Transformer net, const std::vector<Tokens>& batches, real rate, real most);

/// Keys and values of all that was read: by block and head, d_h x length each. Without lists nothing was read yet.
struct Cache {
  std::vector<std::vector<mat>> keys, values;
  uword length = 0;
};
/// Logits of what comes next, and what was read so far.
struct Said {
  vec logits;
  Cache cache;
};
/// 18.8  Reads one token more: its place is cache.length, its key and value join the cache, and its query meets all
/// keys, its own among them. The logits are the last column of what read_all says of all tokens together.
/// Throws std::invalid_argument when the cache is full or another network's, the token is not below k, or the network
/// is not whole.
[[nodiscard]] Said read_one(const Transformer& net, Cache cache, uword token);
/// 18.8  Reads `prompt` and writes `length` symbols more, which are returned: each is drawn from softmax(logits /
/// temperature) as in 12.8, with one rng.uniform(), and read in turn, but for the last.
/// Throws std::invalid_argument when the prompt is empty or a token of it not below k, prompt and length together are
/// more than P has columns and one, unless temperature > 0, or when the network is not whole.
[[nodiscard]] uvec go_on(const Transformer& net, const uvec& prompt, uword length, real temperature, Rng& rng);

}  // namespace nn
