# Data sets of public shapes, held against a separate reading; broken records; wrong maps; threads and memory.
foreach(what given sets lines maps joins chronologies limits gaps reports known across progress pipe screen)
  add_test(NAME data.${what} COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/${what}.py $<TARGET_FILE:antinomy>)
endforeach()
add_test(NAME data.memory COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/memory.py $<TARGET_FILE:antinomy>)
set_tests_properties(data.memory PROPERTIES LABELS slow RUN_SERIAL TRUE)
# Drafts of maps, and the recipes for CI.
foreach(what claims suggest ci)
  add_test(NAME data.${what} COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/${what}.py $<TARGET_FILE:antinomy>)
  set_tests_properties(data.${what} PROPERTIES LABELS slow)
endforeach()
