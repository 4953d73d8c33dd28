# SARIF by other readings, and by the validators of npm, which tests/run installs into the build directory.
add_test(NAME sarif COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/sarif.py $<TARGET_FILE:antinomy>)
add_test(NAME sarif.npm COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/sarif.py $<TARGET_FILE:antinomy>
  --validate ${CMAKE_BINARY_DIR}/npm-sarif)
set_tests_properties(sarif sarif.npm PROPERTIES LABELS slow)
