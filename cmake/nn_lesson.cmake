# nn_lesson(NN-name): everything that belongs to one lesson. lessons/NN-name/lesson.json is its only list of tasks.
#
#   solution_NN     our bodies (object library)
#   body_NN         the bodies that are judged: those of NN_BODIES (object library; none when they are ours)
#   test_NN         the lesson's tests, linked with body_NN and with OUR bodies of the lessons that it requires
#   "NN build"      a CTest fixture that builds test_NN, so that no stale program is ever run
#   "03.2 sigmoid"  one CTest test a task, label NN, one process, its own time limit

# The numbers of all lessons that a lesson stands on, in order: those that its lesson.json requires, and what these
# require. Each one must have been seen before, so the lessons are a graph without cycles. nn_lesson() calls it with the
# JSON, others ask for it again.
function(nn_required out number)
  if(ARGC GREATER 2)
    set(json "${ARGV2}")
    nn_json_list(names "${json}" requires)
    set(numbers "")
    foreach(name IN LISTS names)
      string(REGEX REPLACE "-.*" "" needed "${name}")
      get_property(seen GLOBAL PROPERTY NN_LESSON_${needed})
      if(NOT seen STREQUAL name)
        string(JSON own GET "${json}" name)
        message(FATAL_ERROR "lessons/${own}/lesson.json requires ${name}, which is no earlier lesson")
      endif()
      get_property(theirs GLOBAL PROPERTY NN_REQUIRED_BY_${needed})
      list(APPEND numbers ${theirs} ${needed})
    endforeach()
    list(REMOVE_DUPLICATES numbers)
    list(SORT numbers)
    set_property(GLOBAL PROPERTY NN_REQUIRED_BY_${number} "${numbers}")
  endif()
  get_property(numbers GLOBAL PROPERTY NN_REQUIRED_BY_${number})
  set(${out} "${numbers}" PARENT_SCOPE)
endfunction()

function(nn_lesson name)
  set(folder "${PROJECT_SOURCE_DIR}/lessons/${name}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${folder}/lesson.json")
  file(READ "${folder}/lesson.json" json)
  string(JSON number GET "${json}" lesson)
  nn_json_list(files "${json}" files)

  nn_required(earlier ${number} "${json}")
  list(TRANSFORM earlier PREPEND solution_)
  set_property(GLOBAL PROPERTY NN_LESSON_${number} "${name}")
  set_property(GLOBAL APPEND PROPERTY NN_NUMBERS ${number})
  # not so for the last lesson of a student's repository (./course export)
  if(EXISTS "${PROJECT_SOURCE_DIR}/solutions/${name}")
    nn_bodies(solution_${number} "${PROJECT_SOURCE_DIR}/solutions/${name}" "${files}")
    target_link_libraries(solution_${number} PRIVATE nn::warnings)
    set_property(GLOBAL APPEND PROPERTY NN_SOLUTIONS solution_${number})
  elseif(NN_BODIES STREQUAL "solutions" OR NOT EXISTS "${PROJECT_SOURCE_DIR}/.course-export")
    message(FATAL_ERROR "solutions/${name} is missing")
  endif()

  foreach(kind IN ITEMS alternative other_alternative)
    set(alternatives "${PROJECT_SOURCE_DIR}/autograder/${kind}s/${name}")
    if(EXISTS "${alternatives}" AND (NN_SELFTESTS OR NN_PROGRAMS))  # not in a student's repository
      nn_bodies(${kind}_body_${number} "${alternatives}" "${files}")
      set_target_properties(${kind}_body_${number} PROPERTIES EXCLUDE_FROM_ALL ON)
    endif()
  endforeach()

  if(NN_BODIES STREQUAL "solutions")
    set(body solution_${number})
  else()
    cmake_path(ABSOLUTE_PATH NN_BODIES BASE_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE bodies)
    set(body body_${number})
    nn_bodies(${body} "${bodies}/${name}" "${files}")
    target_link_libraries(${body} PRIVATE nn::student_warnings)
    # and no ccache: an edit is compiled for the first time, and one that reads a file twice may keep the wrong object
    set(launcher sh "${PROJECT_SOURCE_DIR}/cmake/compile_as_begun.sh")
    set_target_properties(${body} PROPERTIES CXX_COMPILER_LAUNCHER "${launcher}" EXCLUDE_FROM_ALL ON)
  endif()
  if(NN_TESTS)
    nn_lesson_tests(${number} ${name} ${body} "${earlier}" "${files}" "${json}")
  endif()
  if(NN_SELFTESTS AND NN_TESTS)
    nn_lesson_selftests(${number} ${name} "${earlier}" "${files}" "${json}")
    if(EXISTS "${PROJECT_SOURCE_DIR}/lessons/${name}/examples")
      nn_lesson_examples(${number} ${name})
    endif()
  endif()
endfunction()

# An object library of the named files of a folder. A file that is missing is an error of this library alone, when it is
# built.
function(nn_bodies target folder files)
  set(sources "")
  foreach(file IN LISTS files)
    set(source "${folder}/${file}")
    if(target MATCHES "^untouched_")
      set_source_files_properties("${source}" PROPERTIES GENERATED ON)
    elseif(NOT EXISTS "${source}")
      set(missing "${source}")
      set(source "${PROJECT_BINARY_DIR}/missing/${target}_${file}")
      file(CONFIGURE OUTPUT "${source}" CONTENT "#error \"${missing} is missing\"\n" @ONLY)
    endif()
    list(APPEND sources "${source}")
  endforeach()
  add_library(${target} OBJECT ${sources})
  target_link_libraries(${target} PRIVATE nn::arma)
  # what nobody edits between two tests is compiled a lesson at a time: that takes a third of the time
  if(target MATCHES "^(solution|sane_solution|alternative|other_alternative|untouched)_")
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  endif()
  if(target MATCHES "^sane_")
    target_link_libraries(${target} PRIVATE nn::student_warnings)
    target_compile_options(${target} PRIVATE ${NN_SANITIZERS})
    nn_precompile(${target} sanitized)
  elseif(NN_SELFTESTS AND target MATCHES "^solution_")
    nn_precompile(${target} optimised)
  elseif(NN_TESTS OR NOT target MATCHES "^body_")  # a student's flags are those of our files only where there are tests
    nn_precompile(${target} nn)
  endif()
endfunction()

# The lesson that a student is at: its known mistakes come compiled (./course export), since each holds most of a right
# answer. An object file serves one kind of machine and one version of Armadillo; elsewhere a wrong answer is told as
# wrong, and no mistake is named.
function(nn_compiled_mistakes number name)
  set(real double)
  if(NN_FLOAT)
    set(real float)
  endif()
  set(armadillo "${ARMADILLO_VERSION_MAJOR}.${ARMADILLO_VERSION_MINOR}")
  set(object
      "${PROJECT_SOURCE_DIR}/autograder/mistakes/${name}.${CMAKE_SYSTEM_PROCESSOR}.armadillo-${armadillo}.${real}.o")
  add_library(mistakes_${number} INTERFACE)
  if(EXISTS "${object}")
    set_source_files_properties("${object}" PROPERTIES EXTERNAL_OBJECT ON)
    target_sources(mistakes_${number} INTERFACE "${object}")
  else()
    message(STATUS
            "Lesson ${number}: no known mistakes for ${CMAKE_SYSTEM_PROCESSOR} with Armadillo ${armadillo}, none will be named")
  endif()
endfunction()

function(nn_lesson_tests number name body earlier files json)
  add_library(cases_${number} OBJECT "${PROJECT_SOURCE_DIR}/autograder/tests/${name}.cpp")
  set(parts cases)
  if(EXISTS "${PROJECT_SOURCE_DIR}/autograder/mistakes/${name}.cpp")
    add_library(mistakes_${number} OBJECT EXCLUDE_FROM_ALL "${PROJECT_SOURCE_DIR}/autograder/mistakes/${name}.cpp")
    list(APPEND parts mistakes)
  else()
    nn_compiled_mistakes(${number} ${name})
  endif()
  foreach(part IN LISTS parts)
    target_link_libraries(${part}_${number} PRIVATE nn_check nn::warnings)
    nn_precompile(${part}_${number} tests)
  endforeach()

  add_executable(test_${number})
  target_link_libraries(test_${number} PRIVATE cases_${number} mistakes_${number} ${body} ${earlier} nn_check)

  # the same with sanitized bodies: a student's are built when ./course wants to know which line did it
  cmake_path(ABSOLUTE_PATH NN_BODIES BASE_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE bodies)
  nn_bodies(sane_${body} "${bodies}/${name}" "${files}")
  add_executable(sanitized_${number})
  target_link_options(sanitized_${number} PRIVATE ${NN_SANITIZERS})
  target_link_libraries(sanitized_${number} PRIVATE sane_${body} cases_${number} mistakes_${number} ${earlier} nn_check)
  if(NOT NN_SELFTESTS)
    set_target_properties(sane_${body} sanitized_${number} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()

  nn_oracle_values(${number} ${name} ${body})
  set(build_test "${number} build")
  add_test(NAME "${build_test}"
           COMMAND ${CMAKE_COMMAND} -D "BUILD=${PROJECT_BINARY_DIR}" -D TARGET=test_${number} -D "CONFIG=$<CONFIG>"
                   -P "${PROJECT_SOURCE_DIR}/cmake/build_lesson.cmake")
  set_tests_properties("${build_test}" PROPERTIES LABELS "${number}" FIXTURES_SETUP "built_${number}" RESOURCE_LOCK
                       build TIMEOUT 600)

  set(warnings "")
  if(body MATCHES "^body_")
    set(warnings "NN_WARNINGS=${PROJECT_BINARY_DIR}/CMakeFiles/${body}.dir")
  endif()
  string(JSON count LENGTH "${json}" tasks)
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    foreach(key IN ITEMS id title seconds)
      string(JSON ${key} GET "${json}" tasks ${i} ${key})
    endforeach()
    string(REGEX REPLACE "^[0-9]+" "${number}" test "${id} ${title}")  # so that -R 03.2 matches neither 13.2 nor 3.25
    add_test(NAME "${test}" COMMAND test_${number} "[${id}]")
    math(EXPR last_resort "${seconds} * 30 + 5")  # the program keeps its limits itself (base/test_exit.hpp)
    set_tests_properties("${test}" PROPERTIES LABELS "${number}" FIXTURES_REQUIRED "built_${number}" TIMEOUT
                         ${last_resort}
                         ENVIRONMENT "OPENBLAS_NUM_THREADS=1;NN_SECONDS=${seconds};${warnings}")
  endforeach()
endfunction()

# What the oracles of a lesson's tests say, which a student's repository holds in their place: oracle_values writes it,
# "NN oracle values" compares.
function(nn_oracle_values number name body)
  file(STRINGS "${PROJECT_SOURCE_DIR}/autograder/tests/${name}.cpp" oracles REGEX "oracle<.*, *\\[|oracle<.*\",?$")
  if(NOT oracles OR NOT body MATCHES "^solution_" OR NN_FLOAT)
    return()
  endif()
  set(values "${PROJECT_SOURCE_DIR}/autograder/tests/values/${name}.txt")
  add_custom_target(oracle_values_${number} COMMAND "${CMAKE_COMMAND}" -E env "NN_ORACLE_WRITE=${values}"
                                                    $<TARGET_FILE:test_${number}> VERBATIM)
  if(NOT TARGET oracle_values)
    add_custom_target(oracle_values)
  endif()
  add_dependencies(oracle_values oracle_values_${number})
  add_test(NAME "${number} oracle values" COMMAND test_${number} --reporter compact)
  set_tests_properties("${number} oracle values" PROPERTIES LABELS selftest FIXTURES_REQUIRED "built_${number}" TIMEOUT
                       360
                       ENVIRONMENT "NN_ORACLE_COMPARE=${values};OPENBLAS_NUM_THREADS=1")
endfunction()

# untouched_NN: the tests with the stubs as they are handed out; `./course check` writes them there, builds it and
# runs it.
function(nn_untouched number name earlier files)
  nn_bodies(untouched_body_${number} "${PROJECT_BINARY_DIR}/stubs/${name}" "${files}")
  target_link_libraries(untouched_body_${number} PRIVATE nn::student_warnings)
  add_executable(untouched_${number})
  target_link_libraries(untouched_${number}
                        PRIVATE untouched_body_${number} cases_${number} mistakes_${number} ${earlier} nn_check)
  set_target_properties(untouched_body_${number} untouched_${number} PROPERTIES EXCLUDE_FROM_ALL ON)
endfunction()

# The tests of the tests. "NN alternative", "NN other alternative": another complete answer passes. "NN sanitized": ours
# does nothing that the sanitizers object to. "NN known mistakes": each one fails its task, is named, and costs no other
# task.
function(nn_lesson_selftests number name earlier files json)
  foreach(kind IN ITEMS alternative other_alternative)
    if(TARGET ${kind}_body_${number})
      add_executable(${kind}_${number})
      target_link_libraries(${kind}_${number}
                            PRIVATE cases_${number} mistakes_${number} ${kind}_body_${number} ${earlier} nn_check
                            nn::warnings)
      string(REPLACE "_" " " test "${number} ${kind}")
      add_test(NAME "${test}" COMMAND ${kind}_${number})
      set_tests_properties("${test}" PROPERTIES LABELS selftest TIMEOUT 360)
    endif()
  endforeach()
  add_test(NAME "${number} sanitized" COMMAND sanitized_${number})
  set_tests_properties("${number} sanitized" PROPERTIES LABELS selftest TIMEOUT 360 ENVIRONMENT OPENBLAS_NUM_THREADS=1)

  nn_untouched(${number} ${name} "${earlier}" "${files}")
  nn_interposed(${number} "${json}")
  add_executable(mistaken_${number})
  set_target_properties(mistaken_${number} PROPERTIES ENABLE_EXPORTS ON)
  target_link_libraries(mistaken_${number} PRIVATE interposed_${number} cases_${number} mistakes_${number} nn_check
                        nn_ours)
  add_test(NAME "${number} known mistakes" COMMAND prove_mistakes $<TARGET_FILE:mistaken_${number}>)
  set_tests_properties("${number} known mistakes" PROPERTIES LABELS selftest TIMEOUT 1800)
endfunction()

# interposed_NN: every contract function of the lesson as one that asks NN_MISTAKE which body it has, a known mistake or
# ours in nn_ours.
function(nn_interposed number json)
  if(TARGET interposed_${number})
    return()
  endif()
  nn_contract_source(source "${json}" "autograder/mistakes/interpose.hpp")
  add_library(interposed_${number} OBJECT EXCLUDE_FROM_ALL "${source}")
  target_link_libraries(interposed_${number} PRIVATE nn_expect nn::warnings)
  nn_precompile(interposed_${number} tests)
endfunction()

# "NN examples": the code that the lesson's text shows, and the numbers that it prints.
function(nn_lesson_examples number name)
  file(GLOB examples CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/lessons/${name}/examples/*.cpp")
  if(NOT examples)
    message(FATAL_ERROR "lessons/${name}/examples holds no .cpp: what the lesson's text shows must be compiled")
  endif()
  add_executable(examples_${number} ${examples})
  target_link_libraries(examples_${number} PRIVATE nn_core Catch2::Catch2WithMain nn::warnings)
  nn_precompile(examples_${number} nn)
  add_test(NAME "${number} examples" COMMAND examples_${number})
  set_tests_properties("${number} examples" PROPERTIES LABELS selftest TIMEOUT 360 ENVIRONMENT OPENBLAS_NUM_THREADS=1)
endfunction()

# nn::core, the library of all our bodies.
macro(nn_core)
  get_property(solutions GLOBAL PROPERTY NN_SOLUTIONS)
  add_library(nn_core STATIC)
  add_library(nn::core ALIAS nn_core)
  target_link_libraries(nn_core PUBLIC nn::support PRIVATE ${solutions})
  if(NN_SELFTESTS OR NN_GRADER)  # our bodies as the definitions that a program may hide, one function at a time
    # of the first, no body is touched by what hides another; of the second, all that call it
    foreach(library IN ITEMS nn_ours nn_ours_open)
      add_library(${library} SHARED EXCLUDE_FROM_ALL)
      target_link_libraries(${library} PRIVATE ${solutions} nn::support)
      set_target_properties(${library} PROPERTIES LINKER_LANGUAGE CXX)
    endforeach()
    target_link_options(nn_ours PRIVATE -Wl,-Bsymbolic)
  endif()
endmacro()

# The strings of a JSON array as a CMake list.
function(nn_json_list out json)
  string(JSON count LENGTH "${json}" ${ARGN})
  set(items "")
  if(count EQUAL 0)
    set(${out} "" PARENT_SCOPE)
    return()
  endif()
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    string(JSON item GET "${json}" ${ARGN} ${i})
    list(APPEND items "${item}")
  endforeach()
  set(${out} "${items}" PARENT_SCOPE)
endfunction()
