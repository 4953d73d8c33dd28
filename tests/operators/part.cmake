# Each operator and function of the condition language: what it says, and that it is shown.
add_test(NAME operators COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/operators.py $<TARGET_FILE:antinomy>)
# The last day of a term, beside arithmetic of its own.
add_test(NAME operators.deadlines COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/deadlines.py $<TARGET_FILE:antinomy>)
