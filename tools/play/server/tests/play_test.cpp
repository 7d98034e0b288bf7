// A student with an open page: ./course play in a rehearsal of the course.
#include <httplib.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <nlohmann/json.hpp>
#include <regex>
#include <thread>

#include "base/clock.hpp"
#include "tools/course/file_watch.hpp"
#include "tools/staff/rehearsal.hpp"

using namespace course;
using nlohmann::json;

namespace {

// The program, its output in a file, and a page that asks it and hears of its builds.
class Playing {
 public:
  explicit Playing(const Rehearsal& student, const std::string& more = "", const std::string& path = "")
      : log_(student.root() / "build/play.log") {
    fs::create_directories(log_.parent_path());
    fs::remove(log_);
    const Project project = student.project();
    for (const Lesson& lesson : project.lessons)
      for (const fs::path& file : project.exercises(lesson)) exercises_.push_back(file);
    process_.emplace(Command{{"sh", "-c", "PATH=\"$2$PATH\"; exec \"$0\" play --port 18400 " + more + " >\"$1\" 2>&1",
                              student.program().string(), log_.string(), path},
                             student.root(),
                             {{"NAND2MNIST_ROOT", student.root().string()}, {"LC_ALL", "C"}}},
                     Process::Place::background);
    static const std::regex address(R"(http://127\.0\.0\.1:(\d+)/#token=(\w+))");
    std::smatch m;
    std::string said;
    for (const auto begun = Clock::now(); !std::regex_search(said, m, address) && seconds_since(begun) < 600;) {
      usleep(50'000);
      if (fs::exists(log_)) said = read_file(log_);
    }
    INFO(said);
    REQUIRE(!m.empty());
    port_ = std::stoi(m[1]);
    token_ = m[2];
  }

  /// The engine's answer, or {"error", "lost"} with the server's words.
  json ask(const std::string& request) const {
    const auto size = std::uint32_t(request.size());
    httplib::Client client("127.0.0.1", port_);
    client.set_read_timeout(30);
    const auto answer =
        client.Post("/ask", {{"X-Token", token_}},
                    std::string(reinterpret_cast<const char*>(&size), sizeof size) + request, "text/plain");
    REQUIRE(answer);
    if (answer->status != 200) return {{"error", answer->body}, {"lost", true}};
    std::uint32_t head = 0;
    std::memcpy(&head, answer->body.data(), sizeof head);
    return json::parse(answer->body.substr(sizeof head, head));
  }
  json begin(const std::string& steps) const {
    ask("data set=moons n=100 noise=0.1 seed=1");
    const json network = ask("network layers=3 act=tanh init=xavier seed=1");
    return network.contains("error") ? network : ask("step n=" + steps + " ms=2000");
  }

  /// The state of the builds, once it is of what stands in the exercises now.
  json built() const {
    const std::string saved = FileWatch(exercises_, true).fingerprint();
    json found;
    std::string text;
    httplib::Client client("127.0.0.1", port_);
    const auto begun = Clock::now();
    client.Get("/events?token=" + token_, [&](const char* data, std::size_t size) {
      text.append(data, size);
      static const std::string mark = "event: state\ndata: ";
      const auto at = text.rfind(mark), end = text.find('\n', at + mark.size());
      if (at != std::string::npos && end != std::string::npos)
        found = json::parse(text.substr(at + mark.size(), end - at - mark.size()));
      return !(found.is_object() && found.at("text") == saved) && seconds_since(begun) < 120;
    });
    INFO(found.dump());
    REQUIRE(found.at("text") == saved);
    return found;
  }
  std::string said() const { return read_file(log_); }

 private:
  std::vector<fs::path> exercises_;
  fs::path log_;
  std::optional<Process> process_;
  int port_ = 0;
  std::string token_;
};

}  // namespace

TEST_CASE("a page follows a student from stubs through errors and loops to a network that learns") {
  const Rehearsal student(NN_ROOT);
  const Playing playing(student);

  // untouched stubs: what to write first
  json state = playing.built();
  CHECK(state.at("error") == "");
  CHECK(state.at("next").at("task") == "1.1 step");
  CHECK(state.at("next").at("file") == "exercises/01-perceptron/perceptron.cpp");
  playing.ask("data set=moons n=100");
  CHECK(playing.ask("network layers=3 init=xavier").at("lacks") == json{"7.4 initial weights"});
  CHECK(playing.ask("look grid=4").at("task") == "3.7 forward");

  // lessons 2 and 3 bring the picture to life, lessons 4 and 5 a slow training, 6 a fast one
  const auto next = [&](const auto& change) {
    change();
    state = playing.built();
  };
  for (const char* lesson : {"2", "3"}) {
    next([&] { student.solve(lesson); });
  }
  playing.begin("0");
  CHECK(playing.ask("look grid=4").contains("units"));
  CHECK(playing.ask("step n=1").contains("task"));
  for (const char* lesson : {"4", "5", "6"}) {
    next([&] { student.solve(lesson); });
  }
  const json sixth = playing.begin("20");
  CHECK(sixth.at("lesson") == 6);
  next([&] { student.solve("7"); });
  const json good = playing.begin("200");
  CHECK(good.at("lesson") == 7);

  // a compile error is shown in the words of ./course run; what was built before goes on
  const std::string right = read_file(student.exercise("3"));
  next([&] { write_file(student.exercise("3"), right + "\nnn::mat broken = ;\n"); });
  CHECK(state.at("error").get<std::string>().find("exercises/03-activations/activations.cpp:") == 0);
  CHECK(playing.begin("200") == good);
  // and cleared by the next good save, which computes something else
  const auto at = right.find("mat tanh(mat Z) {\n");
  REQUIRE(at != std::string::npos);
  const auto with = [&](const std::string& body) {
    write_file(student.exercise("3"), std::string(right).insert(at + 18, body + "\n"));
  };
  next([&] { with("  if (true) return Z;"); });
  CHECK(state.at("error") == "");
  CHECK(playing.begin("200").at("loss") != good.at("loss"));

  // a loop that never ends, and a crash: said in words, and the next question is answered
  next([&] { with("  for (volatile bool on = true; on;) {}"); });
  CHECK(playing.begin("1") == json{{"error", "no answer within 5 s: does a loop of yours end?"}, {"lost", true}});
  CHECK(playing.ask("step").at("missing") == "network");
  next([&] { with("  *reinterpret_cast<volatile int*>(8) = 1;"); });
  const json crash = playing.begin("1");
  CHECK(crash.at("error").get<std::string>().find("your code ended the program: signal 11") == 0);
  next([&] { write_file(student.exercise("3"), right); });
  CHECK(playing.begin("200") == good);
}

// Only what would be compiled for it, in a student's tree: to do so takes as long as all the above.
TEST_CASE("our solutions can be played with in a student's tree") {
  const Rehearsal student(NN_ROOT);
  const fs::path bin = student.root() / "build/dry", cmake = bin / "cmake";
  write_file(cmake,
             "#!/bin/sh\nPATH=${PATH#*:}\n[ \"$1\" != --build ] || set -- \"$@\" -- -t commands\nexec cmake \"$@\"\n");
  fs::permissions(cmake, fs::perms::owner_all);
  const std::string said = Playing(student, "--ours", bin.string() + ":").said();
  CHECK(said.find(" our solutions: built\n") != std::string::npos);
}
