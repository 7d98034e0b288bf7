// What a header of nn/ declares, read from its text: functions, the members of structs, the names of enums.
//
// The subset of C++ that a contract is written in: namespace nn, free functions, structs of public members, enums. What
// it cannot read is an error with its line, never left out.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace contracts {

/// "12: an array cannot be a parameter; take a vec": the line, then what was found and what to do.
struct ParseError : std::runtime_error {
  ParseError(int line, const std::string& what) : runtime_error(std::to_string(line) + ": " + what) {}
};

struct Parameter {
  std::string type;  ///< "const mat&"
  std::string name;  ///< as declared; of a parameter without a name "network" for a Network, "argument_2" for a mat
};

/// A function that is declared and not defined. Default arguments are left out: a definition does not repeat them.
struct Function {
  std::string result, name;
  std::vector<Parameter> parameters;
};

struct Struct {
  std::string name;  ///< "Outer::Inner" when nested
  std::vector<std::string> members;
};

struct Enum {
  std::string name;
  std::vector<std::string> names;
};

struct Header {
  std::vector<std::string> includes;  ///< of the form "nn/types.hpp"
  std::vector<Function> functions;    ///< in namespace nn itself
  std::vector<Struct> structs;        ///< no classes, no templates, nothing with a base or a private part
  std::vector<Enum> enums;
};

/// Throws ParseError.
Header parse_header(std::string_view text);

}  // namespace contracts
