#!/usr/bin/env python3
"""True volumetric IoU of two meshes (needs the reference venv).

    python tools/measure/iou.py A.stl B.stl

Exact (manifold3d booleans) where both meshes close after merging equal
vertices; else by rays: a grid of lines along each axis, inside where the
crossing count is odd, lines with an odd total left out, mean of three axes.
The answer says which: method is "exact" or "rays". No normalisation: both
meshes are compared where they lie.
"""

import argparse
import json
import sys

import manifold3d
import numpy as np
import trimesh

RAYS = 192  # lines per side of the grid in the fallback


def load(path):
    """A mesh file as one Trimesh with equal vertices merged."""
    mesh = trimesh.load(path, force="mesh")
    mesh.merge_vertices()
    mesh.update_faces(mesh.nondegenerate_faces())
    return mesh


def solid_of(mesh):
    """The mesh as a Manifold, or None where it does not close.

    Bodies that overlap or enclose one another are joined, as a viewer shows them.
    """
    if len(mesh.faces) == 0:
        return None
    solid = manifold3d.Manifold(
        manifold3d.Mesh64(
            vert_properties=np.ascontiguousarray(mesh.vertices, np.float64),
            tri_verts=np.ascontiguousarray(mesh.faces, np.uint64),
        )
    )
    if solid.status() != manifold3d.Error.NoError or solid.volume() <= 0:
        return None
    return solid


def crossings(mesh, axis, us, vs):
    """Sorted heights at which each grid line along `axis` meets the mesh.

    Returns a list over the grid (row major, us by vs) of float arrays.
    """
    u_axis, v_axis = [(1, 2), (2, 0), (0, 1)][axis]
    corners = mesh.triangles
    u, v, w = corners[:, :, u_axis], corners[:, :, v_axis], corners[:, :, axis]
    first_u = np.searchsorted(us, u.min(axis=1), "left")
    last_u = np.searchsorted(us, u.max(axis=1), "left")
    first_v = np.searchsorted(vs, v.min(axis=1), "left")
    last_v = np.searchsorted(vs, v.max(axis=1), "left")
    lines, heights = [], []
    for t in np.nonzero((last_u > first_u) & (last_v > first_v))[0]:
        gu, gv = np.meshgrid(us[first_u[t] : last_u[t]], vs[first_v[t] : last_v[t]], indexing="ij")
        (au, bu, cu), (av, bv, cv) = u[t], v[t]
        area = (bu - au) * (cv - av) - (cu - au) * (bv - av)
        if area == 0:
            continue
        b = ((gu - au) * (cv - av) - (cu - au) * (gv - av)) / area
        c = ((bu - au) * (gv - av) - (gu - au) * (bv - av)) / area
        inside = (b >= 0) & (c >= 0) & (b + c <= 1)
        i, j = np.nonzero(inside)
        lines.append((i + first_u[t]) * len(vs) + j + first_v[t])
        heights.append((w[t, 0] + b * (w[t, 1] - w[t, 0]) + c * (w[t, 2] - w[t, 0]))[inside])
    if not lines:
        return [np.empty(0)] * (len(us) * len(vs))
    lines, heights = np.concatenate(lines), np.concatenate(heights)
    order = np.lexsort((heights, lines))
    cuts = np.searchsorted(lines[order], np.arange(1, len(us) * len(vs)))
    return np.split(heights[order], cuts)


def overlap(a, b):
    """Length of the intersection of two sets of intervals given by sorted ends."""
    total = 0.0
    for start, end in a.reshape(-1, 2):
        low, high = np.maximum(b[::2], start), np.minimum(b[1::2], end)
        total += np.clip(high - low, 0, None).sum()
    return total


def iou_by_rays(a, b):
    """IoU from grids of lines along the three axes."""
    low = np.minimum(a.bounds[0], b.bounds[0])
    size = np.maximum(a.bounds[1], b.bounds[1]) - low
    values = []
    for axis, (u_axis, v_axis) in enumerate([(1, 2), (2, 0), (0, 1)]):
        # Off-centre steps, so that lines miss vertices and edges of round numbers.
        us = low[u_axis] + size[u_axis] * (np.arange(RAYS) + 0.5017) / RAYS
        vs = low[v_axis] + size[v_axis] * (np.arange(RAYS) + 0.4983) / RAYS
        common = union = 0.0
        for la, lb in zip(crossings(a, axis, us, vs), crossings(b, axis, us, vs)):
            if len(la) % 2 or len(lb) % 2:
                continue
            both = overlap(la, lb) if len(la) and len(lb) else 0.0
            common += both
            union += (la[1::2] - la[::2]).sum() + (lb[1::2] - lb[::2]).sum() - both
        if union > 0:
            values.append(common / union)
    return float(np.mean(values)) if values else 0.0


def iou(a, b):
    """(IoU, method) of two meshes as `load` gives them."""
    solid_a, solid_b = solid_of(a), solid_of(b)
    if solid_a is None or solid_b is None:
        if len(a.faces) == 0 or len(b.faces) == 0:
            return 0.0, "empty"
        return iou_by_rays(a, b), "rays"
    common = (solid_a ^ solid_b).volume()
    union = (solid_a + solid_b).volume()
    return (common / union if union > 0 else 0.0), "exact"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("a")
    parser.add_argument("b")
    arguments = parser.parse_args()
    value, method = iou(load(arguments.a), load(arguments.b))
    print(json.dumps({"iou": value, "method": method}))


if __name__ == "__main__":
    sys.exit(main())
