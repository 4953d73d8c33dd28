# Short cases in which the windows of dates mislead; what is so is derived by hand in each.
add_test(NAME lying COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/lying.py $<TARGET_FILE:antinomy>)
# The same command on the oracle's random cases, beside its brute-force search.
add_test(NAME lying.random COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/random_cases.py $<TARGET_FILE:antinomy> 60 11)
set_tests_properties(lying.random PROPERTIES LABELS slow)
