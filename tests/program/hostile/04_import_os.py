# expect: kind=unsupported
import cadquery as cq
__import__('os').system('touch hostile_was_here')
r = cq.Workplane().box(1, 1, 1)
