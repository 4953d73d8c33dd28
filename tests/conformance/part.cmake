# The rule language, item by item: what a condition comes to, what a proof says, what does not load and why.
add_test(NAME conformance.items COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/conformance.py $<TARGET_FILE:antinomy>)
