# expect: kind=limit
import cadquery as cq
n = 0
while True:
    n += 1
