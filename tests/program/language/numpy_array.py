# numpy arrays: shape, sum, indexing.
import cadquery as cq
import numpy as np
a = np.array([[1, 2], [3, 4]])
r = cq.Workplane().box(a.sum(), a[1, 0], a.shape[0])
# expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
# expect: volume=60 area=112
# expect: bbox=-5,-1.5,-1,5,1.5,1 center=0,0,0
