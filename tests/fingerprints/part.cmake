# Fingerprints: what changes no finding keeps them, what makes another one changes them; and fingerprints that are
# spoilt in one way each are noticed.
if(TARGET antinomy)
  add_test(NAME fingerprints.edits
    COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/fingerprints.py $<TARGET_FILE:antinomy>)
  set_tests_properties(fingerprints.edits PROPERTIES LABELS slow)
  foreach(faulty line column file message rule-alone without-rule without-case without-bindings without-accounts)
    add_test(NAME fingerprints.faulty-${faulty}
      COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/fingerprints.py $<TARGET_FILE:antinomy>
        --faulty ${faulty} --harmless 12 --others 20)
    set_tests_properties(fingerprints.faulty-${faulty} PROPERTIES LABELS slow)
  endforeach()
endif()
