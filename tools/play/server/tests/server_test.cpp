// The server and its child process, with programs that stand in for the engine: `cat` answers each frame with itself.
#include "tools/play/server/server.hpp"

#include <httplib.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <thread>

#include "base/clock.hpp"

using namespace play;
using base::fs::path;

namespace {

struct Folder {
  path at = base::fs::temp_directory_path() / ("play-test-" + std::to_string(getpid()));
  Folder() {
    base::fs::create_directories(at);
    base::write_file(at / "index.html", "<title>page</title>");
    base::write_file(at / "app.mjs", "1");
  }
  ~Folder() { base::fs::remove_all(at); }
  path program(const std::string& name, const std::string& script) const {
    base::write_file(at / name, "#!/bin/sh\n" + script + "\n");
    base::fs::permissions(at / name, base::fs::perms::owner_all);
    return at / name;
  }
};

std::string frame(const std::string& text, const std::string& bytes = "") {
  const auto size = std::uint32_t(text.size());
  std::string all(sizeof size, '\0');
  std::memcpy(all.data(), &size, sizeof size);
  return all + text + bytes;
}

struct Served {
  Folder folder;
  State state;
  EngineChild engine{"/bin/cat", 5};
  Server server{folder.at, folder.at / "build/network.nn", engine, state};
  int port = server.listen(18'300);
  httplib::Client client{"127.0.0.1", port};

  ~Served() { state.close(); }
  int status(const httplib::Headers& headers, const std::string& address = "/ask") {
    const auto result = client.Post(address, headers, frame("hello"), "application/octet-stream");
    return result ? result->status : -1;
  }
};

std::string trouble(EngineChild& engine) try {
  engine.ask({"hello", ""});
  return "";
} catch (const std::exception& e) {
  return e.what();
}

}  // namespace

TEST_CASE("a question goes to the child and its answer comes back") {
  EngineChild engine("/bin/cat", 5);
  for (const std::string& bytes : {std::string(), std::string("\0\1\2", 3), std::string(60'000, 'x')}) {
    const Frame answer = engine.ask({"step n=1", bytes});
    CHECK(answer.text == "step n=1");
    CHECK(answer.bytes == bytes);
  }
}

TEST_CASE("a child that does not answer is ended, and the next question has a new one") {
  const Folder folder;
  const path flag = folder.at / "second";
  EngineChild engine(folder.program("slow", "[ -e '" + flag.string() + "' ] && exec cat\ntouch '" + flag.string() +
                                                "'\nwhile :; do :; done"),
                     0.5);
  const auto begun = base::Clock::now();
  CHECK(trouble(engine) == "no answer within 0.5 s: does a loop of yours end?");
  CHECK(base::seconds_since(begun) < 5);
  CHECK(trouble(engine) == "");
}

TEST_CASE("a child that ends is said to, with how it ended") {
  const Folder folder;
  EngineChild crashes(folder.program("crash", "head -c 8 >/dev/null; kill -SEGV $$"), 5);
  CHECK(trouble(crashes) == "your code ended the program: signal 11, Segmentation fault");
  EngineChild leaves(folder.program("leave", "exit 3"), 5);
  CHECK(trouble(leaves) == "your code ended the program, with exit code 3");
  EngineChild missing(folder.at / "nothing", 5);
  CHECK(trouble(missing).find("cannot start ") == 0);
}

TEST_CASE("only the page of this server on this machine is answered") {
  CHECK(is_own("127.0.0.1:8080", "", ""));
  CHECK(is_own("localhost:9000", "http://localhost:9000", ""));  // a forwarded port
  CHECK(is_own("[::1]:8080", "http://[::1]:8080", ""));
  CHECK(is_own("localhost", "", ""));
  CHECK_FALSE(is_own("evil.example:8080", "", ""));
  CHECK_FALSE(is_own("127.0.0.1.evil.example", "", ""));
  CHECK_FALSE(is_own("", "", ""));
  CHECK_FALSE(is_own("127.0.0.1:8080", "http://evil.example", ""));
  CHECK_FALSE(is_own("127.0.0.1:8080", "null", ""));
  CHECK_FALSE(is_own("127.0.0.1:8080", "http://127.0.0.1:3000", ""));  // another server of this machine
  const std::string space = "name-8080.app.github.dev";
  CHECK(is_own(space, "http://localhost:8080", space));
  CHECK(is_own(space, "https://" + space, space));
  CHECK_FALSE(is_own(space, "", ""));
  CHECK_FALSE(is_own(space, "https://other-8080.app.github.dev", space));
  CHECK_FALSE(is_own("other-8080.app.github.dev", "", space));

  CHECK(same_secret("abc", "abc"));
  CHECK_FALSE(same_secret("abc", "abd"));
  CHECK_FALSE(same_secret("abc", "ab"));
  CHECK_FALSE(same_secret("abc", ""));
  CHECK_FALSE(same_secret("", "abc"));
}

TEST_CASE("the page needs no token, a question does") {
  Served served;
  CHECK(served.server.token().size() == 32);
  const auto page = served.client.Get("/");
  REQUIRE(page);
  CHECK(page->body == "<title>page</title>");
  CHECK(page->get_header_value("Content-Security-Policy").find("default-src 'self'") == 0);
  CHECK(served.client.Get("/app.mjs")->get_header_value("Content-Type") == "text/javascript");
  CHECK(served.client.Get("/../../etc/passwd")->status == 404);

  const std::string token = served.server.token();
  CHECK(served.status({{"X-Token", token}}) == 200);
  CHECK(served.status({}) == 403);
  CHECK(served.status({{"X-Token", std::string(32, '0')}}) == 403);
  CHECK(served.status({{"X-Token", token}, {"Origin", "http://evil.example"}}) == 403);
  CHECK(served.status({{"X-Token", token}, {"Host", "evil.example"}}) == 403);
  CHECK(served.status({{"X-Token", token}, {"Host", "localhost:9999"}, {"Origin", "http://localhost:9999"}}) == 200);
  CHECK(served.client.Get("/events?token=wrong")->status == 403);
  const auto cut = served.client.Post("/ask", {{"X-Token", token}}, std::string("\xff\0\0\0x", 5), "text/plain");
  CHECK(cut->status == 400);
  CHECK(cut->body == "the question is cut short");
}

TEST_CASE("the network that was trained last is handed out, or it is said that there is none") {
  Served served;
  CHECK(served.client.Get("/network.nn")->status == 404);
  base::fs::create_directories(served.folder.at / "build");
  for (const char* weights : {"first", "second"}) {
    base::write_file(served.folder.at / "build/network.nn", weights);
    CHECK(served.client.Get("/network.nn")->body == weights);
  }
}

TEST_CASE("two pages ask at once, and each hears of the newest build") {
  Served served;
  served.state.set("{\"build\":1}");
  std::string heard[2];
  std::thread pages[2];
  for (int i = 0; i < 2; ++i)
    pages[i] = std::thread([&, i] {
      httplib::Client client("127.0.0.1", served.port);
      client.Get("/events?token=" + served.server.token(), [&](const char* data, std::size_t size) {
        heard[i].append(data, size);
        if (heard[i].find("\"build\":1}") != std::string::npos && heard[i].find("beat") == std::string::npos) {
          const std::string question = frame("page " + std::to_string(i));
          const auto answer = httplib::Client("127.0.0.1", served.port)
                                  .Post("/ask", {{"X-Token", served.server.token()}}, question, "text/plain");
          heard[i] += answer->body == question ? "answered" : "not answered";
        }
        return heard[i].find("\"build\":3}") == std::string::npos;
      });
    });
  usleep(1'300'000);  // a beat has passed
  served.state.set("{\"build\":2}");
  served.state.set("{\"build\":3}");
  for (std::thread& page : pages) page.join();
  for (const std::string& one : heard) {
    CHECK(one.find("event: state\ndata: {\"build\":1}\n\nanswered") == 0);
    CHECK(one.find("event: beat") != std::string::npos);
  }
}

TEST_CASE("a port in use makes way for the next one") {
  Served first;
  State state;
  EngineChild engine("/bin/cat", 5);
  Server second(first.folder.at, first.folder.at / "network.nn", engine, state);
  CHECK(second.listen(first.port) == first.port + 1);
}
