# What antinomy rules lint says: of planted faults all, of sound packs nothing.
if(TARGET antinomy)
  add_test(NAME lint COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/lint.py $<TARGET_FILE:antinomy>)
  set_tests_properties(lint PROPERTIES LABELS slow)
  # A test a pack, so that all processors have some.
  file(GLOB lint_packs CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/rules/*.yaml)
  list(APPEND lint_packs cases/tenancy/tenancy-pack.yaml)
  foreach(pack ${lint_packs})
    file(STRINGS ${CMAKE_SOURCE_DIR}/${pack} lint_has_rules REGEX "^rules:")
    if(lint_has_rules)
      get_filename_component(name ${pack} NAME_WE)
      add_test(NAME lint.rules.${name} COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/lint.py
        $<TARGET_FILE:antinomy> ${pack} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
      set_tests_properties(lint.rules.${name} PROPERTIES LABELS slow)
    endif()
  endforeach()
endif()
