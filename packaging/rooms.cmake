# What C++ users may include: the rooms, and of each the headers that are its front.
# Headers that those include come along (packaging/headers.cmake); all else stays inside.
#
#   geometry   measuring parts, meshes and clouds without a CAD kernel
#   language   program text: tree, printer, grammar, text to Part and back
#   kernel     solids and the execution of programs; only where OCCT was found
set(CADRECODE_PUBLIC_geometry
  base/error base/vec base/files base/random
  geometry/part/part geometry/part/build geometry/part/canonical geometry/part/curve geometry/part/loop
  geometry/mesh/mesh geometry/mesh/io geometry/mesh/measure geometry/mesh/query geometry/mesh/repair
  geometry/mesh/section geometry/mesh/dexel geometry/mesh/edges geometry/mesh/bvh
  geometry/cloud/cloud geometry/cloud/io geometry/cloud/process geometry/cloud/sample geometry/cloud/noise
  geometry/cloud/neighbours geometry/cloud/nearest_all geometry/cloud/curve geometry/cloud/scanner
  geometry/prism/solid geometry/prism/batch
  geometry/render/picture)
set(CADRECODE_PUBLIC_language
  language/script/parser language/script/printer language/script/ast language/script/lexer
  language/acceptor/acceptor
  language/dialect/recognise language/dialect/print)
set(CADRECODE_PUBLIC_kernel
  geometry/brep/shape geometry/brep/ops geometry/brep/facts geometry/brep/tessellate geometry/brep/export
  geometry/brep/import geometry/brep/measure geometry/brep/drawing geometry/brep/version
  language/cadquery/run
  pipeline/execute/execute)

set(CADRECODE_ROOMS_geometry base part mesh cloud prism render)
set(CADRECODE_ROOMS_language script acceptor dialect)
set(CADRECODE_ROOMS_kernel interpreter brep cadquery execute)
