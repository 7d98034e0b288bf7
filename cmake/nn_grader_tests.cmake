# Tests of what the grader writes of a submission and of a class (included by nn_grader.cmake).
find_program(NN_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)  # the system's: it has the system's jsonschema

set(nn_grader "${PROJECT_SOURCE_DIR}/autograder/grader")
add_executable(format_samples EXCLUDE_FROM_ALL "${nn_grader}/formats/tests/samples.cpp")
target_link_libraries(format_samples PRIVATE grader_core nn::warnings)
add_test(NAME "grader formats" COMMAND "${NN_PYTHON}" "${nn_grader}/formats/tests/consumers.py"
         $<TARGET_FILE:format_samples>
         "${PROJECT_BINARY_DIR}/format_samples")
set_tests_properties("grader formats" PROPERTIES LABELS grader TIMEOUT 1800)
add_dependencies(grader_checks format_samples)
add_test(NAME "grader class report" COMMAND sh "${nn_grader}/class_report/tests/browser_test.sh"
         $<TARGET_FILE:format_samples>
         "${PROJECT_BINARY_DIR}/class_report_samples")
set_tests_properties("grader class report" PROPERTIES LABELS grader TIMEOUT 1800)

add_test(NAME "grader batch" COMMAND "${NN_PYTHON}" "${nn_grader}/batch/tests/batch_test.py" $<TARGET_FILE:course_grade>
         "${PROJECT_SOURCE_DIR}"
         "${PROJECT_BINARY_DIR}/batch_test")
set_tests_properties("grader batch" PROPERTIES LABELS grader TIMEOUT 1800 RUN_SERIAL ON)

add_test(NAME "grader roster" COMMAND "${NN_PYTHON}" "${nn_grader}/batch/tests/roster_test.py"
         $<TARGET_FILE:course_grade> "${PROJECT_SOURCE_DIR}"
         "${PROJECT_BINARY_DIR}/roster_test")
set_tests_properties("grader roster" PROPERTIES LABELS grader TIMEOUT 1800)

execute_process(COMMAND id -u OUTPUT_VARIABLE nn_user OUTPUT_STRIP_TRAILING_WHITESPACE)
if(nn_user STREQUAL "0")  # only root can start a Slurm
  add_test(NAME "grader slurm" COMMAND "${NN_PYTHON}" "${nn_grader}/batch/tests/slurm_test.py"
           $<TARGET_FILE:course_grade> "${PROJECT_SOURCE_DIR}"
           "${PROJECT_BINARY_DIR}/slurm_test")
  set_tests_properties("grader slurm" PROPERTIES LABELS grader TIMEOUT 1800 RUN_SERIAL ON)
endif()

add_test(NAME "grader platforms" COMMAND "${NN_PYTHON}" "${nn_grader}/gradescope/tests/platforms_test.py"
         $<TARGET_FILE:course_grade> "${PROJECT_SOURCE_DIR}"
         "${PROJECT_BINARY_DIR}/platforms_test")
set_tests_properties("grader platforms" PROPERTIES LABELS grader TIMEOUT 1800 RUN_SERIAL ON)

add_test(NAME "instructors' guide" COMMAND "${NN_PYTHON}" "${PROJECT_SOURCE_DIR}/docs/tests/console_test.py"
         "${PROJECT_SOURCE_DIR}/docs/instructors.md"
         "${PROJECT_SOURCE_DIR}")
set_tests_properties("instructors' guide" PROPERTIES LABELS grader TIMEOUT 1800 RUN_SERIAL ON)
