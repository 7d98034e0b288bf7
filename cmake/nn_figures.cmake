# nn_digits, the digits that the trainer trains on and how it judges a network, for programs that include these headers;
# else nothing.
function(nn_trains_on_digits out folder)
  set(${out} "" PARENT_SCOPE)
  file(GLOB sources "${folder}/*.cpp" "${folder}/*.hpp")
  foreach(source IN LISTS sources)
    file(STRINGS "${source}" uses REGEX "^#include \"tools/train/(capstone|digits|judge)[.]hpp\"")
    if(uses)
      set(${out} nn_digits PARENT_SCOPE)
      break()
    endif()
  endforeach()
  if(uses AND NOT TARGET nn_digits)
    add_library(nn_digits STATIC EXCLUDE_FROM_ALL "${PROJECT_SOURCE_DIR}/tools/train/digits.cpp"
                "${PROJECT_SOURCE_DIR}/tools/train/judge.cpp")
    target_link_libraries(nn_digits PUBLIC nn::support fmt::fmt PRIVATE nn::warnings)
    target_compile_definitions(nn_digits PRIVATE NN_SAMPLE="${PROJECT_SOURCE_DIR}/datasets/mnist-sample")
    nn_precompile(nn_digits nn)
  endif()
endfunction()

# nn_figures(NN-name): figures_NN, the program that writes the numbers of a lesson's figures. It is linked as the
# lesson's tests are: the judged bodies of lesson NN, OUR bodies of the lessons that it requires. With NN_SELFTESTS also
# the test "NN figures": their data are as committed.
function(nn_figures name)
  string(REGEX MATCH "^[0-9]+" number "${name}")
  set(depends "")
  if(NN_SELFTESTS)
    set(depends CONFIGURE_DEPENDS)
  endif()
  file(GLOB sources ${depends} "${PROJECT_SOURCE_DIR}/lessons/${name}/figures/*.cpp")
  if(NOT sources)
    return()
  endif()
  if(NOT TARGET nn_figure)
    add_library(nn_figure STATIC EXCLUDE_FROM_ALL "${PROJECT_SOURCE_DIR}/tools/figures/figure.cpp"
                                                  "${PROJECT_SOURCE_DIR}/tools/figures/main.cpp")
    target_link_libraries(nn_figure PUBLIC nn::support PRIVATE nn_threads nn::warnings)
    nn_precompile(nn_figure nn)
    add_executable(compare_figures EXCLUDE_FROM_ALL "${PROJECT_SOURCE_DIR}/tools/figures/compare.cpp")
    target_link_libraries(compare_figures PRIVATE base nn::warnings)
    add_custom_target(figures)
    add_dependencies(figures compare_figures)
  endif()

  set(body solution_${number})
  nn_trains_on_digits(digits "${PROJECT_SOURCE_DIR}/lessons/${name}/figures")
  nn_required(earlier ${number})
  list(TRANSFORM earlier PREPEND solution_)
  if(TARGET body_${number})
    set(body body_${number})
  endif()
  add_library(figure_sources_${number} OBJECT EXCLUDE_FROM_ALL ${sources})
  target_link_libraries(figure_sources_${number} PRIVATE nn::support ${digits} fmt::fmt nn::warnings)
  if(NN_SELFTESTS)
    nn_precompile(figure_sources_${number} optimised)
  else()
    nn_precompile(figure_sources_${number} nn)
  endif()
  # compiled as one: a local name of one figure may be a global one of another
  set(local_names "#pragma GCC diagnostic ignored \"-Wshadow\"")
  set_target_properties(figure_sources_${number}
                        PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0 UNITY_BUILD_CODE_BEFORE_INCLUDE
                                   "${local_names}")
  add_executable(figures_${number} EXCLUDE_FROM_ALL)
  target_link_libraries(figures_${number} PRIVATE figure_sources_${number} ${digits} ${body} ${earlier} nn_figure)
  add_dependencies(figures figures_${number})

  if(NN_SELFTESTS)
    # The same program in which a known mistake (NN_MISTAKE) may take the place of our body, wherever it is called: are
    # the data as committed, and does a figure show the mistake?
    set(program mistaken_figures_${number})
    add_executable(${program} EXCLUDE_FROM_ALL)
    set_target_properties(${program} PROPERTIES ENABLE_EXPORTS ON)
    target_link_libraries(${program} PRIVATE figure_sources_${number} ${digits} interposed_${number} mistakes_${number}
                                             nn_figure nn_ours_open nn_expect)
    add_test(NAME "${number} figures build" COMMAND ${CMAKE_COMMAND} --build "${PROJECT_BINARY_DIR}" --target ${program}
                                                    compare_figures --config "$<CONFIG>")
    set_tests_properties("${number} figures build" PROPERTIES LABELS figures FIXTURES_SETUP "figures_${number}"
                         RESOURCE_LOCK build
                         TIMEOUT 600)
    add_test(NAME "${number} figures"
             COMMAND sh "${PROJECT_SOURCE_DIR}/tools/figures/check.sh" "${PROJECT_BINARY_DIR}/figures/${name}" "${name}"
                     $<TARGET_FILE:${program}> $<TARGET_FILE:compare_figures>)
    add_test(NAME "${number} figures of mistakes"
             COMMAND sh "${PROJECT_SOURCE_DIR}/tools/figures/mistakes.sh"
                     "${PROJECT_BINARY_DIR}/figures/mistakes/${name}" "${name}" $<TARGET_FILE:${program}>)
    set_tests_properties("${number} figures" "${number} figures of mistakes" PROPERTIES LABELS figures FIXTURES_REQUIRED
                         "figures_${number}" TIMEOUT 900)
    if(NOT TEST "figures tools")
      add_test(NAME "figures tools" COMMAND sh "${PROJECT_SOURCE_DIR}/tools/figures/tests/figures_test.sh"
               $<TARGET_FILE:compare_figures>)
      set_tests_properties("figures tools" PROPERTIES LABELS figures FIXTURES_REQUIRED "figures_${number}" TIMEOUT 180)
    endif()
  endif()
endfunction()
