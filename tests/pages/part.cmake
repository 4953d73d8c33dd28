# What `antinomy docs` writes: against golden pages, by a strict parser, and by html-validate of npm, which tests/run
# installs into the build directory.
add_test(NAME pages COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/pages.py $<TARGET_FILE:antinomy>)
add_test(NAME pages.npm COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/pages.py $<TARGET_FILE:antinomy>
  --validate ${CMAKE_BINARY_DIR}/npm-pages)
