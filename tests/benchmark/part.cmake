# Where the time of a check goes. ctest only sees that it runs; figures: README.md.
add_executable(benchmark ${CMAKE_CURRENT_LIST_DIR}/benchmark.cpp)
target_link_libraries(benchmark PRIVATE antinomy_report)
add_executable(read_events ${CMAKE_CURRENT_LIST_DIR}/read_events.cpp)
target_link_libraries(read_events PRIVATE antinomy_flags yaml-cpp)
add_test(NAME benchmark.runs
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/smoke.py $<TARGET_FILE:benchmark>
    $<TARGET_FILE:antinomy> $<TARGET_FILE:read_events>
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(benchmark.runs PROPERTIES LABELS benchmark)
# How the timeline grows with its size.
add_executable(benchmark_network ${CMAKE_CURRENT_LIST_DIR}/network.cpp)
target_link_libraries(benchmark_network PRIVATE antinomy_time)
add_test(NAME benchmark.network
  COMMAND benchmark_network --largest 10000 --repetitions 1 --patience 2)
set_tests_properties(benchmark.network PROPERTIES LABELS benchmark)
# What `antinomy test` adds to loading packs and running their examples; no text of a rule is parsed twice.
add_executable(benchmark_examples ${CMAKE_CURRENT_LIST_DIR}/examples.cpp)
target_link_libraries(benchmark_examples PRIVATE antinomy_check)
add_test(NAME benchmark.examples
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/examples.py $<TARGET_FILE:benchmark_examples>
    $<TARGET_FILE:antinomy>
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(benchmark.examples PROPERTIES LABELS benchmark RUN_SERIAL TRUE)
# A data set and its peers.
include(${CMAKE_CURRENT_LIST_DIR}/data/part.cmake)
