# nn_precompile(target kind): <armadillo> costs two seconds a file, so it is compiled once a tree for all targets of a
# kind.
#
#   nn         what every contract includes, for our files and a student's alike
#   sanitized  the same under the sanitizers
#   optimised  the same for our bodies where the project tests itself: thousands of runs of theirs, and of the figures
#   tests      with Catch2 and how the lessons' tests speak; where only a few are compiled, in a student's tree, `nn`
#   remote     how values are written for the grader's pipe
#
# Writing one of these takes as long as reading it five times over, so a student, who waits for them, waits for one.

set(NN_HEADERS_nn <armadillo> <functional> <vector>)
if(NN_TESTS)  # and what all answers use is ready-made in nn_support
  set(NN_HEADERS_nn "${PROJECT_SOURCE_DIR}/nn/support/precompiled.hpp")
endif()
set(NN_HEADERS_optimised ${NN_HEADERS_nn})
set(NN_HEADERS_sanitized <armadillo> <functional> <vector>)
set(NN_HEADERS_tests "${PROJECT_SOURCE_DIR}/nn/support/precompiled.hpp"
    "${PROJECT_SOURCE_DIR}/autograder/tests/support/expect.hpp")
set(NN_HEADERS_remote "${PROJECT_SOURCE_DIR}/autograder/remote/values.hpp")
# a matrix without entries holds a null pointer, which Armadillo binds references to; to follow one is an error still
set(NN_SANITIZERS -fsanitize=address,undefined -fno-sanitize=null -fno-sanitize-recover=all -fno-omit-frame-pointer)

file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/precompiled.cpp" CONTENT "")
foreach(kind IN ITEMS nn sanitized optimised tests remote)
  add_library(precompiled_${kind} OBJECT EXCLUDE_FROM_ALL "${PROJECT_BINARY_DIR}/precompiled.cpp")
  target_link_libraries(precompiled_${kind} PRIVATE nn::arma)
  target_precompile_headers(precompiled_${kind} PRIVATE ${NN_HEADERS_${kind}})
endforeach()
target_compile_options(precompiled_sanitized PRIVATE ${NN_SANITIZERS})
target_compile_options(precompiled_optimised PRIVATE -O1)
target_link_libraries(precompiled_tests PRIVATE fmt::fmt $<TARGET_NAME_IF_EXISTS:Catch2::Catch2>)
target_link_libraries(precompiled_remote PRIVATE $<TARGET_NAME_IF_EXISTS:cereal::cereal>)

function(nn_precompile target kind)
  if(kind STREQUAL tests AND NOT NN_SELFTESTS)
    set(kind nn)
  elseif(kind STREQUAL optimised)
    target_compile_options(${target} PRIVATE -O1)
  endif()
  target_precompile_headers(${target} REUSE_FROM precompiled_${kind})
endfunction()
