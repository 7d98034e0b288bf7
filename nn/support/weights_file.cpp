#include "nn/support/input_file.hpp"
#include "nn/support/output_file.hpp"
#include "nn/support/weights.hpp"

namespace nn {

void save_network(const std::filesystem::path& path, const Network& network) {
  write_file(path, network_to_bytes(network));
}

Network load_network(const std::filesystem::path& path) {
  InputFile file(path);
  if (file.gzip()) file.fail("is gzip, expected a file of weights as it was saved; unpack it with gunzip");
  std::string bytes(file.size(), '\0');
  if (file.read(bytes.data(), bytes.size()) != bytes.size()) file.fail("became shorter while it was read; try again");
  return network_from_bytes(bytes, path.string());
}

}  // namespace nn
