# Texts of packs in several languages; the shipped titles in Russian.
add_test(NAME lang COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/lang.py $<TARGET_FILE:antinomy>)
