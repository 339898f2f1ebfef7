# expect: kind=unsupported message~=frobnicate
import cadquery as cq
r = cq.Workplane().box(1, 1, 1).frobnicate(3)
