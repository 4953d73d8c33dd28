# Our reading of EDTF beside two libraries of npm, which tests/run installs into the build directory.
add_test(NAME edtf.npm COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/npm/compare.py
  $<TARGET_FILE:antinomy> ${CMAKE_BINARY_DIR}/npm)
