# Whether examples are enough: small packs with known answers; and those of the packs that come with the program.
if(TARGET antinomy)
  add_test(NAME trial COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/trial.py $<TARGET_FILE:antinomy>)
  add_test(NAME trial.rules COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/trial.py $<TARGET_FILE:antinomy>
    rules cases/tenancy WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endif()
