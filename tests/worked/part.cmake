# 77 numbered examples of what dates, orders, zones, ages and periods mean.
add_test(NAME worked COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/worked.py $<TARGET_FILE:antinomy>)
