# A loft that ends in a point.
import cadquery as cq
r = cq.Workplane().rect(4, 4).workplane(offset=3).pushPoints([(0, 0)]).eachpoint(lambda l: cq.Vertex.makeVertex(0, 0, 0).moved(l)).loft(ruled=True)
# expect: error kind=value line=3
