# The rule language, item by item: what a condition comes to, what a proof says, what does not load and why.
add_test(NAME conformance.items COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/conformance.py $<TARGET_FILE:antinomy>)
# The tables of truth values in the reference.
add_test(NAME conformance.reference COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/reference.py $<TARGET_FILE:antinomy>)
# Is each operator, and each error that loading a pack can end with, in an item?
add_test(NAME conformance.coverage COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/coverage.py)
add_test(NAME conformance.checks COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/coverage_test.py)
