#include "autograder/grader/compile.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <mutex>
#include <set>

#include "autograder/grader/object_file.hpp"
#include "autograder/grader/retry_alone.hpp"
#include "autograder/remote/printable.hpp"
#include "base/stubs.hpp"

namespace grader {

namespace {

Limits limits_of_a_compiler() {
  Limits limits;
  limits.cpu_seconds = 20;
  limits.wall_seconds =
      600;  // none waits for anything; a machine with thirty others at work takes fifteen times as long
  limits.memory = std::size_t{3} << 29;  // 1.5 GB; an honest file takes a quarter of that
  limits.file_size = std::size_t{64} << 20;
  limits.processes = 32;
  return limits;
}

/// The beginning of a path, and not what stands in the middle of another.
std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos;)
    if (at > 0 && text[at - 1] == '/') at += what.size();
    else text.replace(at, what.size(), with), at += with.size();
  return text;
}

/// The compiler's words with the names that the student knows.
std::string readable(std::string text, const Kit& kit, const base::Lesson& lesson, const fs::path& folder) {
  text = replaced(text, (folder / "source").string() + "/", "exercises/" + lesson.name + "/");
  text = replaced(text, (folder / "objects").string() + "/", "");
  text = replaced(text, (folder / "program").string() + "/", "");
  for (const fs::path& ours : {kit.headers(), kit.precompiled(), kit.workers()}) {
    text = replaced(text, ours.string() + "/", "");
    text = replaced(text, ours.lexically_relative(kit.root).string() + "/", "");
  }
  return nn::detail::printable(text, 4000);
}

void judge(Compiled& result, const JobResult& ended, const char* doing) {
  const bool no_memory = ended.output.find("virtual memory exhausted") != std::string::npos ||
                         ended.output.find("out of memory") != std::string::npos ||
                         ended.output.find("cannot allocate memory") != std::string::npos ||
                         ended.output.find("std::bad_alloc") != std::string::npos;
  const auto set = [&](Verdict verdict, const std::string& reason) {
    result.verdict = verdict;
    result.reason = reason;
  };
  switch (ended.how) {
    case End::exited:
    case End::signalled:
      if (no_memory) set(Verdict::out_of_memory, fmt::format("{} took more than 1.5 GB of memory", doing));
      else if (ended.output.find("File size limit exceeded") != std::string::npos ||
               ended.output.find("file too large") != std::string::npos)
        set(Verdict::too_much_output, fmt::format("{} made more than 64 MB", doing));
      else if (ended.output.find("CPU time limit exceeded") != std::string::npos)
        set(Verdict::timed_out, fmt::format("{} took more than 20 s", doing));
      else set(Verdict::not_compiling, "");
      break;
    case End::killed:
      set(Verdict::infrastructure, fmt::format("{} was killed: is there too little memory?", doing));
      break;
    case End::idle_limit:
    case End::wall_limit:
      set(Verdict::infrastructure, fmt::format("{} did not end in {:.0f} s: this machine is too busy", doing,
                                               limits_of_a_compiler().wall_seconds));
      break;
    case End::cpu_limit: set(Verdict::timed_out, fmt::format("{} took more than 20 s", doing)); break;
    case End::output_limit:
      set(Verdict::too_much_output, fmt::format("{} said more than {} KB", doing, Limits{}.output >> 10));
      break;
    case End::file_limit: set(Verdict::too_much_output, fmt::format("{} made more than 64 MB", doing)); break;
    case End::forbidden: set(Verdict::forbidden, fmt::format("{} did what no compiler does", doing)); break;
    case End::infrastructure:
      set(Verdict::infrastructure, "the sandbox failed: " + nn::detail::printable(ended.output, 300));
      break;
  }
}

std::string link_error(const std::string& said) {
  const auto between = [&](const std::string& key) {
    const auto at = said.find(key);
    if (at == std::string::npos) return std::string();
    const auto begin = at + key.size();
    return said.substr(begin, said.find_first_of("\n", begin) - begin);
  };
  if (const std::string name = between("undefined symbol: "); !name.empty())
    return fmt::format("it does not link: {} is declared in a header, but no file of this lesson defines it",
                       nn::detail::printable(name, 200));
  if (const std::string name = between("duplicate symbol: "); !name.empty()) {
    const std::string symbol = name.substr(name.rfind(": ") == std::string::npos ? 0 : name.rfind(": ") + 2);
    return fmt::format("it does not link: {} is defined twice, by this lesson's files and by the course's own code",
                       nn::detail::printable(symbol, 200));
  }
  return "it compiles, but it does not link";
}

/// No other compiler would need so much less.
bool is_limit(End how) { return how == End::cpu_limit || how == End::output_limit || how == End::file_limit; }

/// The exit code of a compiler whose helper was killed (cmake/nn_grader.cmake). Its words could be a student's.
constexpr int helper_was_killed = 97;

JobResult run_tool(const Sandbox& sandbox, const Job& job) {
  return retry_alone(
      [&] {
        JobResult ended = sandbox.start(job).wait();
        if (ended.how == End::exited && ended.exit_code == helper_was_killed) ended.how = End::killed;
        return ended;
      },
      [](const JobResult& ended) { return ended.how == End::wall_limit || ended.how == End::killed; });
}

/// Which steps of which lessons have worked here. What a student's file fails at, ours must pass, or the verdict would
/// be about this machine.
class ProvenSteps {
 public:
  void set(const std::string& step) {
    const std::lock_guard lock(one_);
    proved_.insert(step);
  }
  /// Whether `step` ever worked, or this job of ours does now.
  bool have(const std::string& step, const Sandbox& sandbox, const Job& ours) {
    {
      const std::lock_guard lock(one_);
      if (proved_.count(step)) return true;
    }
    const bool works = sandbox.start(ours).wait().ok();
    if (works) set(step);
    return works;
  }

 private:
  std::mutex one_;
  std::set<std::string> proved_;
} proven_steps;

/// Room for all that a step may write; a disk that is full makes any compiler fail, each in its own words.
bool disk_full(const fs::path& folder) {
  struct statvfs info {};
  return statvfs(folder.c_str(), &info) != 0 || info.f_bavail * info.f_frsize < limits_of_a_compiler().file_size;
}

void not_by_us(Compiled& result, const JobResult& ended, bool works, const fs::path& folder, const char* tool) {
  const bool full = disk_full(folder);
  if (works && !full) return;
  result.verdict = Verdict::infrastructure;
  result.reason = full ? fmt::format("the disk is full: less than 64 MB are left in {}", folder.parent_path().string())
                       : fmt::format("the {} does not work here: {}", tool, nn::detail::printable(ended.output, 300));
}

/// The folder, empty.
const fs::path& fresh(const fs::path& folder) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

/// A translation unit of all files of a lesson, beside them.
std::vector<std::string> one_of_all(const base::Lesson& lesson, const fs::path& sources) {
  std::string text;
  for (const std::string& file : lesson.files) text += fmt::format("#include \"{}\"\n", file);
  const std::string name = lesson.name + ".cpp";
  base::write_file(sources / name, text, base::Durable::no);
  return {name};
}

/// Whether files of ours are gone, as when somebody clears away what is temporary: then a tool's failure says nothing
/// of the student.
bool vanished(Compiled& result, const std::vector<fs::path>& ours) {
  for (const fs::path& file : ours) {
    if (fs::exists(file)) continue;
    result.verdict = Verdict::infrastructure;
    result.reason = fmt::format("{} was taken away while it was needed", file.string());
    return true;
  }
  return false;
}

constexpr std::size_t of_the_libraries = std::size_t{128} << 20;  // twice what they take before main()

/// What asks a linker to compile, needs too much memory together with the `loaded` bytes of others, or is no object
/// file at all, never gets as far as the linker.
bool acceptable(Compiled& result, const fs::path& object, std::uint64_t& loaded) {
  std::string why;
  try {
    const std::vector<Section> sections = sections_of(object);
    if (__builtin_add_overflow(loaded, loaded_size(sections), &loaded) || loaded > Limits{}.memory - of_the_libraries) {
      result.verdict = Verdict::out_of_memory;
      result.reason = "its variables at file scope leave too little of its 1 GB of memory";
      return false;
    }
    const std::string section = unexpected_section(sections);
    if (section.empty()) return true;
    why = fmt::format("its section {} asks the linker to do more than to link", section);
  } catch (const std::runtime_error& e) {
    why = e.what();
  }
  result.verdict = Verdict::not_compiling;
  result.reason = "it compiles into something that cannot be linked: " + nn::detail::printable(why, 200);
  return false;
}

}  // namespace

Job compile_job(const Kit& kit, const fs::path& source, const fs::path& object, bool quickly) {
  Job job;
  job.argv = quickly ? kit.quick_compiler : kit.compiler;
  for (const std::string& word : {std::string("-c"), source.string(), std::string("-o"), object.string()})
    job.argv.push_back(word);
  job.environment = {"LLVM_DISABLE_SYMBOLIZATION=1"};  // a compiler that crashes need not find out where
  job.base = kit.root;
  job.shown = {kit.headers(), kit.precompiled(), source.parent_path()};
  job.output_folder = object.parent_path();
  job.rights = Rights::compiler;
  job.limits = limits_of_a_compiler();
  return job;
}

Job link_job(const Kit& kit, const base::Lesson& lesson, const std::vector<fs::path>& objects, const fs::path& program,
             bool quickly) {
  Job job;
  job.base = kit.root;
  job.shown = objects;
  const auto ours = [&](const fs::path& file) {
    job.shown.push_back(file);
    return file.lexically_relative(kit.root).string();
  };
  std::vector<std::string> input;
  for (const fs::path& object : objects) input.push_back(object.string());
  input.insert(input.end(), {"--whole-archive", ours(kit.worker(lesson)), "--no-whole-archive"});
  if (quickly) input.push_back(ours(kit.quick_object()));
  input.push_back(ours(kit.support()));
  for (const std::string& word : kit.linker)
    if (word == "{objects}") job.argv.insert(job.argv.end(), input.begin(), input.end());
    else job.argv.push_back(word == "{program}" ? program.string() : word);
  job.shown.push_back(job.argv.at(0));
  job.output_folder = program.parent_path();
  job.rights = Rights::linker;
  job.limits = limits_of_a_compiler();
  return job;
}

Compiled compile(const Kit& kit, const Sandbox& sandbox, const base::Lesson& lesson, const Submission& submission,
                 const fs::path& folder, Compiler first) {
  Compiled result;
  const fs::path sources = folder / "source", objects = folder / "objects", program = folder / "program";
  for (const fs::path& each : {sources, objects, program}) fresh(each);  // of what the quick compiler made
  std::vector<fs::path> made;
  std::uint64_t loaded = 0;
  const auto source_of = [&](const std::string& file) -> const Source& {
    return submission.sources.at(lesson.name + "/" + file);
  };
  const bool nothing = std::all_of(lesson.files.begin(), lesson.files.end(),
                                   [&](const std::string& file) { return source_of(file).missing; });
  for (const std::string& file : lesson.files) {
    const Source& source = source_of(file);
    if ((source.missing && nothing) || !source.refused.empty()) {
      result.verdict = source.missing ? Verdict::not_written : Verdict::forbidden;
      result.reason = fmt::format("exercises/{}/{} {}", lesson.name, file,
                                  source.missing ? "was not handed in" : "was refused: " + source.refused);
      return result;
    }
    const std::string text = source.missing ? base::stub_of(kit.project, lesson, file).text : source.text;
    base::write_file(sources / file, text, base::Durable::no);
  }
  if (first == Compiler::quick_together && lesson.files.size() == 1) first = Compiler::quick;
  if (kit.quick_compiler.empty()) first = Compiler::of_the_course;
  const bool together = first == Compiler::quick_together;
  result.quickly = first != Compiler::of_the_course;
  const auto by_the_next = [&] {
    Compiled slowly =
        compile(kit, sandbox, lesson, submission, folder, together ? Compiler::quick : Compiler::of_the_course);
    slowly.seconds += result.seconds;
    return slowly;
  };
  const std::string step = result.quickly ? "compile quickly " : "compile ";
  for (const std::string& file : together ? one_of_all(lesson, sources) : lesson.files) {
    made.push_back(objects / (file + ".o"));
    const Job job = compile_job(kit, sources / file, made.back(), result.quickly);
    const JobResult ended = run_tool(sandbox, job);
    result.seconds += ended.seconds;
    if (ended.ok()) {
      proven_steps.set(step + lesson.number);
      if (vanished(result, {made.back()})) return result;
      if (!acceptable(result, made.back(), loaded)) return result.quickly ? by_the_next() : result;
      continue;
    }
    if (together || (result.quickly && !is_limit(ended.how))) return by_the_next();
    if (vanished(result, {sources / file, objects})) return result;
    judge(result, ended, "the compiler");
    const fs::path probe = fresh(folder / "probe");  // a folder that nothing of a student's was ever in
    base::write_file(probe / "probe.cpp", fmt::format("#include \"{}\"\n", lesson.header), base::Durable::no);
    const Job ours = compile_job(kit, probe / "probe.cpp", probe / "probe.o", result.quickly);
    not_by_us(result, ended, proven_steps.have(step + lesson.number, sandbox, ours), folder, "compiler");
    result.compiler = readable(ended.output, kit, lesson, folder);
    if (result.verdict == Verdict::not_compiling) result.reason = "it does not compile";
    return result;
  }
  const fs::path worker = program / "worker";
  const Job job = link_job(kit, lesson, made, worker, result.quickly);
  const JobResult ended = run_tool(sandbox, job);
  result.seconds += ended.seconds;
  struct stat info {};
  if (ended.ok() && !result.quickly) proven_steps.set("link " + lesson.number);
  if (!ended.ok() && (together || (result.quickly && !is_limit(ended.how)))) return by_the_next();
  if (!ended.ok()) {
    if (vanished(result, made) || vanished(result, {program})) return result;
    judge(result, ended, "the linker");
    Job ours = link_job(kit, lesson, {}, fresh(folder / "probe") / "probe", false);
    ours.argv.push_back("--unresolved-symbols=ignore-all");  // what a student's files would define,
    ours.argv.push_back("--defsym=nn_probe=main");           // and not what the worker does
    not_by_us(result, ended, proven_steps.have("link " + lesson.number, sandbox, ours), folder, "linker");
    result.compiler = readable(ended.output, kit, lesson, folder);
    if (result.verdict == Verdict::not_compiling) result.reason = link_error(ended.output);
  } else if (lstat(worker.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
    result.verdict = Verdict::not_compiling;
    result.reason = "the linker made no program";
  } else {
    fs::permissions(worker, fs::perms(0755));  // Landlock's linker cannot
    result.worker = worker;
  }
  return result;
}

}  // namespace grader
