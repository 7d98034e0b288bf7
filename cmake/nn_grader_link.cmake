# nn_link_command(FILE PROGRAM): the command, a word a line, by which PROGRAM links {objects} into {program} as the
# compiler would have it done. The grader starts the linker itself: a driver would bring the plugin that compiles again
# whatever an object file holds for it (-flto).
function(nn_link_command file program)
  execute_process(COMMAND "${CMAKE_CXX_COMPILER}" "-###" -fno-lto -s "-Wl,{objects}" -larmadillo -lz -o "{program}"
                  ERROR_VARIABLE said OUTPUT_QUIET)
  string(REGEX MATCH "[^\n]*-dynamic-linker[^\n]*" line "${said}")
  if(NOT line)
    message(FATAL_ERROR "The grader cannot learn from ${CMAKE_CXX_COMPILER} -v how it links:\n${said}")
  endif()
  separate_arguments(said UNIX_COMMAND "${line}")
  list(POP_FRONT said)
  set(words "${program}")
  set(value_of "")
  foreach(word IN LISTS said)
    if(value_of)  # -plugin and -plugin-opt may stand apart from their values
      set(value_of "")
    elseif(word MATCHES "^-+plugin$")
      set(value_of ON)
    elseif(NOT word MATCHES "^-+(plugin|f?(no-)?(use-linker-plugin|lto)|fuse-ld=|build-id)")
      list(APPEND words "${word}")
    endif()
  endforeach()
  list(APPEND words --build-id=none ${ARGN})
  string(REPLACE ";" "\n" text "${words}")
  file(CONFIGURE OUTPUT "${file}" CONTENT "${text}\n")
endfunction()
