# Rotation about x and y together.
import cadquery as cq
r = cq.Workplane().transformed(rotate=(30, 20, 0)).rect(2, 4).extrude(1)
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=8 area=28
# expect: bbox=-0.9396926208,-2.37290719,-1.296198133,1.281712764,1.903060879,2.109995814 center=0.1710100717,-0.2349231552,0.4068988407
