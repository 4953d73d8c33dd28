# antinomy.yaml: which file counts, what it does, what beats what, `config show`, its schema.
add_test(NAME config COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/config.py $<TARGET_FILE:antinomy>)
