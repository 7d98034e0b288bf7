// A file of weights put together byte by byte from the description in weights.hpp, for the tests to hold ours against.
#pragma once

#include <zlib.h>

#include <bit>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace nn::test {

inline std::string u32(std::uint32_t number) {
  return {static_cast<char>(number), static_cast<char>(number >> 8), static_cast<char>(number >> 16),
          static_cast<char>(number >> 24)};
}

inline std::string with_crc(const std::string& text) {
  return text + u32(static_cast<std::uint32_t>(
                    crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()))));
}

struct FileLayer {
  std::uint32_t units, inputs, activation;
};

template <typename Element>
std::string weights_file(const std::vector<FileLayer>& layers, const std::vector<Element>& weights) {
  std::string text = "nnweight" + u32(1) + u32(sizeof(Element)) + u32(static_cast<std::uint32_t>(layers.size()));
  for (const FileLayer& layer : layers) text += u32(layer.units) + u32(layer.inputs) + u32(layer.activation);
  for (const Element weight : weights) {
    if constexpr (std::is_same_v<Element, double>) {
      const auto bits = std::bit_cast<std::uint64_t>(weight);
      text += u32(static_cast<std::uint32_t>(bits)) + u32(static_cast<std::uint32_t>(bits >> 32));
    } else {
      text += u32(std::bit_cast<std::uint32_t>(weight));
    }
  }
  return with_crc(text);
}

}  // namespace nn::test
