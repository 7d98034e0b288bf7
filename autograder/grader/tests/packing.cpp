#include "autograder/grader/tests/packing.hpp"

#include <archive.h>

#include <cstdint>
#include <fstream>
#include <stdexcept>

namespace grader {

namespace fs = std::filesystem;

void put(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

// Nothing that is free writes RAR. Version 5 of the format, stored: signature, main header, a header and the bytes of
// each file, end.
namespace rar {

static std::uint32_t crc32(const std::string& bytes) {
  std::uint32_t crc = ~0u;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return ~crc;
}

static std::string number(std::uint64_t value) {  // seven bits a byte, the last without the eighth
  std::string out;
  for (; value > 127; value >>= 7) out += char((value & 127) | 128);
  return out + char(value);
}

static std::string word(std::uint32_t value) {
  std::string out;
  for (int i = 0; i < 4; ++i) out += char(value >> (8 * i) & 255);
  return out;
}

static std::string header(const std::string& body) {
  const std::string sized = number(body.size()) + body;
  return word(crc32(sized)) + sized;
}

static std::string archive_of(const std::vector<Entry>& entries) {
  std::string out("Rar!\x1a\x07\x01\x00", 8);
  out += header(number(1) + number(0) + number(0));
  for (const Entry& each :
       entries)  // type file, has data; its size, has a CRC; its size again, mode, CRC, stored, Unix
    out += header(number(2) + number(2) + number(each.text.size()) + number(4) + number(each.text.size()) +
                  number(0100644) + word(crc32(each.text)) + number(0) + number(1) + number(each.path.size()) +
                  each.path) +
           each.text;
  return out + header(number(5) + number(0) + number(0));
}

}  // namespace rar

fs::path pack(const fs::path& file, const std::vector<Entry>& entries, const std::string& format) {
  fs::create_directories(file.parent_path());
  if (format == "rar") return put(file, rar::archive_of(entries)), file;
  archive* out = archive_write_new();
  if (format == "zip") archive_write_set_format_zip(out), archive_write_set_options(out, "hdrcharset=UTF-8");
  else if (format == "7z") archive_write_set_format_7zip(out);
  else archive_write_set_format_pax_restricted(out);
  if (format == "tar.gz") archive_write_add_filter_gzip(out);
  if (format == "tar.xz") archive_write_add_filter_xz(out);
  if (format == "tar.bz2") archive_write_add_filter_bzip2(out);
  if (format == "tar.zst") archive_write_add_filter_zstd(out);
  if (archive_write_open_filename(out, file.c_str()) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(out));
  for (const Entry& each : entries) {
    archive_entry* entry = archive_entry_new();
    archive_entry_update_pathname_utf8(entry, each.path.c_str());
    archive_entry_set_pathname(entry, each.path.c_str());
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_filetype(entry, each.type);
    archive_entry_set_size(entry, la_int64_t(each.text.size()));
    if (!each.link.empty())
      each.hard ? archive_entry_set_hardlink(entry, each.link.c_str())
                : archive_entry_set_symlink(entry, each.link.c_str());
    archive_write_header(out, entry);
    archive_write_data(out, each.text.data(), each.text.size());
    archive_entry_free(entry);
  }
  archive_write_free(out);
  return file;
}

}  // namespace grader
