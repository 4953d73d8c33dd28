# libfyaml is the second opinion on what is YAML; of its documents, not only of its events.
if(TARGET text_test)
  target_link_libraries(text_test PRIVATE PkgConfig::LIBFYAML)
endif()
