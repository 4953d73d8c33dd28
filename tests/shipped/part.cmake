# Rules that were built in, beside the same ones parsed.
if(TARGET antinomy)
  add_test(NAME shipped.edited
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/edited.py $<TARGET_FILE:antinomy> ${CMAKE_SOURCE_DIR})
endif()
