# Each operator and function of the condition language: what it says, and that it is shown.
add_test(NAME operators COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/operators.py $<TARGET_FILE:antinomy>)
