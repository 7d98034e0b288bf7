// What the unpacking program (unpack.cpp) found, on its way out of the sandbox.
#pragma once

#include "autograder/grader/shape.hpp"
#include "autograder/remote/bytes.hpp"

namespace grader {

template <class Archive>
void serialize(Archive& archive, Source& source) {
  archive(source.text, source.refused);
}

template <class Archive>
void serialize(Archive& archive, Candidate& each) {
  archive(each.path, each.source);
}

inline std::string to_bytes(Found& found) {
  std::string bytes;
  nn::detail::ByteWriter out(bytes);
  out(std::uint64_t{found.files});
  for (auto* list : {&found.others, &found.troubles, &found.repositories}) {
    out(std::uint32_t(list->size()));
    for (std::string& text : *list) out(text);
  }
  out(std::uint32_t(found.candidates.size()));
  for (Candidate& each : found.candidates) out(each);
  return bytes;
}

/// Throws nn::detail::MalformedMessage. The program may have been taken over: nothing of it is trusted.
inline Found from_bytes(const std::string& bytes) {
  nn::detail::ByteReader in(bytes);
  Found found;
  std::uint64_t files = 0;
  in(files);
  found.files = files;
  for (auto* list : {&found.others, &found.troubles, &found.repositories}) {
    std::uint32_t count = 0;
    in(count);
    for (std::uint32_t i = 0; i < count; ++i) in(list->emplace_back());
  }
  std::uint32_t count = 0;
  in(count);
  for (std::uint32_t i = 0; i < count; ++i) in(found.candidates.emplace_back());
  in.finish();
  return found;
}

}  // namespace grader
