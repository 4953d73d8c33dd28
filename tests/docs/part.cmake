# The READMEs' examples do what the READMEs say; and what plays them sees what is wrong.
add_test(NAME docs.readmes
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/docs.py $<TARGET_FILE:antinomy>)
add_test(NAME docs.checks
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/docs_test.py $<TARGET_FILE:antinomy>)
