#include "nn/support/weights.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include "nn/support/shape.hpp"

namespace nn {
namespace {

constexpr std::string_view magic = "nnweight";
constexpr std::uint32_t version = 1;
constexpr std::size_t header_size = 20, layer_size = 12, crc_size = 4;

/// Files hold the place in nn::Activation: a new one goes to its end, and here.
constexpr std::uint32_t activations = std::uint32_t(Activation::softmax) + 1;

std::uint32_t code(Activation activation) {
  const std::uint32_t number = std::uint32_t(activation);
  if (number >= activations)
    throw std::invalid_argument("save_network: the activation " + std::to_string(static_cast<int>(activation)) +
                                " has no number in the file format, expected one of nn::Activation");
  return number;
}

template <typename Integer>
void put(std::string& text, Integer number) {
  for (std::size_t i = 0; i < sizeof number; ++i) text += static_cast<char>(number >> 8 * i & 0xff);
}

template <typename Integer>
Integer get(const char* p) {
  Integer number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) number |= Integer{static_cast<unsigned char>(p[i])} << 8 * i;
  return number;
}

template <typename To, typename From>
To same_bits(From from) {  // std::bit_cast, which the C++ library of Emscripten 3.1 lacks
  static_assert(sizeof(To) == sizeof from);
  To to;
  std::memcpy(&to, &from, sizeof to);
  return to;
}

using RealBits = std::conditional_t<sizeof(real) == 8, std::uint64_t, std::uint32_t>;

double get_weight(const char* p, std::size_t size) {
  return size == 8 ? same_bits<double>(get<std::uint64_t>(p)) : same_bits<float>(get<std::uint32_t>(p));
}

/// The checksum of gzip and PNG (RFC 1952, section 8), of our own: WebAssembly has no zlib.
std::uint32_t crc(std::string_view text) {
  static const std::array<std::uint32_t, 256> of_byte = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      table[i] = i;
      for (int bit = 0; bit < 8; ++bit) table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0xedb88320u : 0);
    }
    return table;
  }();
  std::uint32_t sum = 0xffffffff;
  for (const char c : text) sum = sum >> 8 ^ of_byte[(sum ^ static_cast<unsigned char>(c)) & 0xff];
  return ~sum;
}

void require_savable(const Network& network) {
  require(!network.empty(), "save_network", "the network has no layers, expected at least one");
  constexpr uword most = std::numeric_limits<std::uint32_t>::max();
  for (std::size_t i = 0; i < network.size(); ++i) {
    const auto& [W, b, activation] = network[i];
    const std::string layer = "layer " + std::to_string(i + 1) + " of " + std::to_string(network.size()) + ": ";
    require(
        W.n_rows > 0 && W.n_cols > 0 && W.n_rows <= most && W.n_cols <= most, "save_network",
        layer + "W is " + std::to_string(W.n_rows) + " x " + std::to_string(W.n_cols) + ", expected at least 1 x 1");
    require_shape(b.n_elem, W.n_rows, "save_network", layer + "b", "entries", "rows of W");
    if (i > 0)
      require_shape(W.n_cols, network[i - 1].W.n_rows, "save_network", layer + "W", "columns",
                    "units of the layer before");
    require(W.is_finite() && b.is_finite(), "save_network",
            layer + "a weight is NaN or infinite, expected finite numbers; the training has diverged: lower the rate");
  }
}

struct Shape {
  std::uint64_t units = 0, inputs = 0;
  Activation activation = Activation::identity;
  std::uint64_t weights() const { return units * (inputs + 1); }  // both below 2^32: no overflow
};

/// The number of layers and the bytes of a weight, from the first 20 bytes.
struct Header {
  std::uint32_t element = 0, layers = 0;
};

/// The bytes of a file of weights, and whose: what is wrong with them is said with the name.
struct Bytes {
  std::string_view text;
  const std::string& name;
  std::size_t size() const { return text.size(); }
  [[noreturn]] void fail(const std::string& message) const { throw std::runtime_error(name + ": " + message); }
};

Header read_header(const Bytes& file) {
  const char* start = file.text.data();
  if (file.text.substr(0, magic.size()) != magic)
    file.fail("does not start with \"" + std::string(magic) +
              "\", expected a file of weights; name one that save_network wrote");
  if (file.size() < header_size)
    file.fail("has " + std::to_string(file.size()) + " bytes, expected at least the " + std::to_string(header_size) +
              " of a header; the file is cut short: save or copy it again");
  const auto in_file = get<std::uint32_t>(start + 8);
  if (in_file != version)
    file.fail("is of version " + std::to_string(in_file) + " of the format, expected " + std::to_string(version) +
              "; load it with the program that saved it, or train again");
  const Header header{get<std::uint32_t>(start + 12), get<std::uint32_t>(start + 16)};
  if (header.element != 4 && header.element != 8)
    file.fail("says that a weight has " + std::to_string(header.element) +
              " bytes, expected 4 (float) or 8 (double); the "
              "file is damaged: save or copy it again");
  if (header.layers == 0)
    file.fail("holds no layers, expected at least one; the file is damaged: save or copy it again");
  return header;
}

/// The layers' shapes, each checked against the one before, all together against the size of the file.
std::vector<Shape> read_shapes(const Bytes& file, const Header& header) {
  const auto require_size = [&](std::uint64_t expected, bool exact) {
    if (exact ? file.size() == expected : file.size() >= expected) return;
    file.fail("has " + std::to_string(file.size()) + " bytes, expected " + (exact ? "" : "at least ") +
              std::to_string(expected) + " for the " + std::to_string(header.layers) + " layers that it claims; " +
              (file.size() < expected ? "the file is cut short" : "something follows the weights") +
              ": save or copy it again");
  };
  std::uint64_t expected = header_size + std::uint64_t{header.layers} * layer_size + crc_size;
  require_size(expected, false);
  std::vector<Shape> shapes;
  for (std::size_t i = 0; i < header.layers; ++i) {
    const char* p = file.text.data() + header_size + i * layer_size;
    const auto activation = get<std::uint32_t>(p + 8);
    const std::string layer = "layer " + std::to_string(i + 1) + " of " + std::to_string(header.layers);
    if (activation >= activations)
      file.fail(layer + " has the unknown activation " + std::to_string(activation) + ", expected 0 ... " +
                std::to_string(activations - 1) + "; the file is damaged: save or copy it again");
    shapes.push_back({get<std::uint32_t>(p), get<std::uint32_t>(p + 4), Activation(activation)});
    const Shape& shape = shapes.back();
    if (shape.units == 0 || shape.inputs == 0)
      file.fail(layer + " is " + std::to_string(shape.units) + " x " + std::to_string(shape.inputs) +
                ", expected at least 1 x 1; the file is damaged: save or copy it again");
    if (i > 0 && shape.inputs != shapes[i - 1].units)
      file.fail(layer + " takes " + std::to_string(shape.inputs) + " inputs, expected " +
                std::to_string(shapes[i - 1].units) +
                " (units of the layer before); the file is damaged: save or copy it again");
    if (shape.weights() > file.size() / header.element)  // checked one by one, so that the sum cannot overflow
      file.fail(layer + " claims " + std::to_string(shape.weights()) + " weights, expected no more than fit into the " +
                std::to_string(file.size()) +
                " bytes of the file; the file is cut short or damaged: save or copy it again");
    expected += shape.weights() * header.element;
  }
  require_size(expected, true);
  return shapes;
}

}  // namespace

std::string network_to_bytes(const Network& network) {
  require_savable(network);
  std::string text(magic);
  put(text, version);
  put(text, std::uint32_t{sizeof(real)});
  put(text, static_cast<std::uint32_t>(network.size()));
  for (const auto& [W, b, activation] : network) {
    put(text, static_cast<std::uint32_t>(W.n_rows));
    put(text, static_cast<std::uint32_t>(W.n_cols));
    put(text, code(activation));
  }
  for (const auto& [W, b, activation] : network) {
    for (const real w : W) put(text, same_bits<RealBits>(w));
    for (const real w : b) put(text, same_bits<RealBits>(w));
  }
  put(text, crc(text));
  return text;
}

Network network_from_bytes(std::string_view text, const std::string& name) {
  const Bytes file{text, name};
  const Header header = read_header(file);
  const std::vector<Shape> shapes = read_shapes(file, header);

  const auto saved = get<std::uint32_t>(&text[text.size() - crc_size]);
  if (crc(text.substr(0, text.size() - crc_size)) != saved)
    file.fail("its checksum differs from its content; the file is damaged: save or copy it again");

  const char* p = text.data() + header_size + header.layers * layer_size;
  const auto read = [&](auto& to, std::size_t layer) {
    for (real& w : to) {
      const double weight = get_weight(p, header.element);
      p += header.element;
      if (!(std::abs(weight) <= std::numeric_limits<real>::max()))
        file.fail("layer " + std::to_string(layer + 1) + " of " + std::to_string(header.layers) +
                  " has a weight that is NaN, " +
                  "infinite or too large for this build, expected finite numbers; train the network again");
      w = static_cast<real>(weight);
    }
  };
  Network network;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    mat W(shapes[i].units, shapes[i].inputs, arma::fill::none);
    vec b(shapes[i].units, arma::fill::none);
    read(W, i);
    read(b, i);
    network.push_back({std::move(W), std::move(b), shapes[i].activation});
  }
  return network;
}

}  // namespace nn
