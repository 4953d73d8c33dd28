# Reports as pages: `check --html`. By a strict parser and html-validate of npm; in Chromium, with axe-core of npm. What
# comes from npm is installed by tests/run into the build directory.
add_test(NAME page COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/page.py $<TARGET_FILE:antinomy>)
add_test(NAME page.npm COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/page.py $<TARGET_FILE:antinomy>
  --validate ${CMAKE_BINARY_DIR}/npm-pages)
add_test(NAME page.browser COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/page.py $<TARGET_FILE:antinomy>
  --browse ${CMAKE_BINARY_DIR}/npm-page)
set_tests_properties(page.browser PROPERTIES LABELS slow)
# On paper, by pdftotext.
add_test(NAME page.paper COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/paper.py $<TARGET_FILE:antinomy>
  ${CMAKE_BINARY_DIR}/npm-page)
# Documents by pandoc, where it is installed.
add_test(NAME page.document COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/document.py $<TARGET_FILE:antinomy>)
# The parts made of dates: geometry in C++, then what a page has of each case.
file(GLOB page_tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*_test.cpp)
add_executable(page_test ${page_tests})
target_link_libraries(page_test PRIVATE antinomy_page GTest::gtest_main rapidcheck)
target_compile_definitions(page_test PRIVATE ANTINOMY_ROOT="${CMAKE_SOURCE_DIR}")
add_test(NAME page.lanes COMMAND page_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(page.lanes PROPERTIES ENVIRONMENT "RC_PARAMS=seed=20141109")
add_test(NAME page.dates COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/dates.py $<TARGET_FILE:antinomy>)
