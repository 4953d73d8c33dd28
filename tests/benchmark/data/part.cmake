# A data set of any size, the limit of what a program for it alone can do, and peers. ctest only sees that all count the
# same; figures: README.md.
add_executable(benchmark_generate ${CMAKE_CURRENT_LIST_DIR}/generate.cpp)
target_link_libraries(benchmark_generate PRIVATE antinomy_flags date::date)
add_executable(benchmark_limit ${CMAKE_CURRENT_LIST_DIR}/limit.cpp)
target_link_libraries(benchmark_limit PRIVATE antinomy_flags PkgConfig::SIMDJSON)
add_test(NAME benchmark.data
  COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/smoke.py $<TARGET_FILE:benchmark_generate>
    $<TARGET_FILE:benchmark_limit> $<TARGET_FILE:antinomy>)
add_test(NAME benchmark.data.pack
  COMMAND antinomy test ${CMAKE_CURRENT_LIST_DIR}/pack.yaml ${CMAKE_CURRENT_LIST_DIR}/map.yaml)
set_tests_properties(benchmark.data benchmark.data.pack PROPERTIES LABELS benchmark)
