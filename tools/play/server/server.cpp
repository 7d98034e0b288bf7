#include "tools/play/server/server.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <sys/random.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace play {

namespace {

constexpr int connections = 16;  // a page's /events holds one

std::string without_port(const std::string& host) {
  const auto colon = host.rfind(':');
  return colon == std::string::npos || host.back() == ']' ? host : host.substr(0, colon);
}

bool is_this_machine(const std::string& host) {
  const std::string name = without_port(host);
  return name == "127.0.0.1" || name == "localhost" || name == "[::1]";
}

std::string new_token() {
  unsigned char bytes[16];
  if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) throw base::EnvironmentError("the system has no random bytes");
  std::string text;
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

/// Set by GitHub in its Codespaces, which forward a port as https://NAME-PORT.DOMAIN.
std::string codespace_host(int port) {
  const char *name = std::getenv("CODESPACE_NAME"), *domain = std::getenv("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN");
  return name ? fmt::format("{}-{}.{}", name, port, domain ? domain : "app.github.dev") : "";
}

/// As JavaScript packs it: the size of the text (32 bits, low byte first), the text, the bytes.
Frame unpacked(const std::string& body) {
  std::uint32_t size = 0;
  if (body.size() < sizeof size) throw std::invalid_argument("the question is too short");
  std::memcpy(&size, body.data(), sizeof size);
  if (size > body.size() - sizeof size) throw std::invalid_argument("the question is cut short");
  return {body.substr(sizeof size, size), body.substr(sizeof size + size)};
}

std::string packed(const Frame& frame) {
  const auto size = std::uint32_t(frame.text.size());
  return std::string(reinterpret_cast<const char*>(&size), sizeof size) + frame.text + frame.bytes;
}

}  // namespace

bool is_own(const std::string& host, const std::string& origin, const std::string& codespace) {
  const bool forwarded = !codespace.empty() && host == codespace;
  if (!forwarded && !is_this_machine(host)) return false;
  if (origin.empty() || origin == "http://" + host) return true;
  static const std::string http = "http://";
  return forwarded &&
         (origin == "https://" + host || (origin.rfind(http, 0) == 0 && is_this_machine(origin.substr(http.size()))));
}

bool same_secret(const std::string& a, const std::string& b) {
  unsigned char difference = a.size() != b.size();
  for (std::size_t i = 0; i < a.size(); ++i)
    difference |= static_cast<unsigned char>(a[i] ^ (b.empty() ? 0 : b[i % b.size()]));
  return difference == 0;
}

struct Server::Parts {
  httplib::Server http;
  std::thread thread;
  std::string codespace;
};

Server::Server(const base::fs::path& page, const base::fs::path& network, EngineChild& engine, State& state)
    : parts_(std::make_unique<Parts>()), token_(new_token()) {
  using httplib::Request;
  using httplib::Response;
  httplib::Server& http = parts_->http;
  http.new_task_queue = [] { return new httplib::ThreadPool(connections); };
  http.set_payload_max_length(16 << 20);  // a network of some millions of weights
  http.set_tcp_nodelay(true);
  http.set_keep_alive_max_count(100'000);
  http.set_socket_options([](auto socket) {  // without SO_REUSEPORT, which would share a port with another server
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  http.set_default_headers({{"Content-Security-Policy",
                             "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; "
                             "img-src 'self' blob: data:; "
                             "style-src 'self' 'unsafe-inline'; frame-ancestors 'self'"},
                            {"X-Content-Type-Options", "nosniff"},
                            {"Referrer-Policy", "no-referrer"},
                            {"Cache-Control", "no-store"}});
  http.set_file_extension_and_mimetype_mapping("mjs", "text/javascript");
  http.set_file_extension_and_mimetype_mapping("wasm", "application/wasm");
  if (!http.set_mount_point("/", page.string()))
    throw base::EnvironmentError(fmt::format("{} is not there", page.string()));

  const auto refuse = [](Response& response, const char* why) {
    response.status = 403;
    response.set_content(why, "text/plain");
  };
  http.set_pre_routing_handler([this, refuse](const Request& request, Response& response) {
    using Handled = httplib::Server::HandlerResponse;
    if (is_own(request.get_header_value("Host"), request.get_header_value("Origin"), parts_->codespace))
      return Handled::Unhandled;
    refuse(response, "this server answers its own page on this machine alone\n");
    return Handled::Handled;
  });
  http.Post("/ask", [this, refuse, &engine](const Request& request, Response& response) {
    if (!same_secret(request.get_header_value("X-Token"), token_)) return refuse(response, "the token is wrong\n");
    try {
      response.set_content(packed(engine.ask(unpacked(request.body))), "application/octet-stream");
    } catch (const std::exception& e) {
      response.status = dynamic_cast<const std::invalid_argument*>(&e) ? 400 : 500;
      response.set_content(e.what(), "text/plain; charset=utf-8");
    }
  });
  http.Get("/network.nn", [network](const Request&, Response& response) {
    if (base::fs::exists(network)) return response.set_content(base::read_file(network), "application/octet-stream");
    response.status = 404;
    response.set_content(network.filename().string() + " is not there\n", "text/plain");
  });
  http.Get("/events", [this, refuse, &state](const Request& request, Response& response) {
    if (!same_secret(request.get_param_value("token"), token_)) return refuse(response, "the token is wrong\n");
    response.set_chunked_content_provider(
        "text/event-stream", [&state, version = 0ul](std::size_t, httplib::DataSink& sink) mutable {
          if (state.closed()) return false;
          const std::string json = state.next(version);
          const std::string event = json.empty() ? "event: beat\ndata:\n\n" : "event: state\ndata: " + json + "\n\n";
          return sink.write(event.data(), event.size());
        });
  });
}

Server::~Server() {
  parts_->http.stop();
  if (parts_->thread.joinable()) parts_->thread.join();
}

int Server::listen(int port) {
  for (int at = port; at < port + 20; ++at) {
    if (!parts_->http.bind_to_port("127.0.0.1", at)) continue;
    parts_->codespace = codespace_host(at);
    parts_->thread = std::thread([this] { parts_->http.listen_after_bind(); });
    while (!parts_->http.is_running()) std::this_thread::yield();  // before that, stop() stops nothing
    return at;
  }
  throw base::EnvironmentError(
      fmt::format("no port from {} to {} is free; --port NUMBER names another", port, port + 19));
}

}  // namespace play
