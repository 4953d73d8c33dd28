# Broken inputs, end to end: what the program says of each, and that it says it well.
if(TARGET antinomy)
  add_test(NAME broken COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/broken.py $<TARGET_FILE:antinomy>)
  set_tests_properties(broken PROPERTIES LABELS slow)
endif()
