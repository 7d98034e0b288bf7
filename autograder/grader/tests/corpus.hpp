// Submissions that are hostile or broken, each with what it must come to. An attack sits in one of our answers, in a
// function that nothing but its own task depends on: what is honest in a submission keeps its points, what is not earns
// none.
#pragma once

#include <functional>
#include <set>

#include "autograder/grader/grade.hpp"

namespace grader {

/// Where canaries are planted, and what is ours; an attack names them as @HOME@, @ETC@, @TESTS@, @SOLUTION@, @WORLD@,
/// @KIT@; a server of ours listens at @PORT@.
struct Places {
  fs::path home, etc, tests, solution, world, kit;
  int port;
};

/// The function that an attack takes the place of.
struct Target {
  const char *lesson, *file, *task, *function;
};
inline constexpr Target learn = {"01-perceptron", "perceptron.cpp", "1.6", "Learned learn("};
inline constexpr Target gradient_descent = {"05-numerical-gradient", "numerical_gradient.cpp", "5.4",
                                            "mat gradient_descent("};
inline constexpr Target numerical_gradient = {"05-numerical-gradient", "numerical_gradient.cpp", "5.2",
                                              "mat numerical_gradient("};
inline constexpr Target train_numerically = {"05-numerical-gradient", "numerical_gradient.cpp", "5.7",
                                             "Trained train_numerically("};

inline constexpr Target check_gradient = {"05-numerical-gradient", "numerical_gradient.cpp", "5.6",
                                          "GradientCheck check_gradient("};
inline constexpr Target train_full_batch = {"06-backprop", "backprop.cpp", "6.8", "Trained train_full_batch("};
inline constexpr Target train = {"07-training", "training.cpp", "7.8", "Run train("};

/// The score of the target's lesson: the points of all its tasks, or of all but the target's.
enum class Score { none, others, all, any };

struct Attack {
  std::string name;
  std::string globals;         ///< before everything
  std::string body;            ///< in the place of the target's, which is @HONEST@; empty: our own
  std::set<Verdict> expected;  ///< of the target's task
  Score score = Score::others;
  Target target = learn;
  std::uint64_t seed = 11;
  bool costly = false;  ///< limits that every sandbox sets alike end it, after a minute: once is enough
};

inline const std::set<Verdict> gone_wrong = {Verdict::wrong,         Verdict::crashed,   Verdict::forbidden,
                                             Verdict::out_of_memory, Verdict::timed_out, Verdict::too_much_output};

std::vector<Attack> function_attacks(), pipe_attacks(), build_attacks();
/// Our answer with an attack in it.
std::string attacked(const std::string& solution, const Attack& attack, const Places& places);

/// What a upload is made from.
struct UploadContext {
  fs::path folder;
  const std::string& honest;  ///< our answer to lesson 1
  const Places& places;
  fs::path file() const { return folder / "exercises/01-perceptron/perceptron.cpp"; }
};

/// Attacks by what is handed in: makes the submission and returns its path.
struct Upload {
  std::string name;
  std::function<fs::path(const UploadContext&)> make;
  std::set<Verdict> expected;
  Score score = Score::none;
  bool no_submission = false;  ///< refused as a whole: exit code 2
};
std::vector<Upload> uploads();

/// A source file that defines every function of lesson 1 but holds no code: only sections that a linker's plugin would
/// compile (GCC's
/// -flto), in which `assembly` stands.
std::string source_for_the_linker(const fs::path& kit, const fs::path& scratch, const std::string& assembly);
/// The object of such a file, by this compiler.
fs::path object_for_the_linker(const std::string& compiler, const fs::path& kit, const fs::path& scratch,
                               const std::string& assembly);

}  // namespace grader
