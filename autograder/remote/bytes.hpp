// Bytes between two processes that do not trust each other: a cereal archive that writes, and one that reads what a
// stranger wrote.
//
// Every length is compared with what is left of the message before a byte of memory is asked for, and the memory of one
// message is bounded as a whole: rubbish costs an exception, never an allocation on trust, and never an invalid value
// (a bool of 7).
#pragma once

#include <cereal/cereal.hpp>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>

namespace nn::detail {

/// The bytes do not form a valid message.
struct MalformedMessage : std::runtime_error {
  using runtime_error::runtime_error;
};

class ByteWriter : public cereal::OutputArchive<ByteWriter, cereal::AllowEmptyClassElision> {
 public:
  explicit ByteWriter(std::string& out) : OutputArchive(this), out_(out) {}
  void write(const void* data, std::size_t size) { out_.append(static_cast<const char*>(data), size); }

 private:
  std::string& out_;
};

class ByteReader : public cereal::InputArchive<ByteReader, cereal::AllowEmptyClassElision> {
 public:
  static constexpr std::size_t memory_limit = std::size_t{256}
                                              << 20;  ///< bytes that the values of one message may take

  explicit ByteReader(std::string_view bytes) : InputArchive(this), left_(bytes) {}

  /// The next `size` bytes.
  const char* take(std::size_t size) {
    if (size > left_.size()) throw MalformedMessage("the message ends too early");
    const char* data = left_.data();
    left_.remove_prefix(size);
    return data;
  }
  /// To be called before memory is taken for `count` things of `size` bytes, each of which needs at least one byte of
  /// the message.
  void reserve(std::uint64_t count, std::size_t size) {
    if (count > left_.size()) throw MalformedMessage("a list is longer than its message");
    if (count > (memory_limit - memory_) / size) throw MalformedMessage("the message asks for too much memory");
    memory_ += count * size;
  }
  std::size_t left() const { return left_.size(); }
  /// To be called at the end: nothing may be left over.
  void finish() const {
    if (!left_.empty()) throw MalformedMessage("the message is longer than what it holds");
  }

 private:
  std::string_view left_;
  std::size_t memory_ = 0;
};

template <class T>
requires std::is_arithmetic_v<T>
void CEREAL_SAVE_FUNCTION_NAME(ByteWriter& out, const T& value) { out.write(&value, sizeof value); }

template <class T>
requires std::is_arithmetic_v<T>
void CEREAL_LOAD_FUNCTION_NAME(ByteReader& in, T& value) { std::memcpy(&value, in.take(sizeof value), sizeof value); }

inline void CEREAL_LOAD_FUNCTION_NAME(ByteReader& in, bool& value) {
  const char byte = *in.take(1);
  if (byte != 0 && byte != 1) throw MalformedMessage("a truth value that is neither");
  value = byte == 1;
}

inline void CEREAL_SAVE_FUNCTION_NAME(ByteWriter& out, const std::string& text) {
  out(std::uint64_t{text.size()});
  out.write(text.data(), text.size());
}

inline void CEREAL_LOAD_FUNCTION_NAME(ByteReader& in, std::string& text) {
  std::uint64_t size = 0;
  in(size);
  in.reserve(size, 1);
  text.assign(in.take(size), size);
}

}  // namespace nn::detail

CEREAL_REGISTER_ARCHIVE(nn::detail::ByteWriter)
CEREAL_REGISTER_ARCHIVE(nn::detail::ByteReader)
CEREAL_SETUP_ARCHIVE_TRAITS(nn::detail::ByteReader, nn::detail::ByteWriter)
