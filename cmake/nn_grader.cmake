# The instructor's grader (NN_GRADER). For each lesson, of which tests and the bodies that it requires are trusted and
# built once:
#
#   graded_NN   the lesson's tests, linked with autograder/remote/: every call goes to a worker
#   worker_NN   what a student's object is linked with, inside the sandbox, to answer those calls
#
# and in <build>/kit what the sandbox may see: headers and their precompiled form, the workers; and the programs beside
# them.

find_package(cereal REQUIRED)
include(nn_grader_link)
set(NN_KIT "${PROJECT_BINARY_DIR}/kit")

# What reads a stranger's bytes asserts what it stands on, and what a student's code calls is not slowed down by ours.
set(nn_wary -O1 -D_GLIBCXX_ASSERTIONS -Wno-maybe-uninitialized)
target_compile_options(precompiled_remote PRIVATE ${nn_wary})

add_library(nn_wire OBJECT "${PROJECT_SOURCE_DIR}/autograder/remote/frame.cpp")
target_link_libraries(nn_wire PUBLIC nn::support nn::contracts cereal::cereal fmt::fmt PRIVATE nn::warnings)
add_library(nn_remote OBJECT "${PROJECT_SOURCE_DIR}/autograder/remote/client.cpp"
            "${PROJECT_SOURCE_DIR}/autograder/remote/printable.cpp")
target_link_libraries(nn_remote PUBLIC nn_wire base_plain PRIVATE nn::warnings)
nn_precompile(nn_remote remote)
add_library(nn_worker OBJECT "${PROJECT_SOURCE_DIR}/autograder/remote/worker.cpp")
target_link_libraries(nn_worker PUBLIC nn_wire PRIVATE nn::warnings)
nn_precompile(nn_worker remote)
foreach(part IN ITEMS wire remote worker)
  target_compile_options(nn_${part} PRIVATE ${nn_wary})
endforeach()

function(nn_graded_lesson name)
  file(READ "${PROJECT_SOURCE_DIR}/lessons/${name}/lesson.json" json)
  string(JSON number GET "${json}" lesson)
  nn_required(earlier ${number})
  list(TRANSFORM earlier PREPEND solution_)

  nn_contract_source(source "${json}" "autograder/remote/remote.hpp")
  add_executable(graded_${number} "${source}")
  target_compile_options(graded_${number} PRIVATE ${nn_wary})
  nn_precompile(graded_${number} remote)
  target_link_libraries(graded_${number} PRIVATE cases_${number} mistakes_${number} ${earlier} nn_check nn_remote
                        nn_wire nn::warnings)

  if(NN_HIDDEN AND EXISTS "${NN_HIDDEN}/${name}.cpp")
    add_executable(hidden_${number} "${source}" "${NN_HIDDEN}/${name}.cpp")
    string(JSON header GET "${json}" header)
    string(REGEX REPLACE "^nn/" "contracts/" named "${header}")  # the arguments' names: check<> needs them
    set_source_files_properties("${NN_HIDDEN}/${name}.cpp" PROPERTIES COMPILE_OPTIONS "-include;${named}")
    target_link_libraries(hidden_${number} PRIVATE ${earlier} nn_check nn_remote nn_wire nn::warnings)
    target_compile_options(hidden_${number} PRIVATE ${nn_wary})
    nn_precompile(hidden_${number} remote)
    set_target_properties(hidden_${number} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${NN_KIT}/graded")
    add_dependencies(graded_${number} hidden_${number})
  endif()

  nn_contract_source(source "${json}" "autograder/remote/worker.hpp")
  add_library(worker_${number} STATIC "${source}")
  target_compile_options(worker_${number} PRIVATE ${nn_wary})
  nn_precompile(worker_${number} remote)
  target_link_libraries(worker_${number} PRIVATE ${earlier} nn_worker nn_wire nn::warnings)
  set_target_properties(worker_${number} PROPERTIES ARCHIVE_OUTPUT_DIRECTORY "${NN_KIT}/workers")
  add_custom_command(TARGET worker_${number} POST_BUILD  # with what tells of our sources and where they are
                     COMMAND "${CMAKE_STRIP}" --strip-debug "$<TARGET_FILE:worker_${number}>")

  set_target_properties(graded_${number} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${NN_KIT}/graded")
endfunction()

# Tests that the repository does not hold: hidden.json lists them, NN-name.cpp has them, tagged [NN][H3.1].
set(NN_HIDDEN "" CACHE PATH "A folder of hidden tests for the grader")
if(NN_HIDDEN)
  if(NOT EXISTS "${NN_HIDDEN}/hidden.json")
    message(FATAL_ERROR "${NN_HIDDEN}/hidden.json is missing: it lists the hidden tests")
  endif()
  configure_file("${NN_HIDDEN}/hidden.json" "${NN_KIT}/hidden.json" COPYONLY)
else()
  file(GLOB stale "${NN_KIT}/graded/hidden_*")
  file(REMOVE "${NN_KIT}/hidden.json" ${stale})
endif()

file(GLOB nn_grader_lessons RELATIVE "${PROJECT_SOURCE_DIR}/lessons" CONFIGURE_DEPENDS
     "${PROJECT_SOURCE_DIR}/lessons/*/lesson.json")
foreach(file IN LISTS nn_grader_lessons)
  cmake_path(GET file PARENT_PATH name)
  nn_graded_lesson(${name})
endforeach()

# What the sandbox sees: the headers, and the one that is worth compiling once, with the very flags that a student's
# file is compiled with; of the warnings only the one that is an error: nobody would read the others, and they cost a
# twentieth of the time.
set(nn_student_flags -std=c++20 -O0 -Werror=return-type -Wfatal-errors -DARMA_WARN_LEVEL=0 ${nn_revealing_flags}
                     -fdiagnostics-color=never)
if(NN_FLOAT)
  list(APPEND nn_student_flags -DNN_FLOAT)
endif()
file(GLOB nn_headers RELATIVE "${PROJECT_SOURCE_DIR}" CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/nn/*.hpp"
     "${PROJECT_SOURCE_DIR}/nn/support/*.hpp")
set(nn_kit_files "")
foreach(header IN LISTS nn_headers)
  configure_file("${PROJECT_SOURCE_DIR}/${header}" "${NN_KIT}/include/${header}" COPYONLY)
endforeach()
foreach(file IN LISTS nn_grader_lessons ITEMS parts.json)
  configure_file("${PROJECT_SOURCE_DIR}/lessons/${file}" "${NN_KIT}/lessons/${file}" COPYONLY)
endforeach()
file(CONFIGURE OUTPUT "${NN_KIT}/precompiled/student.hpp" CONTENT
     "#include <armadillo>\n#include <functional>\n#include <vector>\n")
# Relative to the kit, which is where the compiler is started: no file that a student's may read says where the kit is.
add_custom_command(OUTPUT "${NN_KIT}/precompiled/student.hpp.gch"
  COMMAND "${CMAKE_CXX_COMPILER}" ${nn_student_flags} -Iinclude -x c++-header precompiled/student.hpp -o
  precompiled/student.hpp.gch
  WORKING_DIRECTORY "${NN_KIT}" DEPENDS "${NN_KIT}/precompiled/student.hpp" COMMENT
  "Precompiling what every student's file includes")
# g++ exits alike when a helper of it refuses a file and when the kernel kills that helper. The shell knows.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(nn_tell_killed -pass-exit-codes -wrapper "sh,-c,\"$@\" || exit $(($? == 137 ? 97 : $?)),sh")
endif()
string(REPLACE ";" "\n" text "${CMAKE_CXX_COMPILER};${nn_tell_killed};${nn_student_flags};-Iinclude;-Winvalid-pch")
string(APPEND text "\n-include\nprecompiled/student.hpp")
file(CONFIGURE OUTPUT "${NN_KIT}/compiler.txt" CONTENT "${text}\n")
# Clang instantiates a precompiled header's templates once, not in each file: where it is installed it goes first.
find_program(NN_CLANG clang++)
if(NN_CLANG AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT DEFINED NN_CLANG_WORKS)
  execute_process(COMMAND "${NN_CLANG}" ${nn_student_flags} -fpch-instantiate-templates -fsyntax-only -x c++-header
                  "${NN_KIT}/precompiled/student.hpp"
                  RESULT_VARIABLE nn_clang_failed OUTPUT_QUIET ERROR_QUIET)
  if(nn_clang_failed)
    message(STATUS "${NN_CLANG} cannot compile Armadillo here: the grader does without")
    set(NN_CLANG_WORKS OFF CACHE INTERNAL "clang++ compiles Armadillo")
  else()
    set(NN_CLANG_WORKS ON CACHE INTERNAL "clang++ compiles Armadillo")
  endif()
endif()
if(NN_CLANG AND NN_CLANG_WORKS)
  set(nn_quick_header "${NN_KIT}/precompiled/student.pch" "${NN_KIT}/workers/common_expressions.o")
  set(nn_quick_flags ${nn_student_flags} -fpch-instantiate-templates -fpch-codegen -fno-crash-diagnostics)
  set(nn_common "${PROJECT_SOURCE_DIR}/autograder/grader/common_expressions.hpp")
  # from / and by way of pipes: names of files would stand in what is made, and be looked for in the sandbox
  add_custom_command(OUTPUT ${nn_quick_header}
    COMMAND "${NN_CLANG}" ${nn_quick_flags} -x c++-header -o - - < "${nn_common}" >
    "${NN_KIT}/precompiled/student.pch.new"
    COMMAND "${CMAKE_COMMAND}" -E rename "${NN_KIT}/precompiled/student.pch.new" "${NN_KIT}/precompiled/student.pch"
    COMMAND "${NN_CLANG}" ${nn_quick_flags} -O1 -c "${NN_KIT}/precompiled/student.pch" -o
    "${NN_KIT}/workers/common_expressions.o"
    WORKING_DIRECTORY / DEPENDS "${nn_common}" VERBATIM COMMENT "Precompiling for Clang what most answers say")
  string(REPLACE ";" "\n" text "${NN_CLANG};${nn_quick_flags};-Iinclude;-include-pch;precompiled/student.pch")
  file(CONFIGURE OUTPUT "${NN_KIT}/quick_compiler.txt" CONTENT "${text}\n")
else()
  file(REMOVE "${NN_KIT}/quick_compiler.txt")  # only here: a class is graded anew where a file of the kit is younger
endif()
execute_process(COMMAND "${CMAKE_CXX_COMPILER}" -print-prog-name=ld OUTPUT_VARIABLE nn_ld
                OUTPUT_STRIP_TRAILING_WHITESPACE)
find_program(NN_LD NAMES "${nn_ld}" ld REQUIRED)
if(NN_CAN_USE_MOLD)
  nn_link_command("${NN_KIT}/linker.txt" "${NN_MOLD}" --no-threads --no-fork)
  nn_link_command("${NN_KIT}/second_linker.txt" "${NN_LD}")  # for the grader's own tests
else()
  nn_link_command("${NN_KIT}/linker.txt" "${NN_LD}")
  file(REMOVE "${NN_KIT}/second_linker.txt")
endif()
add_custom_command(OUTPUT "${NN_KIT}/workers/libnn_support.a"
  COMMAND "${CMAKE_STRIP}" --strip-debug -o "${NN_KIT}/workers/libnn_support.a" $<TARGET_FILE:nn_support> DEPENDS
  nn_support)
add_executable(kit_stubs "${PROJECT_SOURCE_DIR}/autograder/grader/kit_stubs.cpp")
target_link_libraries(kit_stubs PRIVATE base nn::warnings)
file(GLOB nn_solutions CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/solutions/*/*.cpp")
add_custom_command(OUTPUT "${NN_KIT}/stubs/made" COMMAND kit_stubs "${PROJECT_SOURCE_DIR}" "${NN_KIT}/stubs"
                   COMMAND "${CMAKE_COMMAND}" -E touch "${NN_KIT}/stubs/made" DEPENDS kit_stubs ${nn_solutions})
add_custom_target(nn_kit DEPENDS "${NN_KIT}/precompiled/student.hpp.gch" ${nn_quick_header}
                  "${NN_KIT}/workers/libnn_support.a" "${NN_KIT}/stubs/made")

find_package(CLI11 REQUIRED)
find_package(LibArchive REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(yaml-cpp REQUIRED)
find_library(NN_SECCOMP seccomp REQUIRED)

add_executable(unpack_submission "${PROJECT_SOURCE_DIR}/autograder/grader/unpack.cpp"
               "${PROJECT_SOURCE_DIR}/autograder/grader/shape.cpp")
target_include_directories(unpack_submission PRIVATE "${PROJECT_SOURCE_DIR}")
target_compile_definitions(unpack_submission PRIVATE _GLIBCXX_ASSERTIONS)
target_link_libraries(unpack_submission PRIVATE LibArchive::LibArchive cereal::cereal fmt::fmt nn::warnings)
set_target_properties(unpack_submission PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${NN_KIT}")

file(GLOB grader_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/autograder/grader/*.cpp"
     "${PROJECT_SOURCE_DIR}/autograder/grader/*/*.cpp" "${PROJECT_SOURCE_DIR}/autograder/sandbox/*.cpp")
list(FILTER grader_sources EXCLUDE REGEX "/(main|unpack|kit_stubs)\\.cpp$|/grader/tests/")
add_library(grader_core STATIC ${grader_sources} "${PROJECT_SOURCE_DIR}/autograder/remote/printable.cpp"
            "${PROJECT_SOURCE_DIR}/autograder/remote/frame.cpp")
target_include_directories(grader_core PUBLIC "${PROJECT_SOURCE_DIR}")
target_compile_definitions(grader_core PUBLIC _GLIBCXX_ASSERTIONS)
set_target_properties(grader_core PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
target_precompile_headers(grader_core PRIVATE <nlohmann/json.hpp> <fmt/format.h> <cereal/cereal.hpp> <filesystem>
                          <string> <vector>)
target_link_libraries(grader_core PUBLIC LibArchive::LibArchive OpenSSL::Crypto CLI11::CLI11 cereal::cereal
                      nlohmann_json::nlohmann_json base yaml-cpp ${NN_SECCOMP} PRIVATE nn::arma nn::warnings)
add_executable(course_grade "${PROJECT_SOURCE_DIR}/autograder/grader/main.cpp")
target_link_libraries(course_grade PRIVATE grader_core CLI11::CLI11 nn::warnings)
# it calls no BLAS, but chooses the kernel of those who do
target_link_options(course_grade PRIVATE LINKER:--no-as-needed)
target_compile_definitions(course_grade PRIVATE NN_KIT="${NN_KIT}" NN_ROOT="${PROJECT_SOURCE_DIR}")
add_dependencies(course_grade nn_kit unpack_submission)
add_custom_target(grader ALL DEPENDS course_grade)
foreach(file IN LISTS nn_grader_lessons)
  string(REGEX REPLACE "-.*" "" number "${file}")
  add_dependencies(grader graded_${number} worker_${number})
endforeach()

add_subdirectory(autograder/grader/tests)
