# What helps the authors of rules and cases: does what they are given work?
add_test(NAME authors.skeletons
  COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/skeletons.py $<TARGET_FILE:antinomy>)
