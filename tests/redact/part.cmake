# `private:` and `check --redact`: what must be in no report is looked for in all formats.
foreach(what shipped hostile configured private keys)
  add_test(NAME redact.${what} COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/redact.py $<TARGET_FILE:antinomy> ${what})
endforeach()
set_tests_properties(redact.shipped PROPERTIES LABELS slow TIMEOUT 1500)
