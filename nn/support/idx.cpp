#include "nn/support/idx.hpp"

#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>
#endif

#include <array>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "nn/support/input_file.hpp"
#include "nn/support/output_file.hpp"
#include "nn/support/shape.hpp"

namespace nn {
namespace fs = std::filesystem;
namespace {

constexpr std::uint32_t images_magic = 0x00000803, labels_magic = 0x00000801;

std::string hex(std::uint32_t number) {
  char text[11];
  std::snprintf(text, sizeof text, "0x%08x", static_cast<unsigned>(number));
  return text;
}

std::uint32_t big_endian(const unsigned char* p) {
  return std::uint32_t{p[0]} << 24 | std::uint32_t{p[1]} << 16 | std::uint32_t{p[2]} << 8 | p[3];
}

/// What may have happened to a file that starts with the wrong magic number.
std::string advice(std::uint32_t magic, std::uint32_t expected) {
  if (magic == labels_magic && expected == images_magic)
    return "this is a file of labels: are images and labels swapped?";
  if (magic == images_magic && expected == labels_magic)
    return "this is a file of images: are images and labels swapped?";
  if (magic == 0x03080000 || magic == 0x01080000) return "its bytes are in reverse order: write the high byte first";
  if ((magic & 0xffff0000) == 0 && (magic & 0xff) != (expected & 0xff) && (magic >> 8 & 0xff) == 8)
    return "it has " + std::to_string(magic & 0xff) + " dimensions, expected " + std::to_string(expected & 0xff);
  if ((magic & 0xffff0000) == 0 && magic >> 8 >= 9 && magic >> 8 <= 14)
    return "its elements are not bytes: convert them to unsigned bytes";
  return "this is not an IDX file: fetch it again";
}

/// The sizes in the header, once the file has shown that it holds exactly as many bytes as they promise; the next byte
/// to be read is then the first one of the content.
template <std::size_t n>
std::array<std::uint64_t, n> read_header(InputFile& file, std::uint32_t expected_magic, const std::string& what) {
  constexpr std::size_t header = 4 + 4 * n;
  unsigned char start[header] = {};
  const std::size_t found = file.read(start, header);
  if (found < 4)
    file.fail("has " + std::to_string(found) + " bytes, expected the " + std::to_string(header) + " of a header of " +
              what + "; fetch the file again");
  const std::uint32_t magic = big_endian(start);
  if (magic != expected_magic)
    file.fail("starts with the magic number " + hex(magic) + ", expected " + hex(expected_magic) + " (" + what + "); " +
              advice(magic, expected_magic));
  if (found < header)
    file.fail("has " + std::to_string(found) + " bytes, expected the " + std::to_string(header) + " of a header of " +
              what + "; the file is cut short: fetch it again");

  std::array<std::uint64_t, n> sizes{};
  std::string shape;
  std::uint64_t content = 1;
  bool fits = true;
  for (std::size_t i = 0; i < n; ++i) {
    sizes[i] = big_endian(start + 4 + 4 * i);
    shape += (i == 0 ? "" : " x ") + std::to_string(sizes[i]);
    fits = fits && (sizes[i] == 0 || content <= (std::numeric_limits<std::uint64_t>::max() - header) / sizes[i]);
    content *= sizes[i];
  }
  for (const std::uint64_t size : sizes)
    if (size == 0)
      file.fail("its header promises " + shape + " " + what + ", expected no size to be 0; fetch the file again");
  if (!fits)
    file.fail("its header promises " + shape + " " + what + ", more than any file can hold; fetch the file again");

  // A raw file has the size that it has; a packed one has to be unpacked once to know, and no further than promised.
  const std::uint64_t size = file.gzip() ? header + file.skip(content + 1) : file.size();
  if (size < header + content)
    file.fail("has " + std::to_string(size) + (file.gzip() ? " unpacked" : "") + " bytes, expected " +
              std::to_string(header + content) + " (its header promises " + shape + " " + what +
              "); the file is cut short: fetch it again");
  if (size > header + content)
    file.fail("has " + (file.gzip() ? "more" : std::to_string(size) + " bytes, more") + " than the expected " +
              std::to_string(header + content) + " bytes (its header promises " + shape + " " + what +
              "); something follows the content: fetch the file again");
  if (file.gzip()) {
    file.rewind();
    file.read(start, header);
  }
  return sizes;
}

/// Batches are gathered from columns far apart: with large pages, where the system offers them, none of these costs a
/// walk through its tables of pages. To be asked for before the memory is first touched; a refusal costs nothing but
/// time.
void prefer_large_pages([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t size) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE)),
             begin = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t first = (begin + page - 1) / page * page, last = (begin + size) / page * page;
  if (first < last) (void)madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
#endif
}

void read_content(InputFile& file, bytes& to) {
  prefer_large_pages(to.memptr(), to.n_elem);
  if (file.read(to.memptr(), to.n_elem) != to.n_elem)
    file.fail("became shorter while it was read; is something still writing it? Try again");
}

fs::path find(const fs::path& dir, const std::string& start, const std::string& dimensions) {
  const std::string dash = start + "-" + dimensions + "-ubyte", dot = start + "." + dimensions + "-ubyte";
  std::error_code error;
  for (const std::string& name : {dash, dot, dash + ".gz", dot + ".gz"})
    if (fs::exists(dir / name, error)) return dir / name;
  throw std::runtime_error(
      dir.string() + ": has no " + dash + ", expected it (or " + dot +
      ", either also with .gz at the end); name the folder that holds the data set, or fetch MNIST "
      "with ./course data mnist");
}

std::string header_bytes(std::uint32_t magic, const std::vector<uword>& sizes) {
  std::string text;
  const auto put = [&](std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(number >> shift & 0xff);
  };
  put(magic);
  for (const uword size : sizes) {
    require(size > 0 && size <= 0xffffffff, "write_idx",
            "a size is " + std::to_string(size) + ", expected 1 ... 4294967295");
    put(static_cast<std::uint32_t>(size));
  }
  return text;
}

void write_idx(const fs::path& path, const std::string& content) {
  write_file(path, path.extension() == ".gz" ? gzip(content) : content);
}

}  // namespace

Images read_idx_images(const fs::path& path) {
  InputFile file(path);
  const auto [n, rows, cols] = read_header<3>(file, images_magic, "images");
  Images images{bytes(rows * cols, n, arma::fill::none), rows, cols};
  read_content(file, images.pixels);
  return images;
}

uvec read_idx_labels(const fs::path& path, uword classes) {
  require(classes > 0, "read_idx_labels", "classes is 0, expected at least 1");
  InputFile file(path);
  const auto [n] = read_header<1>(file, labels_magic, "labels");
  bytes read(n, 1, arma::fill::none);
  read_content(file, read);
  for (uword i = 0; i < n; ++i)
    if (read(i) >= classes)
      file.fail("label " + std::to_string(i) + " (counted from 0) is " + std::to_string(read(i)) + ", expected 0 ... " +
                std::to_string(classes - 1) + "; the file is damaged or has more classes than you said");
  return arma::conv_to<uvec>::from(read);
}

Dataset read_dataset(const fs::path& dir, Part part, uword classes) {
  std::error_code error;
  if (!fs::exists(dir, error))
    throw std::runtime_error(dir.string() +
                             ": there is no such folder, expected one that holds a data set; check the path, or "
                             "fetch MNIST with ./course data mnist");
  if (!fs::is_directory(dir, error))
    throw std::runtime_error(dir.string() +
                             ": is not a folder, expected the folder that holds the data set; name that one");
  const std::string start = part == Part::train ? "train" : "t10k";
  const fs::path images_path = find(dir, start + "-images", "idx3"), labels_path = find(dir, start + "-labels", "idx1");

  uvec labels = read_idx_labels(labels_path, classes);
  Images images = read_idx_images(images_path);
  if (images.pixels.n_cols != labels.n_elem)
    throw std::runtime_error(images_path.string() + ": has " + std::to_string(images.pixels.n_cols) + " images, but " +
                             labels_path.filename().string() + " beside it has " + std::to_string(labels.n_elem) +
                             " labels, expected one label an image; they are not of one data set: fetch both again");
  return Dataset{std::move(images.pixels), std::move(labels), images.rows, images.cols, classes};
}

void write_idx_images(const fs::path& path, const Images& images) {
  require_shape(images.pixels.n_rows, images.rows * images.cols, "write_idx_images", "pixels", "rows", "rows * cols");
  std::string content = header_bytes(images_magic, {images.pixels.n_cols, images.rows, images.cols});
  content.append(reinterpret_cast<const char*>(images.pixels.memptr()), images.pixels.n_elem);
  write_idx(path, content);
}

void write_idx_labels(const fs::path& path, const uvec& labels) {
  std::string content = header_bytes(labels_magic, {labels.n_elem});
  for (const uword label : labels) {
    require(label <= 255, "write_idx_labels",
            "a label is " + std::to_string(label) + ", expected 0 ... 255 (one byte)");
    content += static_cast<char>(label);
  }
  write_idx(path, content);
}

}  // namespace nn
