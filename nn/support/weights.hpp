// A trained network in one file.
//
//   save_network("mnist.nn", network);
//   Network same = load_network("mnist.nn");   // bit for bit what was saved
//
// The file, every number with the low byte first ("little endian"), integers of 32 bits:
//   offset  0     8 bytes   'n' 'n' 'w' 'e' 'i' 'g' 'h' 't'
//           8     integer   version of the format: 1
//          12     integer   bytes of one weight: 8 (double) or 4 (float)
//          16     integer   L, the number of layers
//          20     L times   three integers: m units, d inputs, activation (its place in nn::Activation, from 0)
//          20+12L L times   W, column by column (m * d weights), then b (m weights), as IEEE 754 numbers
//          last   integer   CRC-32 of all bytes before it
// Whatever element type the network was saved with, it loads in either build: a float build rounds doubles, a double
// build takes floats as they are.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "nn/types.hpp"

namespace nn {

/// Writes the network; the file is complete or not there, and an old one is replaced only by a complete new one.
/// Throws std::invalid_argument for what could not be loaded again (no layers, an empty layer, shapes that do not
/// chain, NaN or infinity in the weights), std::runtime_error if the file cannot be written.
void save_network(const std::filesystem::path& path, const Network& network);

/// Reads what save_network wrote. Throws std::runtime_error, with the path, what was found, what was expected and what
/// to do, for anything else; nothing is allocated for a size that the file claims and does not have.
Network load_network(const std::filesystem::path& path);

/// The same without a file: the bytes, and the network in them. What is wrong with them is said of `name`.
std::string network_to_bytes(const Network& network);
Network network_from_bytes(std::string_view bytes, const std::string& name);

}  // namespace nn
