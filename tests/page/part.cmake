# Reports as pages: `check --html`. By a strict parser and html-validate of npm; in Chromium, with axe-core of npm. What
# comes from npm is installed by tests/run into the build directory.
add_test(NAME page COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/page.py $<TARGET_FILE:antinomy>)
add_test(NAME page.npm COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/page.py $<TARGET_FILE:antinomy>
  --validate ${CMAKE_BINARY_DIR}/npm-pages)
add_test(NAME page.browser COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/page.py $<TARGET_FILE:antinomy>
  --browse ${CMAKE_BINARY_DIR}/npm-page)
set_tests_properties(page.browser PROPERTIES LABELS slow)
# Documents by pandoc, where it is installed.
add_test(NAME page.document COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/document.py $<TARGET_FILE:antinomy>)
