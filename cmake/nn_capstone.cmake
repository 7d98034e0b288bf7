# nn_capstone(NN-name): the program that a lesson ends in, if its lesson.json names the folder of one ("capstone"):
#
#   capstone_NN        linked with the judged bodies of the lesson and of all that it requires; for ./course capstone
#   capstone_NN_ours   linked with ours
#
# It is made of the folder's *.cpp, or of what the CMakeLists.txt there says, which finds in NN_CAPSTONE the lesson's
# number, and in NN_CAPSTONE_LESSONS that number after those of all that the lesson requires.
function(nn_capstone name)
  file(READ "${PROJECT_SOURCE_DIR}/lessons/${name}/lesson.json" json)
  string(JSON program ERROR_VARIABLE none GET "${json}" capstone program)
  if(none)
    return()
  endif()
  string(JSON NN_CAPSTONE GET "${json}" lesson)
  nn_required(NN_CAPSTONE_LESSONS ${NN_CAPSTONE})
  list(APPEND NN_CAPSTONE_LESSONS ${NN_CAPSTONE})
  if(NOT TARGET nn_capstones)  # what the main() of each has from tools/train/capstone.hpp
    add_library(nn_capstones STATIC EXCLUDE_FROM_ALL "${PROJECT_SOURCE_DIR}/tools/train/capstone.cpp")
    target_link_libraries(nn_capstones PUBLIC nn::support nn_threads fmt::fmt PRIVATE nn::warnings)
    nn_precompile(nn_capstones nn)
  endif()
  set(folder "${PROJECT_SOURCE_DIR}/${program}")
  if(EXISTS "${folder}/CMakeLists.txt")
    add_subdirectory("${folder}" "${PROJECT_BINARY_DIR}/capstones/${NN_CAPSTONE}")
    return()
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.cpp")
  if(NOT sources)
    message(FATAL_ERROR "${program} holds no .cpp, and is the capstone of lessons/${name}/lesson.json")
  endif()
  nn_trains_on_digits(digits "${folder}")
  foreach(whose IN ITEMS judged ours)
    nn_whose_bodies(bodies ${whose} "${NN_CAPSTONE_LESSONS}")
    set(target capstone_${NN_CAPSTONE})
    if(whose STREQUAL ours)
      string(APPEND target _ours)
    endif()
    add_executable(${target} EXCLUDE_FROM_ALL ${sources})
    target_link_libraries(${target} PRIVATE nn_capstones ${digits} ${bodies} nn::warnings)
    nn_precompile(${target} nn)
  endforeach()
endfunction()

# The libraries of the bodies of these lessons: the judged ones, ours, or others (autograder/alternatives). Where
# solutions are judged, these are ours.
function(nn_whose_bodies out whose numbers)
  set(bodies "")
  foreach(number IN LISTS numbers)
    if(whose STREQUAL others)
      list(APPEND bodies alternative_body_${number})
    elseif(whose STREQUAL judged AND TARGET body_${number})
      list(APPEND bodies body_${number})
    elseif(TARGET solution_${number})  # a student's repository has none of its last lesson
      list(APPEND bodies solution_${number})
    endif()
  endforeach()
  set(${out} "${bodies}" PARENT_SCOPE)
endfunction()
