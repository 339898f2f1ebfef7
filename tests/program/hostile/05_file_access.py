# expect: kind=unsupported
import cadquery as cq
text = open('/etc/passwd').read()
r = cq.Workplane().box(len(text), 1, 1)
