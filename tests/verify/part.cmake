# What `check` claims is re-checked by `verify`, and what was tampered with is refused.
set(certificates ${CMAKE_CURRENT_LIST_DIR}/certificates.py)
add_test(NAME verify.cases
  COMMAND ${Python3_EXECUTABLE} ${certificates} --program $<TARGET_FILE:antinomy> cases)
add_test(NAME verify.known
  COMMAND ${Python3_EXECUTABLE} ${certificates} --program $<TARGET_FILE:antinomy> known)
add_test(NAME verify.tampered
  COMMAND ${Python3_EXECUTABLE} ${certificates} --program $<TARGET_FILE:antinomy> tampered)
add_test(NAME verify.random
  COMMAND ${Python3_EXECUTABLE} ${certificates} --program $<TARGET_FILE:antinomy> random --cases 1000)
add_test(NAME verify.forms
  COMMAND ${Python3_EXECUTABLE} ${certificates} --program $<TARGET_FILE:antinomy> forms --cases 500)
add_test(NAME verify.corrupted
  COMMAND ${Python3_EXECUTABLE} ${certificates} --program $<TARGET_FILE:antinomy> corrupted --count 1000)
set_tests_properties(verify.cases verify.random verify.forms verify.corrupted PROPERTIES LABELS slow)
