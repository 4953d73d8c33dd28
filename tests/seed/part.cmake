# What the shipped cases must give, and the words that no output about them has.
add_test(NAME seed COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/seed.py $<TARGET_FILE:antinomy>)
set_tests_properties(seed PROPERTIES LABELS slow)
