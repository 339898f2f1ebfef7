# cadrecode_module(NAME [DEPS room...] [LIBS target...] [PRIVATE_LIBS target...])
#
# One folder src/<floor>/NAME is one library cadrecode_NAME. DEPS are the rooms
# it may include (the arrows of docs/architecture.md; tests/architecture checks
# both); LIBS are outside libraries visible in its headers, PRIVATE_LIBS those
# only its sources see. Unit tests lie in tests/unit/NAME/*.cpp and become the
# program test_NAME.
include(GNUInstallDirs)

function(cadrecode_module name)
  cmake_parse_arguments(M "" "" "DEPS;LIBS;PRIVATE_LIBS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(TRANSFORM M_DEPS PREPEND cadrecode_)
  if(sources)
    add_library(cadrecode_${name} STATIC ${sources})
    target_include_directories(cadrecode_${name} PUBLIC
      $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
    target_compile_features(cadrecode_${name} PUBLIC cxx_std_20)
    target_link_libraries(cadrecode_${name} PUBLIC ${M_DEPS} ${M_LIBS} PRIVATE ${M_PRIVATE_LIBS})
  else()
    add_library(cadrecode_${name} INTERFACE)
    target_include_directories(cadrecode_${name} INTERFACE ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(cadrecode_${name} INTERFACE ${M_DEPS} ${M_LIBS})
  endif()

  if(NOT CADRECODE_TESTS)
    return()
  endif()
  file(GLOB tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/unit/${name}/*.cpp)
  if(tests)
    add_executable(test_${name} ${tests})
    target_link_libraries(test_${name} PRIVATE cadrecode_${name} GTest::gtest_main nlohmann_json::nlohmann_json)
    target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    add_test(NAME unit.${name} COMMAND test_${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(unit.${name} PROPERTIES LABELS unit TIMEOUT 600 SKIP_RETURN_CODE 77)
  endif()
endfunction()
