# The generator autograder/contracts/ reads the lessons' headers and writes, in <build>/contracts:
#
#   NN.inc            CONTRACT(name, (parameters), (arguments), result) for each function of lesson NN
#   activations.hpp   nn/activations.hpp with the members of its structs, the names of its enums and of its arguments
#
# It stops with the difference when a header declares other functions than its lesson.json names. Link nn::contracts to
# include them.
function(nn_contracts lessons)
  set(out "${PROJECT_BINARY_DIR}/contracts")
  file(MAKE_DIRECTORY "${out}/support")
  set(arguments "")
  set(files "${out}/contracts.d")
  foreach(lesson IN LISTS lessons)
    file(READ "${PROJECT_SOURCE_DIR}/lessons/${lesson}/lesson.json" json)
    string(JSON number GET "${json}" lesson)
    string(JSON header GET "${json}" header)
    string(JSON count LENGTH "${json}" tasks)
    set(functions "")
    math(EXPR last "${count} - 1")
    foreach(i RANGE ${last})
      nn_json_list(names "${json}" tasks ${i} functions)
      list(APPEND functions ${names})
    endforeach()
    list(JOIN functions "," functions)
    list(APPEND arguments "${number}=${header}=${functions}")
    string(REGEX REPLACE "^nn/" "" header "${header}")
    list(APPEND files "${out}/${number}.inc" "${out}/${header}")
  endforeach()

  set(source "${PROJECT_SOURCE_DIR}/autograder/contracts")
  add_executable(contracts "${source}/main.cpp" "${source}/header.cpp" "${source}/tokens.cpp")
  target_include_directories(contracts PRIVATE "${PROJECT_SOURCE_DIR}")
  set_target_properties(contracts PROPERTIES UNITY_BUILD ON)  # compiled in half the time: students wait for it once
  add_custom_command(OUTPUT ${files} COMMAND contracts "${PROJECT_SOURCE_DIR}" "${out}" ${arguments}
                     DEPFILE "${out}/contracts.d" VERBATIM COMMENT "Reading the contracts of nn/")
  add_custom_target(contracts_written DEPENDS ${files})
  add_library(nn_contracts INTERFACE)
  add_library(nn::contracts ALIAS nn_contracts)
  target_include_directories(nn_contracts INTERFACE "${PROJECT_BINARY_DIR}")
  add_dependencies(nn_contracts contracts_written)
endfunction()

# A source file in which `include` ("autograder/remote/worker.hpp") says what becomes of each contract function of a
# lesson.
function(nn_contract_source out json include)
  string(JSON number GET "${json}" lesson)
  string(JSON header GET "${json}" header)
  string(REGEX REPLACE "^nn/" "contracts/" header "${header}")
  cmake_path(GET include STEM part)
  set(source "${PROJECT_BINARY_DIR}/contracts/${part}_${number}.cpp")
  file(CONFIGURE OUTPUT "${source}" CONTENT
       "#include \"${header}\"\n#include \"${include}\"\nnamespace nn {\n#include \"contracts/${number}.inc\"\n}\n")
  set(${out} "${source}" PARENT_SCOPE)
endfunction()
