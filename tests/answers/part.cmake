# What the file has against a finding, beside the same values written into the files; whose word a finding of several needs.
add_test(NAME answers COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/answers.py $<TARGET_FILE:antinomy>)
