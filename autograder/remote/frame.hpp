// One message over a pipe: a header of known size, then a body of the length that the header states.
//
//   tests -> worker    call (name, arguments)      callback_result      callback_threw
//   worker -> tests    result      threw           callback (which, arguments)
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace nn::detail {

enum class Kind : std::uint8_t { call = 1, callback_result, callback_threw, result, threw, callback };

struct Frame {
  Kind kind{};
  std::uint64_t id = 0;  ///< of the call that it belongs to
  std::string body;
};

/// The other side has closed the pipe.
struct PeerClosed : std::runtime_error {
  using runtime_error::runtime_error;
};
/// The other side sends more than we take.
struct MessageTooLarge : std::runtime_error {
  using runtime_error::runtime_error;
};

inline constexpr std::size_t largest_body = std::size_t{64} << 20;

/// Where a worker finds its pipes.
inline constexpr int worker_requests = 100, worker_replies = 101;

/// What kind of exception a `threw` or `callback_threw` body speaks of: this, then the message, then (callback) which
/// one.
enum class Thrown : std::uint8_t { exception, invalid_argument, not_implemented, out_of_memory, unknown, callback };

/// Throws PeerClosed.
void send(int fd, const Frame& frame);
/// Throws PeerClosed, MessageTooLarge, or MalformedMessage (bytes.hpp). Memory is taken as the bytes come in, not as
/// the header promises.
Frame receive(int fd);

}  // namespace nn::detail
