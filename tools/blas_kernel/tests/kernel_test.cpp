// The choice of OpenBLAS's kernel. Each test runs the program blas_kernel on a machine that OpenBLAS does not know:
// OPENBLAS_CORETYPE names the kernel that OpenBLAS is to pick by itself, and NAND2MNIST_OPENBLAS_CHOSE says that this
// is no wish of the user's.
#include <dlfcn.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tools/blas_kernel/kernel.hpp"
#include "tools/blas_kernel/memory.hpp"
#include "tools/blas_kernel/openblas.hpp"
#include "tools/blas_kernel/proof.hpp"

namespace {

namespace fs = std::filesystem;
using namespace nn::detail;

struct Cache {
  Cache() {
    char name[] = "/tmp/blas-kernel-XXXXXX";
    folder = mkdtemp(name);
  }
  ~Cache() { fs::remove_all(folder); }
  std::string text() const {
    std::ifstream in(folder / "nand2mnist/blas-kernels.tsv");
    return {std::istreambuf_iterator<char>(in), {}};
  }
  fs::path folder;
};

/// What the program says, run by a shell with these variables before it.
std::string said(const Cache& cache, const std::string& variables, const std::string& arguments = "") {
  const std::string command = "unset OPENBLAS_CORETYPE NAND2MNIST_OPENBLAS_CHOSE; XDG_CACHE_HOME='" +
                              cache.folder.string() + "' " + variables + " '" NN_PROGRAM "' " + arguments + " 2>&1";
  std::string text;
  std::FILE* const pipe = popen(command.c_str(), "r");
  for (int c; (c = std::fgetc(pipe)) != EOF;) text += char(c);
  return pclose(pipe) == 0 ? text : text + "failed\n";
}

std::string unknown_cpu() { return "OPENBLAS_CORETYPE=Prescott NAND2MNIST_OPENBLAS_CHOSE=Prescott"; }

/// There is a kernel to choose: OpenBLAS has kernels for several CPUs, and this CPU has more than the oldest of them
/// uses.
void need_several_kernels() {
  const OpenBlas blas = loaded_openblas();
  if (!blas.handle || blas.config.find("DYNAMIC_ARCH") == std::string::npos || better_kernels("Prescott").empty())
    SKIP("this machine's BLAS has one kernel only");
}

std::string kernel_of(const std::string& line) {
  std::istringstream words(line);
  for (std::string word; words >> word;)
    if (word == "kernel" && words >> word) return word;
  return "";
}

}  // namespace

TEST_CASE("a CPU that OpenBLAS does not know gets a kernel that uses it") {
  need_several_kernels();
  const Cache cache;
  const std::string line = said(cache, unknown_cpu());
  INFO(line);
  CHECK(line.find(" instead of its own Prescott\n") != std::string::npos);
  CHECK(kernel_vectors(kernel_of(line)) > kernel_vectors("Prescott"));
  INFO(cache.text());
  CHECK(cache.text().find(cpu_model() + ", OpenBLAS " + loaded_openblas().version + ", ") == 0);
  CHECK(cache.text().find("picks Prescott\t" + kernel_of(line) + "\tPrescott ") != std::string::npos);
}

TEST_CASE("the choice is proved once and remembered") {
  need_several_kernels();
  const Cache cache;
  const std::string first = said(cache, unknown_cpu()), text = cache.text();
  const fs::path file = cache.folder / "nand2mnist/blas-kernels.tsv";
  const auto written = fs::last_write_time(file);
  CHECK(said(cache, unknown_cpu()) == first);
  CHECK(fs::last_write_time(file) == written);
  // What is remembered is obeyed: the file decides, not a second measurement.
  std::string other = text;
  const std::string chosen = "picks Prescott\t" + kernel_of(first) + "\t";
  REQUIRE(other.find(chosen) != std::string::npos);
  other.replace(other.find(chosen), chosen.size(), "picks Prescott\tSandybridge\t");
  std::ofstream(file) << other;
  CHECK(kernel_of(said(cache, unknown_cpu())) == "Sandybridge");
  std::ofstream(file) << "another CPU\tHaswell\n"
                      << text.substr(0, text.size() / 2);  // damaged: measured again, the other line kept
  CHECK(said(cache, unknown_cpu()).find(" instead of its own Prescott\n") != std::string::npos);
  CHECK(cache.text().find("another CPU\tHaswell\n") == 0);
  CHECK(cache.text().find(chosen.substr(0, 15)) != std::string::npos);
}

TEST_CASE("without a folder to remember in, the choice is the same") {
  need_several_kernels();
  const Cache cache;
  CHECK(said(cache, "XDG_CACHE_HOME= HOME= " + unknown_cpu()).find(" instead of its own Prescott\n") !=
        std::string::npos);
  CHECK(said(cache, "XDG_CACHE_HOME=/proc/none " + unknown_cpu()).find(" instead of its own Prescott\n") !=
        std::string::npos);
  CHECK(cache.text().empty());
}

TEST_CASE("the user's OPENBLAS_CORETYPE is obeyed") {
  need_several_kernels();
  const Cache cache;
  CHECK(said(cache, "OPENBLAS_CORETYPE=Prescott").find(", kernel Prescott (OPENBLAS_CORETYPE=Prescott)\n") !=
        std::string::npos);
  CHECK(said(cache, "OPENBLAS_CORETYPE=Prescott", "--environment") ==
        "NAND2MNIST_OPENBLAS_CHOSE=-\nOPENBLAS_CORETYPE=Prescott\n");
  CHECK(cache.text().empty());
}

TEST_CASE("another BLAS is left alone") {
  const std::string folder = "/usr/lib/x86_64-linux-gnu/", reference = folder + "blas:" + folder + "lapack";
  if (!fs::exists(folder + "blas/libblas.so.3") || !fs::exists(folder + "lapack/liblapack.so.3"))
    SKIP("the reference BLAS and LAPACK are not here");
  const Cache cache;
  CHECK(said(cache, "LD_LIBRARY_PATH=" + reference + " " + unknown_cpu()) == "a BLAS that is not OpenBLAS\n");
  CHECK(cache.text().empty());
}

TEST_CASE("a kernel that suits the CPU is left alone") {
  need_several_kernels();
  const std::string good = better_kernels("Prescott").front();
  const Cache cache;
  const std::string line = said(cache, "OPENBLAS_CORETYPE=" + good + " NAND2MNIST_OPENBLAS_CHOSE=" + good);
  INFO(line);
  if (kernel_of(line) == good && better_kernels(good).empty()) CHECK(cache.text().empty());
}

TEST_CASE("programs that are started later have the choice from the environment") {
  need_several_kernels();
  const Cache cache;
  const std::string variables = said(cache, unknown_cpu(), "--environment");
  INFO(variables);
  CHECK(variables.find("NAND2MNIST_OPENBLAS_CHOSE=Prescott\nOPENBLAS_CORETYPE=") == 0);
  fs::remove_all(cache.folder / "nand2mnist");
  std::string line = variables;
  for (char& c : line)
    if (c == '\n') c = ' ';
  CHECK(said(cache, line).find(" instead of its own Prescott\n") != std::string::npos);
  CHECK(said(cache, "OPENBLAS_CORETYPE=Prescott NAND2MNIST_OPENBLAS_CHOSE=-").find(", kernel Prescott (") !=
        std::string::npos);
  CHECK(cache.text().empty());  // nothing was measured
}

TEST_CASE("a choice that another machine made is dropped where the CPU cannot run it") {
  need_several_kernels();
  if (cpu_vectors() >= Vectors::avx512_bf16) SKIP("this CPU runs every kernel");
  const Cache cache;
  const std::string line = said(cache, "OPENBLAS_CORETYPE=SapphireRapids NAND2MNIST_OPENBLAS_CHOSE=Prescott");
  CHECK(kernel_of(line) == kernel_of(said(cache, "")));
}

TEST_CASE("a kernel that crashes is not chosen") {
  need_several_kernels();
  if (cpu_vectors() >= Vectors::avx512) SKIP("this CPU runs every kernel");
  const Cache cache;
  CHECK(said(cache, "OPENBLAS_CORETYPE=SkylakeX NAND2MNIST_PROVE_BLAS_KERNEL=1").ends_with("failed\n"));
}

TEST_CASE("a function that is wrong somewhere is found, in float and in double") {
  OpenBlas blas = loaded_openblas();
  if (!blas.handle) SKIP("this machine's BLAS is not OpenBLAS");
  CHECK(first_wrong(blas) == std::nullopt);
  void* const spoiled = dlopen(NN_WRONG_BLAS, RTLD_NOW | RTLD_LOCAL);
  REQUIRE(spoiled);
  *static_cast<void**>(dlsym(spoiled, "real_blas")) = blas.handle;
  const char*& wrong = *static_cast<const char**>(dlsym(spoiled, "wrong"));
  blas.handle = spoiled;
  CHECK(first_wrong(blas) == std::nullopt);
  for (const std::string letter : {"s", "d"})
    for (const std::string name : {"gemm", "gemm writes", "gemm nan", "gemv", "syrk", "dot", "asum", "nrm2"}) {
      const std::string which = letter + name;
      wrong = which.c_str();
      CHECK(first_wrong(blas) == which.substr(0, which.find(' ')));
    }
}

TEST_CASE("a kernel that is not known is never replaced") {
  CHECK(better_kernels("SomethingNew").empty());
  CHECK(kernel_vectors("SomethingNew") == Vectors::avx512_bf16);
  CHECK(kernel_vectors("haswell") == Vectors::avx2);
  CHECK(better_kernels("SkylakeX").empty());
}

TEST_CASE("what is remembered stands line by line") {
  const Cache cache;
  const std::string file = (cache.folder / "a/b/c.tsv").string();
  CHECK(remembered(file, "x") == std::nullopt);
  remember(file, "x", "Haswell", "1 ms");
  remember(file, "x, y", "Zen", "2 ms");
  remember(file, "x", "SkylakeX", "3 ms");
  CHECK(remembered(file, "x") == "SkylakeX");
  CHECK(remembered(file, "x, y") == "Zen");
  CHECK(remembered(file, "") == std::nullopt);
}
