# A data set of any size, the limit of what a program for it alone can do, and peers. ctest only sees that all count the
# same; figures: README.md.
add_executable(benchmark_generate ${CMAKE_CURRENT_LIST_DIR}/generate.cpp)
target_link_libraries(benchmark_generate PRIVATE antinomy_flags date::date)
add_executable(benchmark_limit ${CMAKE_CURRENT_LIST_DIR}/limit.cpp)
target_link_libraries(benchmark_limit PRIVATE antinomy_flags PkgConfig::SIMDJSON)
# What YAML takes by itself.
add_executable(benchmark_read_marks ${CMAKE_CURRENT_LIST_DIR}/read_marks.cpp)
target_link_libraries(benchmark_read_marks PRIVATE antinomy_flags PkgConfig::LIBFYAML)
add_test(NAME benchmark.data
  COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/smoke.py $<TARGET_FILE:benchmark_generate>
    $<TARGET_FILE:benchmark_limit> $<TARGET_FILE:benchmark_read_marks> $<TARGET_FILE:read_events>
    $<TARGET_FILE:antinomy>)
add_test(NAME benchmark.data.pack
  COMMAND antinomy test ${CMAKE_CURRENT_LIST_DIR}/pack.yaml ${CMAKE_CURRENT_LIST_DIR}/map.yaml)
set_tests_properties(benchmark.data benchmark.data.pack PROPERTIES LABELS benchmark)
