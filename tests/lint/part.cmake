# What antinomy rules lint says: of planted faults all, of sound packs nothing.
if(TARGET antinomy)
  add_test(NAME lint COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/lint.py $<TARGET_FILE:antinomy>)
  add_test(NAME lint.rules COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/lint.py $<TARGET_FILE:antinomy>
    rules cases/tenancy/tenancy-pack.yaml WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(lint lint.rules PROPERTIES LABELS slow)
endif()
