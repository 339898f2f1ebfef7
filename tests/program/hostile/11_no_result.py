# expect: kind=value
import cadquery as cq
width = 3
height = width * 2
