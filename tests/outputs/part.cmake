# Reports in files: whole or not at all, whatever fails meanwhile. A preloaded library makes calls fail; with the
# sanitizers, which want to be first, the program is not tested so.
enable_language(C)
add_library(failing SHARED ${CMAKE_CURRENT_LIST_DIR}/failing.c)
set_target_properties(failing PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
target_link_libraries(failing PRIVATE ${CMAKE_DL_LIBS})
if(NOT ANTINOMY_SANITIZE)
  add_test(NAME outputs COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/outputs.py $<TARGET_FILE:antinomy>
    $<TARGET_FILE:failing>)
  set_tests_properties(outputs PROPERTIES LABELS slow)
endif()
