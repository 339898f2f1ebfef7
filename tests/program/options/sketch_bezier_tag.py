# bezier and close with tags, construction curves.
import cadquery as cq
s = cq.Sketch().segment((0, 0), (4, 0)).bezier([(4, 0), (5, 2), (4, 4)], tag="b").segment((0, 4)).close(tag="c").bezier([(0, 0), (9, 9), (0, 9)], forConstruction=True)
r = s.assemble().reset().edges(tag="c").distribute(3).circle(0.2, mode="s")
# expect: status=ok valid=true solids=0 faces=1 edges=9 vertices=9
# expect: volume=0 area=17.20766963
# expect: bbox=-1.000000047e-07,-1e-07,-1e-07,4.5000001,4.0000001,1e-07 center=2.184452291,2,0
