# The program's answers about time beside a brute-force search over days, on random small cases.
add_executable(oracle_dump ${CMAKE_CURRENT_LIST_DIR}/dump.cpp)
target_link_libraries(oracle_dump PRIVATE antinomy_check nlohmann_json::nlohmann_json)
add_test(NAME oracle COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/run.py
  --dump $<TARGET_FILE:oracle_dump> --cases 2000 --seed 1)
add_test(NAME oracle.laws COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/laws.py
  --dump $<TARGET_FILE:oracle_dump> --program $<TARGET_FILE:antinomy> --cases 600 --seed 1)
set_tests_properties(oracle.laws PROPERTIES LABELS slow)
set_tests_properties(oracle PROPERTIES LABELS slow PROCESSORS 2)
