# Suppressions, baselines and comparisons, as transcripts.
if(TARGET antinomy)
  add_test(NAME track COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/track.py $<TARGET_FILE:antinomy>)
endif()
