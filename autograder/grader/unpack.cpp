// Unpacks an archive that may be hostile, in the sandbox: reads it on stdin, writes what may be graded (arguments: the
// named files) to stdout in the form of found_wire.hpp. Nothing is ever written to a file, so no path in it can lead
// anywhere. What is not wanted costs time only, which the sandbox limits.
#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <clocale>
#include <map>
#include <memory>
#include <optional>

#include "autograder/grader/found_wire.hpp"

namespace {

using grader::Found;
using grader::Source;

constexpr std::size_t largest_inner = std::size_t{256} << 20;  // an archive in the archive
constexpr int deepest = 3;

using Reader = std::unique_ptr<archive, int (*)(archive*)>;

Reader new_reader() {
  Reader in(archive_read_new(), archive_read_free);
  for (const auto filter :
       {archive_read_support_filter_gzip, archive_read_support_filter_bzip2, archive_read_support_filter_xz,
        archive_read_support_filter_lzma, archive_read_support_filter_zstd})
    filter(in.get());  // the ones that would start a program fail, and their archives with them
  for (const auto format :
       {archive_read_support_format_tar, archive_read_support_format_zip, archive_read_support_format_7zip,
        archive_read_support_format_rar, archive_read_support_format_rar5})
    format(in.get());
  return in;
}

/// With slashes and without "./"; nothing for a path that is absolute or climbs.
std::optional<std::string> plain_path(archive_entry* entry) {
  const char* name = archive_entry_pathname(entry);
  if (!name) name = archive_entry_pathname_utf8(entry);
  std::string path = name ? name : "";
  for (char& c : path)
    if (c == '\\') c = '/';
  while (path.starts_with("./")) path.erase(0, 2);
  while (path.ends_with("/")) path.pop_back();
  const std::string whole = "/" + path + "/";
  if (path.empty() || whole.find("//") != std::string::npos || whole.find("/../") != std::string::npos ||
      whole.find("/./") != std::string::npos)
    return {};
  return path;
}

const char* refuse(archive_entry* entry) {
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG: return archive_entry_is_encrypted(entry) ? "it is encrypted" : "";
    case AE_IFLNK: return "it is a symbolic link; hand in the file itself";
    case AE_IFIFO: return "it is a pipe";
    case AE_IFCHR:
    case AE_IFBLK: return "it is a device";
    default: return "it is no regular file";
  }
}

/// The entry's bytes, or nothing when they cannot be read; of more than `most` only so many and one.
std::optional<std::string> data_of(archive* in, std::size_t most) {
  std::string data;
  char buffer[1 << 16];
  la_ssize_t n = 0;
  while (data.size() <= most && (n = archive_read_data(in, buffer, sizeof buffer)) > 0)
    data.append(buffer, std::size_t(n));
  return n < 0 ? std::nullopt : std::optional(data);
}

class Unpacking {
 public:
  Unpacking(Found& found, const grader::NamedFiles& named) : found_(found), named_(named) {}

  /// Everything in the archive, by paths that begin with `before`. What it returns is why there is no more, or "".
  std::string read_all(archive* in, const std::string& before, int depth) {
    std::size_t entries = 0;
    archive_entry* entry = nullptr;
    for (int status = 0; (status = archive_read_next_header(in, &entry)) != ARCHIVE_EOF; ++entries) {
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        return entries == 0 ? "it is no archive that can be read (tar, zip, 7z or rar)" : "it is damaged";
      const std::optional<std::string> path = plain_path(entry);
      if (!path) continue;
      if (const char* target = archive_entry_hardlink(entry)) links_[before + *path] = before + target;
      else take(in, entry, before + *path, depth);
      if (found_.candidates.size() >= grader::most_candidates) return "it holds too many source files";
    }
    return entries == 0 ? "it is empty" : "";
  }

  /// A second name of a file in the archive is that file.
  void follow_hard_links() {
    for (const auto& [path, target] : links_) {
      if (!grader::is_candidate(path, named_)) continue;
      Source source{"", "it is a hard link to a file that is not there; hand in the file itself"};
      for (const grader::Candidate& each : found_.candidates)
        if (each.path == target) source = each.source;
      found_.add(path, source);
    }
  }

 private:
  void take(archive* in, archive_entry* entry, const std::string& path, int depth) {
    const auto type = archive_entry_filetype(entry);
    if (type == AE_IFDIR && !grader::is_candidate(path, named_)) return;
    const std::string refused = refuse(entry);
    if (type != AE_IFREG)
      for (const std::string& lost : grader::expected_behind(path, named_))
        found_.add(lost, {"", "its folder is a symbolic link; hand in the folder itself"});
    if (grader::is_candidate(path, named_)) {
      if (!refused.empty()) return found_.add(path, {"", refused});
      const auto text = data_of(in, grader::largest_source);
      if (!text) found_.add(path, {"", "it is damaged or encrypted"});
      else if (text->size() > grader::largest_source) found_.add(path, {"", "it is larger than 512 KB"});
      else found_.add(path, {*text, ""});
    } else if (refused.empty() && !grader::without_archive_ending(path).empty()) {
      inner(in, path, depth);
    } else {
      found_.add_other(path);
    }
  }

  void inner(archive* in, const std::string& path, int depth) {
    const auto trouble = [&](const std::string& why) {
      found_.add_other(path);
      found_.troubles.push_back(path + ": " + why);
    };
    if (depth >= deepest) return trouble("it lies in too many archives");
    const auto data = data_of(in, largest_inner);
    if (!data) return trouble("it is damaged or encrypted");
    if (data->size() > largest_inner) return trouble("it is larger than 256 MB");
    const Reader reader = new_reader();
    if (archive_read_open_memory(reader.get(), data->data(), data->size()) != ARCHIVE_OK)
      return trouble("it is no archive that can be read (tar, zip, 7z or rar)");
    if (const std::string why = read_all(reader.get(), path + "/", depth + 1); !why.empty()) trouble(why);
  }

  Found& found_;
  const grader::NamedFiles& named_;
  std::map<std::string, std::string> links_;
};

}  // namespace

int main(int argc, char* argv[]) {
  std::setlocale(LC_CTYPE, "C.UTF-8");  // otherwise libarchive has no name for what is not ASCII
  const grader::NamedFiles named(argv + 1, argv + argc);
  Found found;
  std::string why = "it is no archive that can be read (tar, zip, 7z or rar)";
  const Reader in = new_reader();
  if (archive_read_open_fd(in.get(), 0, 1 << 16) == ARCHIVE_OK) {
    Unpacking all(found, named);
    why = all.read_all(in.get(), "", 0);
    all.follow_hard_links();
  }
  if (!why.empty()) found.troubles.insert(found.troubles.begin(), why);
  const std::string bytes = grader::to_bytes(found);
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t n = write(1, bytes.data() + at, bytes.size() - at);
    if (n <= 0) return 1;
    at += std::size_t(n);
  }
  return 0;
}
