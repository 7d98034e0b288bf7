// Unpacks an archive that may be hostile, in the sandbox: reads it on stdin, writes the wanted files (arguments: paths
// below exercises/) to stdout in the form of autograder/remote/bytes.hpp. Nothing is ever written to a file, so no path
// in it can lead anywhere.
#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <map>
#include <vector>

#include "autograder/remote/bytes.hpp"

namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20, most_entries = 5000, largest_file = std::size_t{512} << 10;

struct File {
  std::string text, refused;
};

/// "name" of "exercises/name" and "top/exercises/name", "" for everything else; no dots, no absolute paths.
std::string below_exercises(std::string path) {
  while (path.rfind("./", 0) == 0) path.erase(0, 2);
  if (path.empty() || path[0] == '/' || path.find('\\') != std::string::npos ||
      ("/" + path + "/").find("/../") != std::string::npos || ("/" + path).find("/./") != std::string::npos ||
      path.find("//") != std::string::npos)
    return "";
  const std::string folder = "exercises/";
  if (path.rfind(folder, 0) == 0) return path.substr(folder.size());
  const auto slash = path.find('/');
  return slash != std::string::npos && path.compare(slash + 1, folder.size(), folder) == 0
             ? path.substr(slash + 1 + folder.size())
             : "";
}

std::string refuse(archive_entry* entry) {
  if (archive_entry_hardlink(entry)) return "it is a hard link; hand in the file itself";
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG: return "";
    case AE_IFLNK: return "it is a symbolic link; hand in the file itself";
    case AE_IFIFO: return "it is a pipe";
    case AE_IFCHR:
    case AE_IFBLK: return "it is a device";
    case AE_IFDIR: return "it is a folder";
    default: return "it is no regular file";
  }
}

int say(const std::string& why, const std::map<std::string, File>& files) {
  std::string bytes;
  nn::detail::ByteWriter out(bytes);
  out(why, std::uint32_t(files.size()));
  for (const auto& [path, file] : files) out(path, file.text, file.refused);
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t n = write(1, bytes.data() + at, bytes.size() - at);
    if (n <= 0) return 1;
    at += std::size_t(n);
  }
  return 0;
}

}  // namespace

int main(int argc, char* argv[]) {
  std::map<std::string, File> files;
  archive* in = archive_read_new();
  archive_read_support_filter_gzip(in);
  archive_read_support_format_tar(in);
  archive_read_support_format_zip(in);
  if (archive_read_open_fd(in, 0, 1 << 16) != ARCHIVE_OK) return say("it is neither tar, tar.gz nor zip", {});
  std::size_t entries = 0, total = 0;
  archive_entry* entry = nullptr;
  for (int status = 0; (status = archive_read_next_header(in, &entry)) != ARCHIVE_EOF;) {
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
      return say(entries == 0 ? "it is neither tar, tar.gz nor zip" : "it is damaged", {});
    if (++entries > most_entries) return say("it holds more than 5000 files", {});
    const char* name = archive_entry_pathname(entry);
    const std::string path = below_exercises(name ? name : "");
    bool wanted = false;
    for (int i = 1; i < argc; ++i) wanted = wanted || path == argv[i];
    if (wanted && files.count(path)) return say("it holds exercises/" + path + " twice", {});
    File file;
    file.refused = refuse(entry);
    if (wanted && archive_entry_is_encrypted(entry)) file.refused = "it is encrypted";
    char buffer[1 << 16];
    la_ssize_t n = 0;
    while (file.refused.empty() && (n = archive_read_data(in, buffer, sizeof buffer)) > 0) {
      total += std::size_t(n);
      if (total > most_bytes) return say("it unpacks to more than 64 MB", {});
      if (wanted && file.text.size() <= largest_file) file.text.append(buffer, std::size_t(n));
    }
    if (n < 0 && wanted) file.refused = "it is damaged or encrypted";
    if (file.text.size() > largest_file) file = {"", "it is larger than 512 KB"};
    if (wanted) files[path] = file;
  }
  return say(entries == 0 ? "it is empty" : "", files);
}
