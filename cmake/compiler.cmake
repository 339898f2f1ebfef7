# Language level, warnings and caching for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# -O3 buys nothing measurable here and costs compile time.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

# The same sources must give the same numbers on every machine: no fused
# multiply-add contraction, no fast-math outside the kernels that say so.
add_compile_options(-Wall -Wextra -Wno-missing-field-initializers -ffp-contract=off)
option(CADRECODE_WERROR "Warnings are errors" OFF)
if(CADRECODE_WERROR)
  add_compile_options(-Werror)
endif()

set(CADRECODE_SANITIZE "" CACHE STRING "Sanitizers for the whole build, e.g. address,undefined")
if(CADRECODE_SANITIZE)
  add_compile_options(-fsanitize=${CADRECODE_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${CADRECODE_SANITIZE})
endif()
