# expect: kind=limit
import cadquery as cq
a = [0] * 1000
while True:
    a = a + a
