// What is in an object file that a compiler made of a student's source: looked at before a linker sees it, since some
// sections ask a linker to do more than to link (to compile, or to take in other files).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace grader {

struct Section {
  std::string name;
  std::uint64_t flags = 0;
  std::string bytes;         ///< none where all are zero (.bss)
  std::uint64_t loaded = 0;  ///< the memory that it takes in the program
};

/// Throws std::runtime_error when it is no regular file, or no relocatable ELF file of 64 bits.
std::vector<Section> sections_of(const std::filesystem::path& object);

/// What a program takes in memory before it does anything.
std::uint64_t loaded_size(const std::vector<Section>& sections);

/// The name of a section that asks for more than linking, such as .gnu.lto_* or .llvmbc; empty when there is none.
std::string unexpected_section(const std::vector<Section>& sections);

}  // namespace grader
