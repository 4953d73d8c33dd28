# Packs that are deep, wide, slow or recursive stop where they are said to.
if(TARGET antinomy AND NOT ANTINOMY_SANITIZE)
  add_test(NAME hostile COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/hostile.py $<TARGET_FILE:antinomy>)
  set_tests_properties(hostile PROPERTIES LABELS slow)
endif()
