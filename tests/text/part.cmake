# libfyaml is the second opinion on what is YAML. Beside this test only a benchmark knows it.
if(TARGET text_test)
  pkg_check_modules(LIBFYAML REQUIRED IMPORTED_TARGET libfyaml)
  target_link_libraries(text_test PRIVATE PkgConfig::LIBFYAML)
endif()
