# try: the scratch program of ./course try, on the judged bodies of all lessons. <build>/try.cpp includes the file that
# the user named.
function(nn_try)
  get_property(numbers GLOBAL PROPERTY NN_NUMBERS)
  if(NOT EXISTS "${PROJECT_BINARY_DIR}/try.cpp")
    file(WRITE "${PROJECT_BINARY_DIR}/try.cpp" "int main() {}\n")
  endif()
  nn_whose_bodies(bodies judged "${numbers}")
  add_executable(try EXCLUDE_FROM_ALL "${PROJECT_BINARY_DIR}/try.cpp")
  target_link_libraries(try PRIVATE ${bodies} nn::support nn::student_warnings)
  nn_precompile(try nn)
endfunction()
