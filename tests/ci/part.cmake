# The recipes of docs/ci, and the hook for pre-commit.
add_test(NAME ci COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/ci.py $<TARGET_FILE:antinomy>)
