// The playground's HTTP server, for this machine alone: the page, /network.nn (the trained network), POST /ask (a frame
// in, a frame out) and GET /events (server-sent events).
#pragma once

#include <memory>
#include <string>

#include "base/files.hpp"
#include "tools/play/server/engine_child.hpp"
#include "tools/play/server/state.hpp"

namespace play {

class Server {
 public:
  /// `network` need not be there: whoever asks for it is told so.
  Server(const base::fs::path& page, const base::fs::path& network, EngineChild& engine, State& state);
  ~Server();

  /// Listens on 127.0.0.1: at `port`, or at the next one that is free; returns that one. Throws EnvironmentError when
  /// twenty in a row are taken.
  int listen(int port);
  /// The secret that /ask and /events want: 32 hexadecimal digits, others for each server.
  const std::string& token() const { return token_; }

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
  std::string token_;
};

/// Whether a request with these headers comes from a page of this server (DNS rebinding and foreign pages do not):
/// Host is a name of this machine, any port, as a forwarded port may have another; Origin, where there is one, is the
/// same. `codespace` is the host by which GitHub forwards, or "".
bool is_own(const std::string& host, const std::string& origin, const std::string& codespace);

/// Equal, in a time that says nothing about where they differ.
bool same_secret(const std::string& a, const std::string& b);

}  // namespace play
