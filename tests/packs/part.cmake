# Packs that extend and override one another, beside small cases: what is found and what is said.
if(TARGET antinomy)
  add_test(NAME packs COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/packs.py $<TARGET_FILE:antinomy>)
endif()
