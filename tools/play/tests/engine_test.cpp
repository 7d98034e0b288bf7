// The engine on our bodies, of which a test may take some away.
#include "tools/play/engine.hpp"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "autograder/mistakes/interpose.hpp"
#include "nn/support/todo.hpp"
#include "nn/support/weights.hpp"
#include "nn/training.hpp"
#include "tools/play/figures.hpp"

using nlohmann::json;

static std::set<std::string> unwritten;  // tasks

// Stands before our definition and is unwritten when a test says so.
#define MAY_BE_UNWRITTEN(name, task, parameters, arguments, ...)                                       \
  __VA_ARGS__ name parameters {                                                                        \
    if (unwritten.count(task)) todo(task);                                                             \
    static const auto ours = hidden_definition<static_cast<__VA_ARGS__(*) parameters>(&::nn::name)>(); \
    return ours arguments;                                                                             \
  }

namespace nn {
MAY_BE_UNWRITTEN(he_init, "7.4 he_init", (uword m, uword d, Activation a, Rng& rng), (m, d, a, rng), Layer)
MAY_BE_UNWRITTEN(descend, "7.5 descend",
                 (Network n, const mat& X, const Trace& trace, const std::vector<mat>& deltas, real rate),
                 (std::move(n), X, trace, deltas, rate), Network)
MAY_BE_UNWRITTEN(backprop, "6.6 backprop", (const Network& n, const mat& X, const mat& T, Loss loss), (n, X, T, loss),
                 Gradients)
MAY_BE_UNWRITTEN(train_numerically, "5.7 train_numerically",
                 (Network n, const mat& X, const mat& T, real rate, uword steps), (std::move(n), X, T, rate, steps),
                 Trained)
MAY_BE_UNWRITTEN(dense, "2.4 dense", (const mat& W, const vec& b, const mat& X), (W, b, X), mat)
MAY_BE_UNWRITTEN(forward, "3.7 forward", (const Network& n, const mat& X), (n, X), mat)
}  // namespace nn

namespace {

class Page {
 public:
  json ask(const std::string& request, const std::vector<float>& bytes = {}) {
    reply_ = engine_.ask(request, {reinterpret_cast<const char*>(bytes.data()), bytes.size() * sizeof(float)});
    INFO(request << " -> " << reply_.head);
    const json head = json::parse(reply_.head);
    if (head.contains("error")) CHECK(reply_.numbers.empty());
    return head;
  }
  std::string error(const std::string& request, const std::vector<float>& bytes = {}) {
    return ask(request, bytes).value("error", "");
  }
  const std::vector<float>& numbers() const { return reply_.numbers; }
  float number(std::size_t i) const { return reply_.numbers.at(i); }

 private:
  play::Engine engine_;
  play::Reply reply_;
};

struct Unwritten {
  explicit Unwritten(std::set<std::string> tasks) { unwritten = std::move(tasks); }
  ~Unwritten() { unwritten.clear(); }
};

Page with_network(const std::string& network = "network layers=3 act=tanh seed=1") {
  Page page;
  page.ask("data set=moons n=60 noise=0.1 seed=1");
  page.ask(network);
  return page;
}

}  // namespace

TEST_CASE("a training gives the same numbers in every build") {
  const json golden = json::parse(std::ifstream(NN_GOLDEN));
  const bool rough = sizeof(nn::real) == sizeof(float);
  REQUIRE(golden.size() >= 4);
  for (const json& one : golden) {
    Page page;
    json last;
    for (const std::string request : one.at("ask")) last = page.ask(request);
    INFO(last.dump());
    for (const char* key : {"step", "loss", "test_loss", "wrong", "test_wrong"})
      CHECK(last.at(key).get<double>() == Catch::Approx(one.at(key).get<double>()).epsilon(rough ? 1e-3 : 1e-8));
  }
}

TEST_CASE("points, their classes, and new ones to test on") {
  Page page;
  const json head = page.ask("data set=blobs classes=3 n=9 noise=0 seed=4");
  CHECK(head == json{{"train", 9}, {"test", 9}, {"classes", 3}});
  REQUIRE(page.numbers().size() == 2 * 9 * 3);
  CHECK(page.number(0) == 1);       // x of the first cloud
  CHECK(page.number(9) == 0);       // its y
  CHECK(page.number(18 + 4) == 1);  // the class of the fifth point
  CHECK(page.ask("data set=and").at("test") == 0);
  CHECK(page.numbers() == std::vector<float>{0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1});
  CHECK(page.ask("data set=own", {0.5, -1, 1, 2, 3, 0}).at("train") == 2);
  CHECK(page.numbers() == std::vector<float>{0.5, 2, -1, 3, 1, 0});
}

TEST_CASE("a network that was saved is loaded, and answers for as many inputs as it takes") {
  const nn::Network saved = {{nn::mat{{1, 2, 3}, {0, -1, 0.5}}, nn::vec{0.5, 0}, nn::Activation::relu},
                             {nn::mat{{1, 1}, {0, 2}}, nn::vec{0, 0}, nn::Activation::softmax}};
  std::string bytes = nn::network_to_bytes(saved);
  play::Engine engine;
  CHECK(json::parse(engine.ask("load", bytes).head).at("units") == json{3, 2, 2});
  const std::vector<float> x = {1, 0, 2};
  const std::string_view inputs(reinterpret_cast<const char*>(x.data()), x.size() * sizeof(float));
  const play::Reply answer = engine.ask("at", inputs);
  CHECK(json::parse(answer.head).at("units") == json{2, 2, 2, 2});
  REQUIRE(answer.numbers.size() == 8);
  CHECK(answer.numbers[2] == 7.5f);  // relu(0.5 + 1 * 1 + 3 * 2)
  CHECK(answer.numbers[6] == Catch::Approx(1 / (1 + std::exp(2.0 - 8.5))));
  CHECK(engine.ask("at", inputs.substr(4)).head.find("\"error\"") != std::string::npos);

  bytes[30] = static_cast<char>(bytes[30] ^ 1);
  CHECK(engine.ask("load", bytes).head.find("the weights: ") != std::string::npos);
  CHECK(engine.ask("load", "").head.find("does not start with") != std::string::npos);
}

TEST_CASE("a network's pictures are its outputs, and its weights can be put back") {
  Page page = with_network();
  const json shape = page.ask("weights");
  CHECK(shape.at("units") == json{2, 3, 1});
  CHECK(shape.at("act") == json{"tanh", "sigmoid"});
  std::vector<float> weights = page.numbers();
  REQUIRE(weights.size() == 13);
  const json look = page.ask("look grid=3 x0=-1 x1=1 y0=-1 y1=1");
  CHECK(look.at("units") == json{3, 1});
  const std::vector<float> pictures = page.numbers();
  REQUIRE(pictures.size() == 4 * 9);
  CHECK(pictures[5] == Catch::Approx(std::tanh(weights[0])).margin(1e-6));  // at (1, 0), and b is 0

  page.ask("at x=1 y=0");
  REQUIRE(page.numbers().size() == 8);
  CHECK(page.number(0) == Catch::Approx(weights[0]));
  CHECK(page.number(3) == pictures[5]);

  CHECK(page.ask("points").at("points") == 60);
  CHECK(page.numbers().size() == 4 * 60);
  page.ask("slopes");
  CHECK(page.numbers().size() == 13);

  page.ask("step n=50");
  page.ask("put step=7", weights);
  CHECK(page.numbers() == weights);
  CHECK(page.ask("step n=1").at("step") == 8);
  CHECK(page.error("put", {1, 2}) == "put: 2 weights came, expected 13");
}

TEST_CASE("it trains with the best that is written, or as it is asked, and says so") {
  Page page = with_network();
  CHECK(page.ask("step n=1 batch=10").at("lesson") == 7);
  page.ask("network layers=2 by=5");
  CHECK(page.ask("step n=1").at("lesson") == 5);
  {
    const Unwritten tasks({"7.5 descend"});
    page.ask("network layers=3 seed=1");
    const json head = page.ask("step n=300 rate=0.5");
    CHECK(head.at("lesson") == 6);
    CHECK(head.at("lacks") == json{"7.5 descend"});
    CHECK(head.at("loss") < 0.4);
  }
  {
    const Unwritten tasks({"7.4 he_init", "7.5 descend", "6.6 backprop"});
    const json shape = page.ask("network layers=2 init=he seed=1");
    CHECK(shape.at("init") == "normal");
    CHECK(shape.at("lacks") == json{"7.4 he_init"});
    const json head = page.ask("step n=300 rate=0.5 ms=2000");
    CHECK(head.at("lesson") == 5);
    CHECK(head.at("lacks") == json{"7.4 he_init", "7.5 descend", "6.6 backprop"});
    CHECK(head.at("loss") < 0.1);  // now half the squared distance
    CHECK(page.ask("slopes") == json{{"error", "task 6.6 backprop is not written yet"}, {"task", "6.6 backprop"}});
  }
}

TEST_CASE("a task that is not written silences the verbs that need it, and no others") {
  Page page = with_network();
  {
    const Unwritten tasks({"7.5 descend", "6.6 backprop", "5.7 train_numerically"});
    CHECK(page.ask("step n=1").at("task") == "5.7 train_numerically");
    CHECK(page.ask("look grid=5").contains("units"));
    CHECK(page.ask("points").contains("units"));
  }
  {
    const Unwritten tasks({"2.4 dense"});
    CHECK(page.ask("at x=1 y=1").at("task") == "2.4 dense");
    CHECK(page.ask("look grid=5").contains("units"));
  }
  const Unwritten tasks({"3.7 forward"});
  for (const char* request : {"step n=1", "look grid=5", "points"})
    CHECK(page.ask(request).at("task") == "3.7 forward");
  CHECK(page.ask("weights").contains("units"));
}

TEST_CASE("weights that leave the numbers stop the training at their last finite state") {
  Page page = with_network("network layers=4 act=relu out=identity init=he seed=1");
  json head = page.ask("step n=1000 rate=50");
  REQUIRE(head.contains("broke"));
  CHECK(head.at("broke") == head.at("step").get<int>() + 1);
  page.ask("weights");
  for (const float w : page.numbers()) CHECK(std::isfinite(w));
  CHECK(page.ask("step n=1000 rate=50").at("broke") == head.at("broke"));
  page.ask("network layers=4 act=relu out=identity init=he seed=1");
  CHECK_FALSE(page.ask("step n=10 rate=0.01").contains("broke"));
}

TEST_CASE("time is limited, and pages know nothing of each other") {
  Page page = with_network();
  CHECK(page.ask("step n=1000000 ms=20").at("step") < 1'000'000);
  CHECK(page.error("step page=other") == "step: there is no network yet, ask for network first");
  page.ask("data page=other set=xor n=8");
  page.ask("network page=other layers=2");
  CHECK(page.ask("step page=other n=3").at("step") == 3);
  CHECK(page.ask("weights").at("units") == json{2, 3, 1});
  for (int i = 0; i < 20; ++i) page.ask("data set=and page=p" + std::to_string(i));
  CHECK(page.error("weights page=other look=1") != "");
  CHECK(page.error("step page=other") == "step: there is no network yet, ask for network first");  // made way
}

TEST_CASE("what cannot be meant is refused with what was expected") {
  Page page = with_network();
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"dance", "there is no verb \"dance\""},
      {"", "there is no verb \"\""},
      {"step n", "step: \"n\" is no word key=value"},
      {"step speed=1", "step: there is no word \"speed\", expected of: n batch rate decay ms"},
      {"step n=ten", "step: n is \"ten\", expected a number from 0 to 1000000"},
      {"step n=1.5", "step: n is \"1.5\", expected a whole number"},
      {"step rate=nan", "step: rate is \"nan\", expected a number from 0 to 1000000"},
      {"look grid=1", "look: grid is \"1\", expected a number from 2 to 200"},
      {"data set=cats",
       "data: set is \"cats\", expected and, nand, or, gate, xor, circles, moons, spiral, blobs or own"},
      {"data set=own", "data: expected x, y and the class of each point, and at least one point"},
      {"network layers=0", "network: layers is \"0\", expected a number from 1 to 64"},
      {"network layers=2,2 act=tanh,tanh,tanh", "network: act is \"tanh,tanh,tanh\", expected one activation"},
      {"network init=best", "network: init is \"best\", expected he, xavier, normal, small or zero"},
      {"network loss=love", "network: loss is \"love\", expected squared, cross_entropy or binary_cross_entropy"},
      {"network layers=2 act=soft", "network: act is \"soft\", expected one of identity, step, "}};
  for (const auto& [request, expected] : cases) {
    INFO(request << " -> " << page.error(request));
    CHECK(page.error(request).rfind(expected, 0) == 0);
  }
  const float nan = std::numeric_limits<float>::quiet_NaN();
  CHECK(page.error("data set=own", {nan, 0, 1}) == "data: a coordinate is not a number");
  CHECK(page.error("data set=own", {0, 0, 2}) == "data: a point's class is to be below 2");
  CHECK(page.error("network layers=2 out=tanh loss=cross_entropy") == "");
  CHECK(page.error("step n=1").find("softmax") != std::string::npos);  // what backward_deltas throws
}

TEST_CASE("no two figures answer to one verb") {
  std::set<std::string> verbs;
  for (const play::Figure& figure : play::figures()) {
    INFO(figure.name);
    CHECK(verbs.insert(figure.name).second);
    CHECK(Page().error(figure.name + std::string(" no=1")).find("there is no word \"no\", expected") !=
          std::string::npos);
  }
  CHECK(verbs.size() > 9);  // lessons' own, too
}

TEST_CASE("the small figures show what the contracts say") {
  Page page;
  const auto near = [](double value) { return Catch::Approx(value).epsilon(1e-6); };
  page.ask("neuron w1=1 w2=1 theta=1.5 grid=2");  // AND
  CHECK(page.numbers() == std::vector<float>{0, 0, 0, 1, 0, 0, 0, 1});
  page.ask("fold grid=2");
  REQUIRE(page.numbers().size() == 24);
  CHECK(std::vector<float>(page.numbers().end() - 4, page.numbers().end()) == std::vector<float>{0, 1, 1, 0});
  const json table = page.ask("boolean table=01101001");
  CHECK(table.at("answers") == json({0, 1, 1, 0, 1, 0, 0, 1}));
  CHECK(table.at("units").at(0) == 3);
  page.ask("activation act=tanh", {0, 1});
  CHECK(page.number(1) == near(std::tanh(1.0)));
  CHECK(page.number(2) == near(1));
  page.ask("probabilities", {1, 2, 3});
  CHECK(page.number(2) == near(0.66524096));
  page.ask("margins", {-1});
  CHECK(page.number(2) == near(2));   // hinge
  CHECK(page.number(6) == near(-1));  // and its slope
  CHECK(page.ask("valley x=-7 y=2 rate=0.1 steps=1").at("points") == 2);
  CHECK(page.number(1) == near(-6.93));
  CHECK(page.ask("differences x=2").at("slopes").at(4).get<double>() == near(12));
  const json product = page.ask("product x=1 y=2 z=3");
  CHECK(product == json({{"u", 3}, {"f", 9}, {"du", 3}, {"dz", 3}, {"dx", 3}, {"dy", 3}}));

  page.ask("walk rule=descent rate=0.1 steps=1");
  CHECK(page.number(1) == near(-6.93));
  page.ask("distort degrees=90", {1, 0, 0, 0});  // against the clock
  CHECK(page.number(2) == near(1));
  CHECK(page.ask("smooth noise=0 sigma=0.01", {1, 0, 0, 1}).at("filtered") == 0);
  CHECK(page.ask("smooth noise=0.3", {1, 0, 0, 1}).at("noisy") > 0.1);
  CHECK(page.error("distort", {1, 2}) == "distort: expected a square image");

  page.ask("compute nodes=parameter;parameter;add:0,1;parameter;multiply:2,3", {1, 2, 3});  // (x + y) z
  CHECK(page.numbers() == std::vector<float>{1, 2, 3, 3, 9, 3, 3, 3, 3, 1});
  page.ask("compute nodes=parameter;activate:0:tanh;scale:1:-2;input;add:2,3", {0, 5});
  CHECK(page.numbers() == std::vector<float>{0, 0, 0, 5, 5, -2, -2, 1, 0, 1});
  CHECK(page.error("compute nodes=divide:0,1").find("expected nodes as add:0,1") != std::string::npos);
  CHECK(page.error("compute nodes=add:0,0").find("circle") != std::string::npos);

  const json still = page.ask("cluster k=4 steps=0"), moved = page.ask("cluster k=4 steps=20");
  CHECK(still.at("J").size() == 1);
  CHECK(moved.at("J").back() < still.at("J").at(0));
  CHECK(page.numbers().size() == 600 + 2 * 4);
  const std::vector<float> two = {1, 0, 1, 0, 0, 0, 1, 1};  // two images that have nothing in common
  CHECK(page.ask("remember kept=2 shown=1 turned=0", two).at("overlap") == 1);
  const json line = page.ask("grow set=circles units=1"), fence = page.ask("grow set=circles units=4 grid=2");
  CHECK(line.at("units") == 1);
  CHECK(line.at("wrong") > 20);
  CHECK(fence.at("wrong") == 0);
  CHECK(page.numbers().size() == 4 + 400 + 200);
  CHECK(page.error("grow set=squares").find("circles, moons or spirals") != std::string::npos);
  page.ask("echo keep=5 weight=0 steps=5");
  CHECK(page.numbers().size() == 4 * 5);
  CHECK(page.number(4) > 0.97 * page.number(0));  // the gate keeps
  CHECK(page.number(9) == 1);
  CHECK(page.number(14) == 0);  // without U nothing is kept
  const json begun = page.ask("catch games=0 ball=3 moves=s"),
             taught = page.ask("catch games=1500 ball=3 moves=llllll");
  CHECK((begun.at("turns") == 1 && begun.at("yours") == 0 && begun.at("catches") < 60));
  CHECK((taught.at("turns") == 6 && taught.at("its") == 1 && taught.at("catches") == 100));
  CHECK(page.numbers().size() == 2 * 49);
  CHECK(page.ask("catch ball=3 moves=llllllsss") == taught);  // the game was over
  CHECK(page.error("catch moves=x").find("l (left), s (stay) and r (right)") != std::string::npos);
  const json born = page.ask("attention batches=0"), read = page.ask("attention batches=300");
  CHECK((born.at("agree") < 32 && read.at("agree") == 32 && read.at("price") < born.at("price")));
  CHECK(read.at("price") == read.at("whole"));
  REQUIRE(page.numbers().size() == 25 + 17 * 5);
  CHECK(page.number(20) == 0);  // "the" may not look at "dog"
  CHECK(page.number(9) > 0.9);  // "dog" looks at "kings"
  CHECK(page.number(4) + page.number(9) + page.number(14) + page.number(19) + page.number(24) == near(1));
  const json lost = page.ask("attention batches=300 off=positions");
  CHECK((lost.at("agree") < 32 && lost.at("price") > read.at("price") && lost.at("whole") == read.at("whole")));
  CHECK(page.ask("attention batches=300 off=head0").at("agree") < 16);
  page.ask("attention batches=300 text=the_king off=mask");
  CHECK(page.number(2) > 0);
  page.ask("attention text=.");
  CHECK(page.number(0) == 1);
  CHECK(page.error("attention text=the_mouse").find("cat dog king queen, sleep run sit") != std::string::npos);
  CHECK(page.error("attention text=") != "");
  CHECK(page.error("attention off=head4").find("nothing, positions, mask or head0 to head3") != std::string::npos);
  CHECK(page.error("remember kept=3", two) == "remember: expected images of one size, one for each kept");

  CHECK(page.error("boolean table=012") == "boolean: table is \"012\", expected zeros and ones");
  CHECK(page.error("probabilities") == "probabilities: expected numbers, found none");
  const Unwritten none({"2.4 dense"});
  CHECK(page.ask("fold").at("task") == "2.4 dense");
}
