# At install time: the public headers and what they include, under include/cadrecode.
# Inside the project a header says #include "geometry/part/part.h"; installed it says
# "cadrecode/geometry/part/part.h", so that nothing but `cadrecode/` is claimed on a
# user's include path.
#   SOURCE  the project's src/    HEADERS  names without .h    DESTINATION  include/cadrecode
cmake_policy(VERSION 3.25)
set(todo ${HEADERS})
set(done "")
while(todo)
  list(POP_FRONT todo name)
  if(name IN_LIST done)
    continue()
  endif()
  list(APPEND done ${name})
  file(STRINGS ${SOURCE}/${name}.h lines REGEX "^#include \"")
  foreach(line ${lines})
    string(REGEX REPLACE "^#include \"(.*)\\.h\".*" "\\1" included "${line}")
    list(APPEND todo ${included})
  endforeach()
endwhile()

foreach(name ${done})
  set(target ${DESTINATION}/${name}.h)
  file(READ ${SOURCE}/${name}.h text)
  string(REGEX REPLACE "#include \"([a-z_]+/)" "#include \"cadrecode/\\1" text "${text}")
  set(before "")
  if(EXISTS $ENV{DESTDIR}${target})
    file(READ $ENV{DESTDIR}${target} before)
  endif()
  if(NOT text STREQUAL before)  # users' builds need not start again
    file(WRITE $ENV{DESTDIR}${target} "${text}")
  endif()
  list(APPEND CMAKE_INSTALL_MANIFEST_FILES ${target})
endforeach()
list(LENGTH done count)
message(STATUS "Installing: ${DESTINATION} (${count} headers)")
