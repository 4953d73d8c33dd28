# The house is in order (arrows.py, one test a check), and so is what checks it; the start script.
foreach(check arrows features top readmes readme words shell format)
  add_test(NAME house.${check}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/arrows.py ${check} --root ${CMAKE_SOURCE_DIR})
endforeach()
# 77: there is no clang-format 14; tests/run installs it.
set_tests_properties(house.format PROPERTIES SKIP_RETURN_CODE 77)

add_test(NAME house.checks COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/arrows_test.py)
add_test(NAME house.start COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/start_test.py)
set_tests_properties(house.start PROPERTIES RUN_SERIAL TRUE) # it takes the time of a start
