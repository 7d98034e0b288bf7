// Notices when any of a few files changes: by file events (inotify) where the system has them, otherwise by polling.
#pragma once

#include <map>

#include "base/project.hpp"

namespace course {

class FileWatch {
 public:
  FileWatch(std::vector<fs::path> files, bool poll);
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  /// To wait on for reading; -1 when polling.
  int descriptor() const { return events_; }
  /// How long to wait at most before `changed` should be asked, in milliseconds; -1 for as long as you like.
  int patience() const { return events_ >= 0 ? -1 : 250; }
  /// Whether the files' texts are others than at the last call (or at the beginning). Events that changed no text, as
  /// those of an editor's temporary files, do not count; nor does a file that is away, as between an editor's delete
  /// and write.
  bool changed();
  /// Names the files' texts as `changed` last saw them: other texts have another name.
  std::string fingerprint() const;

 private:
  std::map<fs::path, std::string> texts() const;

  std::vector<fs::path> files_;
  int events_ = -1;
  std::map<fs::path, std::string> last_;
};

}  // namespace course
