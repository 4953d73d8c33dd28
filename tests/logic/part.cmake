# Random conditions on random small cases, beside a brute-force reading of the same YAML.
add_executable(logic_dump ${CMAKE_CURRENT_LIST_DIR}/dump.cpp)
target_link_libraries(logic_dump PRIVATE antinomy_check nlohmann_json::nlohmann_json)
# Four times as fast, where it is there and knows YAML.
find_program(PYPY NAMES pypy3)
set(logic_python ${Python3_EXECUTABLE})
if(PYPY)
  execute_process(COMMAND ${PYPY} -c "import yaml" RESULT_VARIABLE logic_no_yaml ERROR_QUIET)
  if(logic_no_yaml EQUAL 0)
    set(logic_python ${PYPY})
  endif()
endif()
add_test(NAME logic COMMAND ${logic_python} ${CMAKE_CURRENT_LIST_DIR}/run.py
  --dump $<TARGET_FILE:logic_dump> --cases 700 --seed 1)
set_tests_properties(logic PROPERTIES LABELS slow PROCESSORS 2)
