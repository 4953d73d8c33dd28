# What helps the authors of rules and cases: does what they are given work?
add_test(NAME authors.skeletons
  COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/skeletons.py $<TARGET_FILE:antinomy>)
add_test(NAME authors.schema
  COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/schema.py $<TARGET_FILE:antinomy>)
set_tests_properties(authors.schema PROPERTIES LABELS slow)
