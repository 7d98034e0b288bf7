# What the course stands on, as targets: nn::arma, nn::warnings, nn::student_warnings, Catch2::Catch2.

find_package(Armadillo 11.4 QUIET)
if(NOT ARMADILLO_FOUND)
  message(FATAL_ERROR "Armadillo 11.4 or newer was not found. `./course doctor` prints the line that installs it.")
endif()
find_package(ZLIB REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Threads REQUIRED)

# What makes a student's slip show at once, the same on every road: an index past the end of a vector stops, an unset
# number is absurd.
set(nn_revealing_flags -D_GLIBCXX_ASSERTIONS)
include(CheckCXXCompilerFlag)
check_cxx_compiler_flag(-ftrivial-auto-var-init=pattern NN_CAN_FILL_UNSET)
if(NN_CAN_FILL_UNSET)  # GCC 12, Clang 8
  list(APPEND nn_revealing_flags -ftrivial-auto-var-init=pattern)
endif()

add_library(nn_arma INTERFACE)
add_library(nn::arma ALIAS nn_arma)
target_include_directories(nn_arma INTERFACE "${PROJECT_SOURCE_DIR}")
target_include_directories(nn_arma SYSTEM INTERFACE ${ARMADILLO_INCLUDE_DIRS})
target_link_libraries(nn_arma INTERFACE ${ARMADILLO_LIBRARIES} nn_blas_kernel)
target_link_options(nn_arma INTERFACE LINKER:--undefined=nn_choose_blas_kernel)  # nothing calls it: it runs before main
target_compile_definitions(nn_arma INTERFACE ARMA_WARN_LEVEL=0 $<$<BOOL:${NN_FLOAT}>:NN_FLOAT>)
# the same objects and precompiled headers for programs and for shared libraries, for ours and for a student's
if(NN_TESTS)
  target_compile_options(nn_arma INTERFACE -fPIC ${nn_revealing_flags})
endif()

find_program(NN_CCACHE ccache)
if(NN_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)  # who names a launcher, or none, has it
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_DEPEND=1  # nothing is preprocessed to see whether it was compiled before
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime "${NN_CCACHE}")
endif()

find_program(NN_MOLD mold)
if(NN_MOLD)  # links in 0.04 s what takes ld 0.15 s
  include(CheckLinkerFlag)
  check_linker_flag(CXX -fuse-ld=mold NN_CAN_USE_MOLD)
  if(NN_CAN_USE_MOLD)
    target_link_options(nn_arma INTERFACE -fuse-ld=mold)
  endif()
endif()

add_library(nn_warnings INTERFACE)
add_library(nn::warnings ALIAS nn_warnings)
target_compile_options(nn_warnings INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor $<$<BOOL:${NN_WERROR}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(nn_warnings INTERFACE -Wno-restrict)  # it takes "a" + text for an overlap: its bug 105651
endif()

add_library(nn_student_warnings INTERFACE)
add_library(nn::student_warnings ALIAS nn_student_warnings)
target_compile_options(nn_student_warnings INTERFACE -Wall -Wextra -Wno-unused-parameter -Werror=return-type
                       -Wfatal-errors
                       # the assembler reads along, instead of a file afterwards: a twentieth of what a student waits
                       # for
                       ${nn_revealing_flags} -pipe)

if(NN_TESTS)
  find_package(Catch2 3 QUIET)
  if(NOT Catch2_FOUND)  # Debian 12 has version 3 in its backports; elsewhere it may be fetched
    include(FetchContent)
    FetchContent_Declare(Catch2 GIT_REPOSITORY https://github.com/catchorg/Catch2.git GIT_TAG v3.7.1 FIND_PACKAGE_ARGS
                         3)
    FetchContent_MakeAvailable(Catch2)
  endif()
endif()
