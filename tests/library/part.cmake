# The whole library of rules: more precise dates, gaps, numbers.
if(TARGET antinomy)
  add_test(NAME library.monotone
    COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/monotone.py $<TARGET_FILE:antinomy>)
  add_test(NAME library.monotone.faulty
    COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/monotone.py $<TARGET_FILE:antinomy> --self-check)
  add_test(NAME library.gaps COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/gaps.py $<TARGET_FILE:antinomy>)
  add_test(NAME library.numbers COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/numbers.py $<TARGET_FILE:antinomy>)
  set_tests_properties(library.monotone library.monotone.faulty PROPERTIES LABELS slow)
endif()
