import cadquery as cq
w0=cq.Workplane('ZX',origin=(0,-22,0))
r=w0.sketch().arc((52,-67),(65,-46),(52,-26)).close().assemble().finalize().extrude(122)
r=r.union(w0.workplane(offset=-45/2).moveTo(-99,-48.5).box(2,103,45))
