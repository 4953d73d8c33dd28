# Short cases in which the windows of dates mislead; what is so is derived by hand in each.
add_test(NAME lying COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/lying.py $<TARGET_FILE:antinomy>)
