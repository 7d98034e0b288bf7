// The capstone of lesson 17: many processes learn one network. They end where one process ends, twice with the same
// bits, and also when one of them is killed on the way. The messages are carried by Open MPI; where that is not
// installed, by sockets between the processes of this program.
#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <thread>

#include "base/process.hpp"
#include "lessons/17-parallel/capstone/learn.hpp"
#include "lessons/17-parallel/capstone/simulated/cluster.hpp"
#include "tools/train/capstone.hpp"
#include "tools/train/claims.hpp"

namespace {

using namespace nn;
using many::Job;
using many::Wire;
using trainer::Claims;
namespace fs = std::filesystem;

struct Settings : trainer::CapstoneSettings {
  uword ranks = 4;
  std::string reduce = "ring", carrier = "best";
  bool scaling = false, hosts = false;
  uword simulate = 0;    ///< so many hosts at most
  bool is_rank = false;  ///< one of those that mpirun has started
  Job job;
};

#ifdef NN_MPI
constexpr bool built_with_mpi = true;
#else
constexpr bool built_with_mpi = false;
#endif

bool with_mpi(const Settings& settings) { return settings.carrier == "mpi"; }

/// What came of a training by many ranks.
struct Trained {
  bool ended = false;      ///< all ranks came to the end
  bool same_bits = false;  ///< on all ranks
  std::uint64_t bits = 0;
  double seconds = 0;  ///< of a step
  Network network;
};

/// Runs the ranks as processes of mpirun. Shared memory is left out: ranks that wait there keep their processor busy,
/// and on a machine with other work they then wait for whole time slices.
bool run_mpirun(const Settings& settings, uword ranks, const Job& job) {
  base::Command command{{"mpirun",
                         "-n",
                         std::to_string(ranks),
                         "--oversubscribe",
                         "--bind-to",
                         "none",
                         "--mca",
                         "pml",
                         "ob1",
                         "--mca",
                         "btl",
                         "self,tcp",
                         "--mca",
                         "btl_tcp_if_include",
                         "lo",
                         fs::read_symlink("/proc/self/exe").string(),
                         "--is-rank",
                         "--seed",
                         std::to_string(job.seed),
                         "--reduce",
                         job.reduce,
                         "--batch",
                         std::to_string(job.batch),
                         "--steps",
                         std::to_string(job.steps),
                         "--kill",
                         std::to_string(job.kill),
                         "--at",
                         std::to_string(job.at),
                         "--out",
                         job.out.string()}};
  if (job.resume) command.argv.push_back("--resume");
  if (settings.sample) command.argv.push_back("--sample");
  else if (!settings.data.empty()) command.argv.insert(command.argv.end(), {"--data", settings.data.string()});
  command.environment = {{"OPENBLAS_NUM_THREADS", "1"}};
  if (geteuid() == 0)
    command.environment.insert(command.environment.end(),
                               {{"OMPI_ALLOW_RUN_AS_ROOT", "1"}, {"OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"}});
  const base::Outcome outcome = base::capture(command);
  if (!outcome.ok() && job.at == 0) fmt::print(stderr, "{}", outcome.output);
  return outcome.ok();
}

Trained train(const Settings& settings, uword ranks, Job job) {
  job.seed = settings.seed;
  for (uword r = 0; r < ranks; ++r) fs::remove(job.out / ("rank-" + std::to_string(r)));
  const Dataset& data = settings.digits().train;
  Trained trained;
  trained.ended = with_mpi(settings) ? run_mpirun(settings, ranks, job)
                                     : many::run_processes(ranks, [&](const Wire& wire) { learn(wire, job, data); });
  if (!trained.ended) return trained;
  trained.same_bits = true;
  for (uword r = 0; r < ranks; ++r) {
    std::uint64_t bits = 0;
    std::ifstream(job.out / ("rank-" + std::to_string(r))) >> bits;
    if (r == 0) trained.bits = bits;
    trained.same_bits = trained.same_bits && bits != 0 && bits == trained.bits;
    if (bits != trained.bits) fmt::print("rank {} holds other weights than rank 0\n", r);
  }
  std::ifstream(job.out / "seconds") >> trained.seconds;
  trained.network = load_network(job.out / "network.nn");
  return trained;
}

double farthest(const Network& a, const Network& b) {
  double most = 0;
  for (uword l = 0; l < a.size(); ++l)
    most = std::max({most, double(abs(a[l].W - b[l].W).max()), double(abs(a[l].b - b[l].b).max())});
  return most;
}

/// The steps of lesson 6, in this process alone.
Network alone(const Settings& settings, const Job& job) {
  const Dataset& data = settings.digits().train;
  Rng rng(settings.seed);
  Network network = trainer::reference_network(data, {100}, rng);
  const std::vector<uvec> batches = shuffled_batches(trainer::all(data), job.batch, rng);
  for (uword i = 0; i < job.steps; ++i) {
    const Batch batch = gather(data, batches.at(i));
    const Gradients slopes = backprop(network, batch.X, batch.T, Loss::cross_entropy);
    network = sgd_step(std::move(network), slopes, rate_at(job, i));
  }
  return network;
}

void same_as_one(const Settings& settings, const fs::path& out, Claims& claims) {
  Job job{.batch = 130, .steps = 20, .out = out};
  const Network one = alone(settings, job);
  double most = 0;
  bool all_ended = true, same_bits = true;
  std::vector<std::string> reductions = {"ring", "tree", "star"};
  if (with_mpi(settings)) reductions.push_back("mpi");
  for (const uword ranks : {1, 2, 3, 8})
    for (const std::string& reduce : reductions) {
      job.reduce = reduce;
      const Trained trained = train(settings, ranks, job);
      all_ended = all_ended && trained.ended, same_bits = same_bits && trained.same_bits;
      if (!trained.ended) continue;
      const double apart = farthest(one, trained.network);
      most = std::max(most, apart);
      if (!settings.quiet)
        fmt::print("{} rank{} {:4}  {:.1e} from one process\n", ranks, ranks == 1 ? ", " : "s,", reduce, apart);
    }
  fmt::print("20 steps of 130, on 1, 2, 3 and 8 ranks, {} reductions: weights at most {:.1e} from one process\n",
             reductions.size(), most);
  claims.add("within 1e-6 of one process", all_ended && most <= 1e-6);
  claims.add("all ranks of a run hold the same bits", all_ended && same_bits);
}

void killed(const Settings& settings, const fs::path& out, Claims& claims) {
  Job job{.reduce = settings.reduce, .out = out};
  const Trained first = train(settings, settings.ranks, job), second = train(settings, settings.ranks, job);
  fmt::print("\n200 steps of 100 on {} ranks, {}: {:016x}, and again {:016x}\n", settings.ranks, job.reduce, first.bits,
             second.bits);
  claims.add("two runs end with the same bits", first.ended && second.ended && first.bits == second.bits);
  fs::remove(many::saved(job, 100));
  job.kill = std::min<uword>(2, settings.ranks - 1), job.at = 130;
  fmt::print("rank {} is killed at step {}: the others will miss it\n", job.kill, job.at);
  std::fflush(stdout);
  const Trained dead = train(settings, settings.ranks, job);
  job.at = 0, job.resume = true;
  const uword from = many::last_saved(job);
  const Trained resumed = train(settings, settings.ranks, job);
  fmt::print("from step {} on again: {:016x}\n", from, resumed.bits);
  claims.add("who resumes ends with the same bits", !dead.ended && from == 100 && resumed.bits == first.bits);
}

void reads(const Settings& settings, const fs::path& out, Claims& claims) {
  const trainer::Digits& digits = settings.digits();
  Job job{.reduce = settings.reduce, .batch = 64, .save_every = 1000000, .out = out};
  job.steps = 4 * ((digits.train.size() + 63) / 64);
  const Trained trained = train(settings, settings.ranks, job);
  if (!trained.ended) return claims.add("the training ends", false);
  const double right = 100 * accuracy(trained.network, digits.test, trainer::all(digits.test));
  fmt::print("\n{}: {:.2f} % of the test images after 4 epochs of batch 64\n", digits.title, right);
  if (!digits.sample) claims.add("97 % or more", right >= 97);  // of the sample nothing is promised
}

/// What more ranks bring on this machine, as it is at the moment.
void scaling(const Settings& settings, const fs::path& out) {
  double load[1] = {0}, one = 0;
  if (getloadavg(load, 1) != 1) load[0] = -1;
  const unsigned processors = std::max(1u, std::thread::hardware_concurrency());
  fmt::print("\nmeasured on this machine: {} processors, load {:.1f} before it began. Samples in a step: 1024\n",
             processors, load[0]);
  for (uword ranks = 1; ranks <= std::max(2u, processors); ++ranks) {
    const Trained trained = train(
        settings, ranks, {.reduce = settings.reduce, .batch = 1024, .steps = 40, .save_every = 1000000, .out = out});
    if (ranks == 1) one = trained.seconds;
    fmt::print("{} rank{}  {:8.2f} ms a step, {:.2f} times as fast as one\n", ranks, ranks == 1 ? " " : "s",
               1e3 * trained.seconds, one / trained.seconds);
  }
  if (load[0] > 0.5) fmt::print("The machine was busy: these numbers say more about its load than about ranks.\n");
}

/// Four hosts, each a network namespace of this machine: what they send, counted by the system. Whether they could be.
bool four_hosts(const Settings& settings, const fs::path& out, Claims& claims) {
  constexpr uword steps = 40;
  if (geteuid() != 0 || !with_mpi(settings) || !base::capture({{"sh", "-c", "command -v ip"}}).ok())
    return fmt::print("skipped: only root can make hosts of network namespaces, with `ip` and Open MPI\n"), false;
  const base::Outcome outcome = base::capture(
      {{"sh", NN_BESIDE "/hosts.sh", fs::read_symlink("/proc/self/exe").string(), out.string(), "--sample", "--seed",
        std::to_string(settings.seed), "--reduce", "ring", "--steps", std::to_string(steps)}});
  if (!outcome.ok()) throw std::runtime_error("hosts.sh: " + outcome.output);
  std::vector<std::string> lines;
  std::istringstream all(outcome.output);
  for (std::string line; std::getline(all, line);) lines.push_back(line);
  const double formula = 2 * 3 * (many::cluster::numbers / 4.0) * sizeof(real) * steps;
  double most = lines.size() < 4 ? 1 : 0;
  for (std::size_t i = lines.size() < 4 ? 0 : lines.size() - 4; i < lines.size(); ++i) {
    const double sent = std::stod(lines[i]);
    most = std::max(most, std::abs(sent / formula - 1));
    fmt::print("a host of four sent {:.2f} MB in {} steps; the ring's formula says {:.2f}\n", sent / 1e6, steps,
               formula / 1e6);
  }
  claims.add("within 5 % of the formula", most <= 0.05);
  return true;
}

/// What so many simulated hosts print. The network is the plain one that the file says: SMPI's own factors are those of
/// an older one, and jump where its messages become long.
std::string simulated(uword hosts, const std::string& what, const fs::path& program) {
  const base::Outcome outcome = base::capture(
      {{"smpirun", "-np", std::to_string(hosts), "-platform", NN_BESIDE "/simulated/cluster.xml",
        "--cfg=smpi/host-speed:1Gf", "--cfg=smpi/simulate-computation:no", "--cfg=smpi/iprobe:2e-6",
        "--cfg=smpi/grow-injected-times:no", "--cfg=smpi/bw-factor:0:1;1:1", "--cfg=smpi/lat-factor:0:1;1:1",
        "--cfg=smpi/display-timing:no", "--log=root.thresh:critical", program.string(), what},
       {},
       {{"OPENBLAS_NUM_THREADS", "1"}}});
  if (!outcome.ok()) throw std::runtime_error("smpirun: " + outcome.output);
  return outcome.output;
}

/// The student's alpha and beta for the simulated network, from messages between two hosts.
Link simulated_link(const fs::path& program) {
  std::istringstream lines(simulated(2, "link", program));
  std::vector<real> numbers, seconds;
  for (real n, s; lines >> n >> s;) numbers.push_back(n), seconds.push_back(s);
  const Link link = fit_link(vec(numbers), vec(seconds));
  for (uword i = 0; i < numbers.size(); ++i)
    fmt::print("a message of {:5} numbers: {:7.1f} microseconds, and by your line {:7.1f}\n", numbers[i],
               1e6 * seconds[i], 1e6 * (link.alpha + link.beta * numbers[i]));
  fmt::print("alpha is {:.1f} microseconds, beta {:.4f}\n\n", 1e6 * link.alpha, 1e6 * link.beta);
  return link;
}

double simulate(const Settings& settings) {
  const fs::path program = fs::read_symlink("/proc/self/exe").string() + "_simulated.so";
  if (!fs::exists(program) || !base::capture({{"sh", "-c", "command -v smpirun"}}).ok())
    throw std::runtime_error("SimGrid is not installed: `./course install simgrid` does that, then start this again");
  fmt::print("simulated by SimGrid: hosts that need {} microseconds a sample, {} samples in a step, 10 Gbit/s\n\n",
             1e6 * many::cluster::per_sample, many::cluster::batch);
  const Link link = simulated_link(program);
  fmt::print(
      "milliseconds for a step, simulated (and by your formula)\nhosts    ring            tree            MPI's own\n");
  double most = 0;
  std::vector<double> ring;
  for (uword hosts = 1; hosts <= settings.simulate; hosts *= 2) {
    const Range longest = shard(many::cluster::batch, 0, hosts);
    const double work = double(longest.end - longest.begin) * many::cluster::per_sample;
    fmt::print("{:5}", hosts);
    for (const std::string reduce : {"ring", "tree", "mpi"}) {
      const double took = std::stod(simulated(hosts, reduce, program));
      fmt::print("  {:6.2f}", 1e3 * took);
      if (reduce == "ring") ring.push_back(took);
      if (reduce == "mpi") continue;
      const double formula = work + double(reduce == "ring" ? ring_seconds(hosts, many::cluster::numbers, link)
                                                            : tree_seconds(hosts, many::cluster::numbers, link));
      fmt::print(" ({:6.2f})", 1e3 * formula);
      most = std::max(most, std::abs(took - formula) / formula);
    }
    fmt::print("\n");
    std::fflush(stdout);
  }
  const auto best = std::min_element(ring.begin(), ring.end());
  fmt::print("\nat most {:.0f} % beside the formula; the ring is fastest on {} hosts\n", 100 * most,
             1 << (best - ring.begin()));
  Claims claims;
  claims.add("within 20 % of the formulas", most <= 0.2);
  if (settings.simulate >= 128) claims.add("more hosts are slower in the end", best + 1 < ring.end());
  return claims.percent();
}

double run(Settings& settings) {
  if (settings.is_rank) {
#ifdef NN_MPI
    many::run_mpi([&](const Wire& wire) { learn(wire, settings.job, settings.digits().train); });
#endif
    return 100;
  }
  if (settings.simulate > 0) return simulate(settings);
  const bool there = built_with_mpi && base::capture({{"sh", "-c", "command -v mpirun"}}).ok();
  if (settings.carrier == "mpi" && !there)
    throw std::runtime_error("Open MPI is not installed: `./course install mpi` does that, then start this again");
  if (settings.carrier == "best") settings.carrier = there ? "mpi" : "processes";
  if (settings.reduce == "mpi" && !with_mpi(settings))
    throw std::runtime_error("--reduce mpi needs Open MPI: `./course install mpi`");
  fmt::print("{} ranks, messages by {}\n\n", settings.ranks,
             with_mpi(settings) ? "Open MPI"
             : there            ? "sockets"
                                : "sockets; for Open MPI: `./course install mpi`");
  const fs::path out = fs::temp_directory_path() / fmt::format("nn-capstone-17-{}", getpid());
  fs::create_directories(out);
  Claims claims;
  if (settings.scaling) {
    scaling(settings, out);
    claims.add("measured", true);
  } else if (settings.hosts) {
    if (!four_hosts(settings, out, claims)) return fs::remove_all(out), 100;
  } else {
    same_as_one(settings, out, claims);
    killed(settings, out, claims);
    reads(settings, out, claims);
  }
  fs::remove_all(out);
  return claims.percent();
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  Job& job = settings.job;
  return trainer::capstone(
      argc, argv, {"17", "Learns on several ranks at once, kills one of them, and goes on."}, settings,
      [&](trainer::Options& own) {
        own.number("--ranks", settings.ranks, "how many processes learn together", "N", 1, 64);
        own.word("--reduce", settings.reduce, "how they add up: ring, tree, star, or mpi for its own",
                 {"ring", "tree", "star", "mpi"});
        own.word("--carrier", settings.carrier, "who carries the messages", {"best", "mpi", "processes"});
        own.flag("--scaling", settings.scaling, "only measure what more ranks bring here");
        own.flag("--hosts", settings.hosts, "only count what four hosts send, as network namespaces (root)");
        own.number("--simulate", settings.simulate, "only tell what a step takes on up to so many simulated hosts", "N",
                   1, 256);
        // what mpirun hands to its ranks
        own.flag("--is-rank", settings.is_rank);
        own.number("--batch", job.batch);
        own.number("--steps", job.steps);
        own.number("--kill", job.kill);
        own.number("--at", job.at);
        own.folder("--out", job.out);
        own.flag("--resume", job.resume);
      },
      [&] {
        job.reduce = settings.reduce, job.seed = settings.seed;
        return run(settings);
      });
}
