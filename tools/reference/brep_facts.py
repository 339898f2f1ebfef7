"""Facts of shapes made with CadQuery's Shape classes, for tests/unit/brep/facts_test.cpp.

    pip install cadquery==2.8.0
    python tools/reference/brep_facts.py > tests/unit/brep/facts.json

Each case has a twin of the same name in the test, built through src/geometry/brep.
"""
import json
import math

import cadquery
from cadquery import Compound, Edge, Face, Location, Plane, Solid, Vector, Wire
from cadquery import func as f

CASES = {}


def facts(shape):
    box = shape.BoundingBox()
    center = shape.Center()
    return {
        "kind": shape.ShapeType(),
        "valid": shape.isValid(),
        "volume": shape.Volume(),
        "area": shape.Area(),
        "bbox": [box.xmin, box.ymin, box.zmin, box.xmax, box.ymax, box.zmax],
        "center": [center.x, center.y, center.z],
        "counts": [len(shape.Solids()), len(shape.Faces()), len(shape.Edges()), len(shape.Vertices())],
    }


def case(make):
    try:
        CASES[make.__name__] = facts(make())
    except Exception as error:  # the twin must fail too
        CASES[make.__name__] = {"error": type(error).__name__}
    return make


def square(size, z=0.0, x=0.0):
    h = size / 2
    return Wire.makePolygon([(x - h, -h, z), (x + h, -h, z), (x + h, h, z), (x - h, h, z)], close=True)


def circle(radius, z=0.0, x=0.0):
    return Wire.makeCircle(radius, Vector(x, 0, z), Vector(0, 0, 1))


def spline_path():
    return Wire.assembleEdges([Edge.makeSpline([Vector(0, 0, 0), Vector(0, 3, 10), Vector(5, 5, 20)])])


def corner_path():
    return Wire.makePolygon([(0, 0, 0), (0, 0, 10), (10, 0, 10)])


def plate():
    return Solid.makeBox(40, 30, 5).cut(Solid.makeCylinder(6, 20, Vector(20, 15, -5)))


# Primitives
@case
def box(): return Solid.makeBox(1, 2, 3, Vector(1, 1, 1), Vector(0, 1, 1))
@case
def cylinder(): return Solid.makeCylinder(2, 5, Vector(0, 1, 0), Vector(1, 0, 0), 270)
@case
def cone(): return Solid.makeCone(3, 1, 4)
@case
def pointed_cone(): return Solid.makeCone(3, 0, 4, angleDegrees=90)
@case
def torus(): return Solid.makeTorus(5, 1)
@case
def sphere(): return Solid.makeSphere(3, angleDegrees1=-90)
@case
def half_sphere(): return Solid.makeSphere(3)
@case
def wedge(): return Solid.makeWedge(4, 3, 2, 1, 0.5, 3, 1.5)
@case
def zero_box(): return Solid.makeBox(0, 1, 1)
@case
def negative_box(): return Solid.makeBox(-1, 1, 1)
@case
def negative_radius(): return Solid.makeCylinder(-1, 1)
@case
def large_box(): return Solid.makeBox(1e6, 1e6, 1e6)


# Edges and wires
@case
def arc(): return Edge.makeCircle(3, angle1=20, angle2=200)
@case
def clockwise_arc(): return Edge.makeCircle(3, angle1=20, angle2=200, orientation=False)
@case
def tall_ellipse(): return Edge.makeEllipse(2, 5)
@case
def ellipse_arc(): return Edge.makeEllipse(2, 5, angle1=10, angle2=100, sense=-1)
@case
def spline(): return Edge.makeSpline([Vector(0, 0), Vector(1, 2), Vector(3, 1), Vector(5, 0)])
@case
def spline_tangents():
    return Edge.makeSpline([Vector(0, 0), Vector(1, 2), Vector(3, 1)], tangents=[Vector(0, 1), Vector(1, 0)])
@case
def spline_some_tangents():
    return Edge.makeSpline([Vector(0, 0), Vector(1, 2), Vector(3, 1)], tangents=[Vector(0, 1), None, Vector(1, 0)])
@case
def spline_periodic():
    return Edge.makeSpline([Vector(0, 0), Vector(1, 2), Vector(3, 1)], periodic=True)
@case
def spline_parameters():
    return Edge.makeSpline([Vector(0, 0), Vector(1, 2), Vector(3, 1)], parameters=[0, 1, 3], scale=False)
@case
def spline_bad_parameters():
    return Edge.makeSpline([Vector(0, 0), Vector(1, 2), Vector(3, 1)], parameters=[0, 1])
@case
def spline_approx():
    return Edge.makeSplineApprox([Vector(math.cos(t / 5), math.sin(t / 5), t / 20) for t in range(25)])
@case
def spline_smooth():
    return Edge.makeSplineApprox([Vector(math.cos(t / 5), math.sin(t / 5), t / 20) for t in range(25)],
                                 smoothing=(1, 1, 1))
@case
def three_point_arc(): return Edge.makeThreePointArc(Vector(0, 0), Vector(1, 2), Vector(4, 0))
@case
def collinear_arc(): return Edge.makeThreePointArc(Vector(0, 0), Vector(1, 0), Vector(2, 0))
@case
def tangent_arc(): return Edge.makeTangentArc(Vector(0, 0), Vector(0, 1), Vector(4, 1))
@case
def bezier(): return Edge.makeBezier([Vector(0, 0), Vector(1, 3), Vector(3, -2), Vector(4, 0)])
@case
def helix(): return Wire.makeHelix(2, 10, 3)
@case
def helix_left_cone(): return Wire.makeHelix(2, 10, 3, angle=10, lefthand=True)
@case
def ellipse_wire_rotated():
    return Wire.makeEllipse(5, 2, Vector(), Vector(0, 0, 1), Vector(1, 0, 0), 0, 90, 30, True)
@case
def zero_line(): return Edge.makeLine(Vector(1, 1), Vector(1, 1))
@case
def disconnected(): return Wire.assembleEdges([Edge.makeLine(Vector(0, 0), Vector(1, 0)), Edge.makeLine(Vector(5, 0), Vector(6, 0))])
@case
def combined():
    edges = [Edge.makeLine(Vector(1, 0), Vector(1, 1)), Edge.makeLine(Vector(0, 0), Vector(1, 0)),
             Edge.makeLine(Vector(1, 1), Vector(0, 0)), Edge.makeLine(Vector(5, 0), Vector(6, 0))]
    return Compound.makeCompound(Wire.combine(edges))
@case
def offset_out(): return Compound.makeCompound(square(10).offset2D(2))
@case
def offset_in(): return Compound.makeCompound(square(10).offset2D(-2, "intersection"))
@case
def offset_tangent(): return Compound.makeCompound(square(10).offset2D(2, "tangent"))
@case
def offset_too_far(): return Compound.makeCompound(square(10).offset2D(-7))
@case
def wire_fillet(): return square(10).fillet(2)
@case
def wire_fillet_2d():
    w = square(10)
    return w.fillet2D(1, w.Vertices()[:2])
@case
def wire_chamfer_2d():
    w = square(10)
    return w.chamfer2D(1, w.Vertices()[1:3])
@case
def open_fillet_3d(): return Wire.makePolygon([(0, 0, 0), (10, 0, 0), (10, 10, 0), (10, 10, 10)]).fillet(2)


# Faces
@case
def face_with_holes(): return Face.makeFromWires(square(20), [circle(2), circle(1, x=6)])
@case
def face_open(): return Face.makeFromWires(Wire.makePolygon([(0, 0, 0), (1, 0, 0), (1, 1, 0)]))
@case
def face_not_planar():
    return Face.makeFromWires(Wire.makePolygon([(0, 0, 0), (1, 0, 0), (1, 1, 1), (0, 1, 0)], close=True))
@case
def plane_face(): return Face.makePlane(4, 2, (1, 1, 1), (1, 0, 0))
@case
def ruled_edges(): return Face.makeRuledSurface(Edge.makeLine(Vector(0, 0, 0), Vector(5, 0, 0)), Edge.makeCircle(3, Vector(0, 0, 5), angle1=0, angle2=90))
@case
def ruled_wires(): return Face.makeRuledSurface(square(4), square(2, 5))
@case
def n_sided():
    edges = [Edge.makeLine(Vector(0, 0, 0), Vector(5, 0, 0)), Edge.makeLine(Vector(5, 0, 0), Vector(5, 5, 1)),
             Edge.makeLine(Vector(5, 5, 1), Vector(0, 5, 0)), Edge.makeLine(Vector(0, 5, 0), Vector(0, 0, 0))]
    return Face.makeNSidedSurface(edges, [Vector(2.5, 2.5, 1)])
@case
def surface_approx():
    return Face.makeSplineApprox([[Vector(i, j, math.sin(i) * math.cos(j)) for i in range(6)] for j in range(6)], tol=1e-3)
@case
def thickened(): return Face.makeFromWires(square(10), [circle(2)]).thicken(1.5)
@case
def thickened_cylinder(): return Solid.makeCylinder(3, 5).faces("%CYLINDER").face().thicken(0.5)
@case
def face_fillet():
    face = Face.makeFromWires(square(10))
    return face.fillet2D(2, face.Vertices()[:3])
@case
def face_chamfer():
    face = Face.makeFromWires(square(10))
    return face.chamfer2D(2, face.Vertices()[:3])


# Solids from profiles
@case
def prism(): return Solid.extrudeLinear(square(10), [circle(2), circle(1, x=3.5)], Vector(0, 1, 5))
@case
def prism_down(): return Solid.extrudeLinear(square(10), [], Vector(0, 0, -5))
@case
def prism_taper(): return Solid.extrudeLinear(square(10), [circle(2)], Vector(0, 0, 5), 10)
@case
def prism_taper_face(): return Solid.extrudeLinear(Face.makeFromWires(square(10), [circle(2)]), Vector(0, 0, 5), 10)
@case
def prism_taper_negative(): return Solid.extrudeLinear(circle(4), [], Vector(0, 0, -5), -10)
@case
def prism_zero(): return Solid.extrudeLinear(square(10), [], Vector(0, 0, 0))
@case
def prism_far(): return Solid.extrudeLinear(square(10), [], Vector(0, 0, 1e9))
@case
def twist(): return Solid.extrudeLinearWithRotation(square(10), [circle(1)], Vector(), Vector(0, 0, 10), 45)
@case
def revolved(): return Solid.revolve(square(2, x=5), [circle(0.3, x=5)], 270, Vector(0, 0, 0), Vector(0, 1, 0))
@case
def revolved_full(): return Solid.revolve(square(2, x=5), [], 360, Vector(0, 0, 0), Vector(0, 1, 0))
@case
def revolved_touching(): return Solid.revolve(square(2, x=1), [], 360, Vector(0, 0, 0), Vector(0, 1, 0))
@case
def swept(): return Solid.sweep(circle(1), [circle(0.5)], spline_path())
@case
def swept_frenet(): return Solid.sweep(circle(1), [], spline_path(), True, True)
@case
def swept_shell(): return Solid.sweep(circle(1), [], spline_path(), False)
@case
def swept_right(): return Solid.sweep(square(2), [], corner_path(), transitionMode="right")
@case
def swept_round(): return Solid.sweep(square(2), [], corner_path(), transitionMode="round")
@case
def swept_transformed(): return Solid.sweep(square(2), [], corner_path())
@case
def swept_binormal(): return Solid.sweep(square(2), [], spline_path(), mode=Vector(0, 1, 0))
@case
def swept_spine(): return Solid.sweep(square(1), [], Wire.assembleEdges([Edge.makeLine(Vector(), Vector(0, 0, 10))]), mode=Wire.makeHelix(10, 10, 5))
@case
def swept_helix(): return Solid.sweep(Wire.makeCircle(0.5, Vector(3, 0, 0), Vector(0, 1, 0)), [], Wire.makeHelix(2, 6, 3), True, True)
@case
def swept_multi(): return Solid.sweep_multi([square(2), circle(2, 10), square(3, 20)], Edge.makeLine(Vector(), Vector(0, 0, 20)))
@case
def lofted(): return Solid.makeLoft([square(10), circle(3, 5), square(4, 12)])
@case
def lofted_ruled(): return Solid.makeLoft([square(10), circle(3, 5), square(4, 12)], True)
@case
def lofted_one(): return Solid.makeLoft([square(10)])


# Booleans and features
@case
def cut_bore(): return plate()
@case
def fused(): return Solid.makeBox(10, 10, 10).fuse(Solid.makeBox(10, 10, 10, Vector(5, 5, 5)), Solid.makeSphere(4, Vector(10, 0, 10), angleDegrees1=-90))
@case
def fused_clean(): return Solid.makeBox(10, 10, 10).fuse(Solid.makeBox(10, 10, 10, Vector(10, 0, 0))).clean()
@case
def fused_glue(): return Solid.makeBox(10, 10, 10).fuse(Solid.makeBox(10, 10, 10, Vector(10, 0, 0)), glue=True)
@case
def fused_fuzzy(): return Solid.makeBox(10, 10, 10).fuse(Solid.makeBox(10, 10, 10, Vector(10.005, 0, 0)), tol=0.01)
@case
def fused_apart(): return Solid.makeBox(1, 1, 1).fuse(Solid.makeBox(1, 1, 1, Vector(3, 0, 0)))
@case
def fused_compound(): return Compound.makeCompound([Solid.makeBox(10, 10, 10), Solid.makeBox(10, 10, 10, Vector(5, 5, 5)), Solid.makeCylinder(2, 30)]).fuse()
@case
def intersected(): return Solid.makeBox(10, 10, 10).intersect(Solid.makeSphere(7, angleDegrees1=-90))
@case
def intersected_empty(): return Solid.makeBox(1, 1, 1).intersect(Solid.makeBox(1, 1, 1, Vector(5, 5, 5)))
@case
def cut_compound(): return Compound.makeCompound([Solid.makeBox(10, 10, 10), Solid.makeBox(10, 10, 10, Vector(20, 0, 0))]).cut(Solid.makeBox(40, 4, 4, Vector(-1, 3, 3)))
@case
def split_box(): return Solid.makeBox(10, 10, 10).split(Face.makePlane(None, None, (5, 5, 5), (1, 1, 0)))
@case
def filleted(): return (lambda s: s.fillet(1.0, s.Edges()))(plate())
@case
def filleted_box(): return (lambda s: s.fillet(2.0, s.Edges()))(Solid.makeBox(10, 10, 10))
@case
def filleted_too_much(): return (lambda s: s.fillet(6.0, s.Edges()))(Solid.makeBox(10, 10, 10))
@case
def chamfered(): return (lambda s: s.chamfer(1.0, None, s.Edges()))(Solid.makeBox(10, 10, 10))
@case
def chamfered_two(): return (lambda s: s.chamfer(1.0, 2.0, s.Edges()[:4]))(Solid.makeBox(10, 10, 10))
@case
def hollowed(): return (lambda s: s.hollow([s.Faces()[5]], -1))(Solid.makeBox(10, 10, 10))
@case
def hollowed_out(): return (lambda s: s.hollow([s.Faces()[5]], 1, kind="intersection"))(Solid.makeBox(10, 10, 10))
@case
def hollowed_arc(): return (lambda s: s.hollow([s.Faces()[5]], 1))(Solid.makeBox(10, 10, 10))
@case
def hollowed_closed(): return Solid.makeBox(10, 10, 10).hollow([], -1)
@case
def hollowed_cylinder(): return (lambda s: s.hollow([s.Faces()[1]], 0.5))(Solid.makeCylinder(5, 10))
@case
def dprism_add(): return Solid.makeBox(20, 20, 5).dprism(None, [Wire.makeCircle(3, Vector(10, 10, 5), Vector(0, 0, 1))], 4, 5, None, False, True)
@case
def dprism_cut_through(): return Solid.makeBox(20, 20, 5).dprism(None, [Wire.makeCircle(3, Vector(10, 10, 5), Vector(0, 0, 1))], None, 0, None, True, False)


# Moves
@case
def translated(): return plate().translate(Vector(1, 2, 3))
@case
def rotated(): return plate().rotate(Vector(0, 0, 0), Vector(1, 1, 1), 33)
@case
def mirrored(): return plate().mirror("YZ", Vector(3, 0, 0))
@case
def scaled(): return plate().scale(2.5)
@case
def moved(): return plate().moved(Location(Vector(1, 2, 3), Vector(0, 1, 1), 40)).moved(Location(1, 0, 0, 10, 20, 30))
@case
def moved_twice(): return Solid.makeBox(1, 1, 1).moved([Location(0, 0, 0), Location(5, 0, 0), Location(Plane.named("XZ", (9, 0, 0)))])
@case
def placed_in_plane(): return Solid.makeBox(1, 2, 3).transformShape(Plane((1, 2, 3), (0, 1, 0), (1, 0, 1)).rG)
@case
def squashed(): return Solid.makeSphere(2, angleDegrees1=-90).transformGeometry(cadquery.Matrix([[1, 0, 0, 0], [0, 2, 0, 0], [0, 0, 0.5, 1]]))


# Text: facts of the fonts installed by scripts/setup
@case
def text_default(): return Compound.makeText("CadQuery", 10, 2)
@case
def text_kerning(): return Compound.makeText("AVATo.", 10, 2, halign="left", valign="bottom")
@case
def text_bold(): return Compound.makeText("B8&", 10, 2, kind="bold", halign="right", valign="top")
@case
def text_italic(): return Compound.makeText("ag i\u00e9", 7, -2, kind="italic")
@case
def text_lines(): return Compound.makeText("one\ntwo three\n\tx", 10, 1)
@case
def text_flat(): return Compound.makeText("@%", 10, 0, halign="left", position=Plane.named("XZ", (1, 2, 3)))
@case
def text_serif(): return Compound.makeText("Rg", 10, 1, font="DejaVu Serif")
@case
def text_free(): return f.text("Hi B", 10)


# The free-function interface
@case
def f_sweep_face(): return f.sweep(f.face(f.rect(4, 4), f.circle(1)), f.segment((0, 0, 0), (0, 0, 10)))
@case
def f_sweep_sections(): return f.sweep([f.face(f.rect(4, 4)), f.face(f.rect(2, 2)).moved(z=10)], f.segment((0, 0, 0), (0, 0, 10)))
@case
def f_sweep_wire(): return f.sweep(f.rect(4, 4), f.segment((0, 0, 0), (0, 0, 10)))
@case
def f_loft_faces(): return f.loft(f.face(f.rect(4, 4), f.circle(1)), f.face(f.rect(3, 3), f.circle(0.5)).moved(z=5))
@case
def f_loft_vertex(): return f.loft(f.face(f.rect(4, 4)), f.vertex(0, 0, 5))
@case
def f_loft_wires(): return f.loft(f.rect(4, 4), f.circle(3).moved(z=5), cap=True)
@case
def f_fuse(): return f.fuse(f.box(4, 4, 4), f.cylinder(2, 10), f.sphere(3))
@case
def f_cut(): return f.cut(f.box(4, 4, 4), f.torus(4, 1))
@case
def f_intersect(): return f.intersect(f.box(4, 4, 4), f.cone(4, 8))
@case
def f_imprint(): return f.imprint(f.box(4, 4, 4), f.box(2, 2, 2).moved(z=4))
@case
def f_split(): return f.split(f.box(4, 4, 4), f.plane(10, 10).moved(z=1))
@case
def f_clean(): return f.clean(f.fuse(f.box(4, 4, 4), f.box(4, 4, 4).moved(x=4)))
@case
def f_solid(): return f.solid(f.fill(f.circle(1)), f.extrude(f.circle(1), (0, 0, 3)), f.fill(f.circle(1)).moved(z=3))
@case
def f_solid_inner(): return f.solid(f.box(4, 4, 4).Faces(), f.box(2, 2, 2).moved(z=1).Faces())
@case
def f_extrude_both(): return f.extrude(f.face(f.rect(2, 3)), (0, 0, 2), both=True)
@case
def f_revolve(): return f.revolve(f.face(f.rect(2, 3)).moved(x=5), (0, 0, 0), (0, 1, 0), 90)
@case
def f_offset(): return f.offset(f.plane(2, 3), 0.5, both=True)
@case
def f_offset2d(): return f.offset2D(f.rect(4, 3), 0.5, kind="intersection")
@case
def f_fillet(): return (lambda b: f.fillet(b, b.edges("|Z"), 0.5))(f.box(4, 4, 4))
@case
def f_chamfer(): return (lambda b: f.chamfer(b, b.edges("|Z"), 0.5))(f.box(4, 4, 4))
@case
def f_cap():
    tube = f.extrude(f.circle(2), (0, 0, 3))
    return f.cap(tube.edges(">Z"), tube)
@case
def f_hollow(): return (lambda b: f.hollow(b, b.faces(">Z"), -0.5))(f.box(4, 4, 4))
@case
def f_hollow_closed(): return f.hollow(f.box(4, 4, 4), -0.5)
@case
def f_prism(): return (lambda b: f.prism(b, b.faces(">Z"), f.face(f.circle(1)).moved(z=4), 2.0))(f.box(4, 4, 4))
@case
def f_draft(): return (lambda b: f.draft(b, b.faces("<Z"), b.faces("|X"), 5))(f.box(4, 4, 4))
@case
def f_project(): return f.project(f.circle(1).moved(z=5), f.box(4, 4, 4), (0, 0, -1))
@case
def f_wire_on(): return f.wireOn(f.extrude(f.circle(2), (0, 0, 9)).face() , f.rect(1, 2).moved(x=1.5, y=4))
@case
def f_spline(): return f.spline([(0, 0), (1, 2), (3, 1)], tgts=[(0, 1), (1, 0)])


QUERIES = {}


def numbers(value):
    """Anything a query answers, as a flat list of numbers."""
    if isinstance(value, (bool, int, float)):
        return [float(value)]
    if isinstance(value, Vector):
        return [value.x, value.y, value.z]
    if isinstance(value, Location):
        return numbers(value.toTuple())
    if isinstance(value, Plane):
        return numbers([value.origin, value.xDir, value.zDir])
    return [n for item in value for n in numbers(item)]


def query(name, value):
    try:
        QUERIES[name] = numbers(value())
    except Exception as error:
        QUERIES[name] = type(error).__name__


EDGE = Edge.makeSpline([Vector(0, 0, 0), Vector(1, 2, 0), Vector(3, 1, 1), Vector(5, 0, 0)])
ARC = Edge.makeCircle(3, Vector(1, 2, 3), Vector(0, 1, 1), 10, 100)
WIRE = Wire.makePolygon([(0, 0, 0), (4, 0, 0), (4, 3, 0)])
for label, curve in (("spline", EDGE), ("arc", ARC), ("wire", WIRE)):
    query(label + " length", lambda: curve.Length())
    query(label + " start", lambda: curve.startPoint())
    query(label + " end", lambda: curve.endPoint())
    query(label + " center", lambda: curve.Center())
    query(label + " bounds", lambda: curve.bounds())
    query(label + " param", lambda: curve.paramAt(0.3))
    query(label + " param of point", lambda: curve.paramAt(curve.positionAt(0.7)))
    query(label + " positions", lambda: curve.positions([0, 0.25, 0.5, 1]))
    query(label + " tangents", lambda: curve.tangents([0, 0.25, 0.5, 1]))
    query(label + " tangent by parameter", lambda: curve.tangentAt(0.1, "parameter"))
    query(label + " curvature", lambda: curve.curvatureAt(0.4))
    query(label + " location", lambda: curve.locationAt(0.4))
    query(label + " location corrected", lambda: curve.locationAt(0.4, frame="corrected"))
    query(label + " location planar", lambda: curve.locationAt(0.4, planar=True))
    query(label + " radius", lambda: curve.radius())
    query(label + " normal", lambda: curve.normal())
    query(label + " closed", lambda: curve.IsClosed())
    query(label + " sample", lambda: curve.sample(5)[0])
query("arc center of arc", lambda: ARC.arcCenter())
query("arc center of spline", lambda: EDGE.arcCenter())

CYLINDER = Solid.makeCylinder(2, 5)
SIDE = CYLINDER.Faces()[0]
TOP = CYLINDER.Faces()[1]
query("side normal", lambda: SIDE.normalAt())
query("side normal at point", lambda: SIDE.normalAt(Vector(0, 3, 1)))
query("side normal at uv", lambda: SIDE.normalAt(1.0, 2.0))
query("side bounds", lambda: SIDE.uvBounds())
query("side param", lambda: SIDE.paramAt(Vector(0, 3, 1)))
query("side tangents", lambda: SIDE.tangentAt(1.0, 2.0))
query("side location", lambda: SIDE.locationAt(1.0, 2.0))
query("side center", lambda: SIDE.Center())
query("top normal", lambda: TOP.normalAt())
query("top center", lambda: TOP.Center())
query("top area", lambda: TOP.Area())

BOX = Solid.makeBox(1, 2, 3)
query("box counts", lambda: [len(list(BOX.Faces()[0].siblings(BOX, "Edge"))),
                             len(list(BOX.Faces()[0].siblings(BOX, "Vertex"))),
                             len(list(BOX.Edges()[0].ancestors(BOX, "Face"))),
                             len(list(BOX.Faces()[0].siblings(BOX, "Edge", 2)))])
query("box inertia", lambda: cadquery.Shape.matrixOfInertia(BOX))
query("box bounding box", lambda: (lambda b: [b.xmin, b.ymin, b.zmin, b.xmax, b.ymax, b.zmax, b.DiagonalLength])(BOX.BoundingBox()))
query("box plus point", lambda: (lambda b: [b.xmin, b.zmax])(BOX.BoundingBox().add(Vector(-4, 0, 0))))
query("box plus box", lambda: (lambda b: [b.xmin, b.zmax, b.DiagonalLength])(BOX.BoundingBox().add(CYLINDER.BoundingBox())))
query("box enlarged", lambda: (lambda b: [b.xmin, b.zmax])(BOX.BoundingBox().enlarge(0.5)))
query("box in box", lambda: BOX.BoundingBox().enlarge(0.5).isInside(BOX.BoundingBox()))
query("box inside", lambda: [BOX.isInside(Vector(0.5, 1, 1)), BOX.isInside(Vector(0, 1, 1)), BOX.isInside(Vector(-1, 1, 1))])
query("box distance", lambda: BOX.distance(Solid.makeBox(1, 1, 1, Vector(5, 5, 5))))
query("box closest", lambda: f.closest(BOX, Solid.makeBox(1, 1, 1, Vector(5, 5, 5))))
query("line through box", lambda: [x.Center() for x in BOX.facesIntersectedByLine(Vector(0.5, 1, -5), Vector(0, 0, 1))])
query("line along", lambda: [x.Center() for x in BOX.facesIntersectedByLine(Vector(0.5, 1, 1), Vector(0, 0, 1), direction="AlongAxis")])
query("line opposite", lambda: [x.Center() for x in BOX.facesIntersectedByLine(Vector(0.5, 1, 1), Vector(0, 0, 1), direction="Opposite")])
query("combined center", lambda: cadquery.Shape.CombinedCenter([BOX, CYLINDER]))
query("combined box center", lambda: cadquery.Shape.CombinedCenterOfBoundBox([BOX, CYLINDER]))
query("face order", lambda: [x.Center() for x in BOX.Faces()])
query("edge order", lambda: [x.Center() for x in BOX.Edges()])
query("vertex order", lambda: [x.Center() for x in BOX.Vertices()])
query("wire vertex order", lambda: [x.Center() for x in BOX.Faces()[0].outerWire().Vertices()])
query("wire edge order", lambda: [x.Center() for x in BOX.Faces()[0].outerWire()])

A = Location(1, 2, 3, 10, 20, 30)
B = Location(Vector(3, 1, 0), Vector(1, 1, 0), 70)
C = Location(Plane((1, 2, 3), (0, 1, 0), (1, 0, 1)))
query("location product", lambda: A * B)
query("location inverse", lambda: A.inverse)
query("location power", lambda: B ** 3)
query("location of plane", lambda: C)
query("plane of location", lambda: (A * C).plane)
query("location of plane at", lambda: Location(Plane.named("XZ"), Vector(1, 2, 3)))
query("plane rotated", lambda: Plane((1, 2, 3), (0, 1, 0), (1, 0, 1)).rotated((10, 20, 30)))
query("to world", lambda: Plane((1, 2, 3), (0, 1, 0), (1, 0, 1)).toWorldCoords((1, 2, 3)))
query("to local", lambda: Plane((1, 2, 3), (0, 1, 0), (1, 0, 1)).toLocalCoords(Vector(1, 5, 3)))
query("locations of shape", lambda: Compound.makeCompound([SIDE, ARC, cadquery.Vertex.makeVertex(1, 2, 3)]).toLocs())

def lines(table):
    return ",\n".join(json.dumps(key) + ": " + json.dumps(value) for key, value in table.items())


print('{"shapes": {\n' + lines(CASES) + '\n}, "queries": {\n' + lines(QUERIES) + "\n}}")
