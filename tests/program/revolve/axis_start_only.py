# axisEnd defaults to one above axisStart.
import cadquery as cq
r = cq.Workplane().rect(2, 1).revolve(360, (-4, 0))
# expect: status=ok valid=true solids=1 faces=4 edges=8 vertices=4
# expect: volume=12.19117021 area=36.57351062
# expect: bbox=-1.588235294,-0.5,-1.697749375,1,2.794117647,1.697749375 center=-0.1764705882,0.9558823529,0
