#include "autograder/grader/object_file.hpp"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "autograder/sandbox/descriptors.hpp"

namespace grader {

namespace {

/// Never by way of a link: who makes objects may have made that too.
std::string bytes_of(const std::filesystem::path& object) {
  const Descriptor file(open(object.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat info {};
  if (file.get() < 0 || fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode))
    throw std::runtime_error("the object file is no regular file");
  std::string bytes(std::size_t(info.st_size), '\0');
  for (std::size_t have = 0; have < bytes.size();) {
    const ssize_t n = read(file.get(), bytes.data() + have, bytes.size() - have);
    if (n <= 0) throw std::runtime_error("the object file cannot be read");
    have += std::size_t(n);
  }
  return bytes;
}

template <class T>
T at(const std::string& bytes, std::uint64_t offset) {
  T value;
  if (offset > bytes.size() || bytes.size() - offset < sizeof value)
    throw std::runtime_error("the object file is cut short");
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::string part(const std::string& bytes, const Elf64_Shdr& section) {
  if (section.sh_type == SHT_NOBITS) return "";
  if (section.sh_offset > bytes.size() || bytes.size() - section.sh_offset < section.sh_size)
    throw std::runtime_error("a section of the object file lies outside of it");
  return bytes.substr(section.sh_offset, section.sh_size);
}

constexpr std::uint16_t large_common = 0xff02;  // of x86-64

/// What the linker makes room for that no section holds (.comm).
std::uint64_t room_for_commons(const std::string& symbols) {
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i + sizeof(Elf64_Sym) <= symbols.size(); i += sizeof(Elf64_Sym)) {
    const auto symbol = at<Elf64_Sym>(symbols, i);
    const bool common = symbol.st_shndx == SHN_COMMON || symbol.st_shndx == large_common;
    if (common && __builtin_add_overflow(sum, symbol.st_size, &sum)) return ~std::uint64_t{0};
  }
  return sum;
}

bool starts_with_any(const std::string& name, std::initializer_list<const char*> starts) {
  return std::any_of(starts.begin(), starts.end(), [&](const char* start) { return name.rfind(start, 0) == 0; });
}

}  // namespace

std::vector<Section> sections_of(const std::filesystem::path& object) {
  const std::string bytes = bytes_of(object);
  const auto header = at<Elf64_Ehdr>(bytes, 0);
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64 ||
      header.e_type != ET_REL || header.e_shentsize != sizeof(Elf64_Shdr))
    throw std::runtime_error("the object file is no relocatable ELF file");
  const auto table = [&](std::uint64_t index) {
    return at<Elf64_Shdr>(bytes, header.e_shoff + index * sizeof(Elf64_Shdr));
  };
  const Elf64_Shdr first = table(0);  // what does not fit into the header's 16 bits stands here
  const std::uint64_t count = header.e_shnum ? header.e_shnum : first.sh_size;
  const std::string names = part(bytes, table(header.e_shstrndx == SHN_XINDEX ? first.sh_link : header.e_shstrndx));
  if (count > bytes.size() / sizeof(Elf64_Shdr))
    throw std::runtime_error("the object file has impossibly many sections");
  std::vector<Section> all;
  for (std::uint64_t i = 1; i < count; ++i) {
    const Elf64_Shdr section = table(i);
    if (section.sh_name >= names.size()) throw std::runtime_error("a section of the object file has no name");
    all.push_back({names.c_str() + section.sh_name, section.sh_flags, part(bytes, section)});
    if (section.sh_flags & SHF_ALLOC) all.back().loaded = section.sh_size;
    if (section.sh_type == SHT_SYMTAB) all.back().loaded = room_for_commons(all.back().bytes);
  }
  return all;
}

std::uint64_t loaded_size(const std::vector<Section>& sections) {
  std::uint64_t sum = 0;
  for (const Section& section : sections)
    if (__builtin_add_overflow(sum, section.loaded, &sum)) return ~std::uint64_t{0};
  return sum;
}

std::string unexpected_section(const std::vector<Section>& sections) {
  for (const Section& section : sections) {
    const bool to_compile =
        starts_with_any(section.name, {".gnu.lto_", ".gnu.debuglto_", ".llvm", ".gnu_object_only"}) &&
        section.name != ".llvm_addrsig";
    const bool loaded =
        (section.flags & SHF_ALLOC) && !(section.flags & SHF_EXCLUDE);  // code and data, whatever its name
    const bool known = starts_with_any(section.name, {".rel", ".symtab", ".strtab", ".shstrtab", ".comment", ".group",
                                                      ".note", ".debug_", ".llvm_addrsig"});
    if (to_compile || !(loaded || known || section.bytes.empty())) return section.name;
  }
  return "";
}

}  // namespace grader
