# Whether examples are enough: small packs with known answers.
if(TARGET antinomy)
  add_test(NAME trial COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/trial.py $<TARGET_FILE:antinomy>)
endif()
