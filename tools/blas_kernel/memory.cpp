#include "tools/blas_kernel/memory.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

namespace nn::detail {

namespace {

std::vector<std::string> lines_of(const std::string& file) {
  std::vector<std::string> lines;
  std::FILE* const in = std::fopen(file.c_str(), "r");
  if (!in) return lines;
  std::string line;
  for (int c; (c = std::fgetc(in)) != EOF;)
    if (c != '\n') line += char(c);
    else lines.push_back(std::move(line)), line.clear();
  std::fclose(in);
  return lines;  // a last line without its end was not written whole
}

bool is_of(const std::string& line, const std::string& key) { return line.compare(0, key.size() + 1, key + '\t') == 0; }

}  // namespace

std::string memory_file() {
  const auto folder = [](const char* variable) {
    const char* const value = std::getenv(variable);
    return value && *value == '/' ? std::string(value) : std::string();
  };
  std::string cache = folder("XDG_CACHE_HOME");
  if (cache.empty()) {
    const std::string home = folder("HOME");
    if (home.empty()) return "";
    cache = home + "/.cache";
  }
  return cache + "/nand2mnist/blas-kernels.tsv";
}

std::optional<std::string> remembered(const std::string& file, const std::string& key) {
  for (const std::string& line : lines_of(file))
    if (is_of(line, key)) {
      const std::string rest = line.substr(key.size() + 1);
      const std::string kernel = rest.substr(0, rest.find('\t'));
      if (!kernel.empty()) return kernel;
    }
  return std::nullopt;
}

void remember(const std::string& file, const std::string& key, const std::string& kernel, const std::string& measured) {
  for (std::size_t end = file.find('/', 1); end != std::string::npos; end = file.find('/', end + 1))
    mkdir(file.substr(0, end).c_str(), 0777);
  std::string text;
  for (const std::string& line : lines_of(file))
    if (!is_of(line, key)) text += line + '\n';
  text += key + '\t' + kernel + '\t' + measured + '\n';
  const std::string next =
      file + "." + std::to_string(getpid());  // renamed when whole: several programs may write at once
  std::FILE* const out = std::fopen(next.c_str(), "w");
  if (!out) return;
  const bool written = std::fwrite(text.data(), 1, text.size(), out) == text.size();
  if (std::fclose(out) != 0 || !written || std::rename(next.c_str(), file.c_str()) != 0) std::remove(next.c_str());
}

}  // namespace nn::detail
