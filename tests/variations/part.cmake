# The seed case with one thing changed at a time, and what must come of it.
add_test(NAME variations
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/variations.py $<TARGET_FILE:antinomy>)
set_tests_properties(variations PROPERTIES LABELS slow)
