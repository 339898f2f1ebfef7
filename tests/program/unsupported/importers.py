# Programs do not read files.
import cadquery as cq
r = cq.importers.importStep("part.step")
# expect: error kind=unsupported line=3 message~="import"
