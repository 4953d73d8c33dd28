# The packs' own examples, and every case and variant against its `expect:`.
if(TARGET antinomy)
  add_test(NAME expect COMMAND antinomy test rules cases WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  add_test(NAME expect.cases COMMAND antinomy test tests/expect/cases WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endif()
