#include "pipeline/fit/stack.h"

#include <cmath>
#include <map>
#include <utility>

#include "pipeline/fit/loop_trace.h"

namespace cadrecode::fit {
namespace {

using part::Loop;
using part::Operation;
using part::Part;
using part::Profile;
using part::Region;

struct Outlined {
  Loop loop;
  std::vector<Vec2> polygon;
  explicit Outlined(const Loop& l) : loop(l), polygon(flatten(l)) {}
};

// One loop over the slabs first..last; `holes[k]` those of slab first + k.
struct Chain {
  Outlined outline;
  size_t first, last;
  int depth;
  double height;  // of the slab the outline was taken from: the tallest is best seen
  std::vector<std::vector<Outlined>> holes;
};

bool joins_on(const Stack& stack, size_t a, size_t b, double tolerance) {
  return b == a + 1 && std::abs(stack.slabs[a].end - stack.slabs[b].start) <= tolerance;
}

// How many outer loops of its slab a region lies in: islands come after.
int depth_of(const Outlined& outline, const std::vector<Outlined>& others) {
  const Vec2 p = interior_point(outline.polygon);
  const double area = std::abs(signed_area(outline.polygon));
  int depth = 0;
  for (const Outlined& o : others)
    if (std::abs(signed_area(o.polygon)) > area * (1 + 1e-9) && contains(o.polygon, p)) ++depth;
  return depth;
}

std::vector<Chain> outer_chains(const Stack& stack, double tolerance) {
  std::vector<Chain> chains;
  for (size_t k = 0; k < stack.slabs.size(); ++k) {
    const Slab& slab = stack.slabs[k];
    std::vector<Outlined> outlines;
    for (const Region& r : slab.regions) outlines.emplace_back(r.outer);
    for (size_t i = 0; i < outlines.size(); ++i) {
      std::vector<Outlined> holes;
      for (const Loop& l : slab.regions[i].inner) holes.emplace_back(l);
      const double height = slab.end - slab.start;
      Chain* found = nullptr;
      for (Chain& c : chains)
        if (joins_on(stack, c.last, k, tolerance) &&
            same_outline(c.outline.polygon, outlines[i].polygon, tolerance))
          found = &c;
      if (!found) {
        const int depth = depth_of(outlines[i], outlines);
        chains.push_back({outlines[i], k, k, depth, height, {std::move(holes)}});
        continue;
      }
      found->last = k;
      found->depth = std::max(found->depth, depth_of(outlines[i], outlines));
      found->holes.push_back(std::move(holes));
      if (height > found->height) found->outline = outlines[i], found->height = height;
    }
  }
  return chains;
}

struct HoleChain {
  Outlined outline;
  size_t first, last;
  double height;
};

std::vector<HoleChain> hole_chains(const Stack& stack, const Chain& chain, double tolerance) {
  std::vector<HoleChain> out;
  for (size_t k = chain.first; k <= chain.last; ++k) {
    const double height = stack.slabs[k].end - stack.slabs[k].start;
    for (const Outlined& hole : chain.holes[k - chain.first]) {
      HoleChain* found = nullptr;
      for (HoleChain& h : out)
        if (h.last + 1 == k && same_outline(h.outline.polygon, hole.polygon, tolerance)) found = &h;
      if (!found) {
        out.push_back({hole, k, k, height});
        continue;
      }
      found->last = k;
      if (height > found->height) found->outline = hole, found->height = height;
    }
  }
  return out;
}

using Spans = std::map<std::pair<size_t, size_t>, Profile>;  // by first and last slab

void append(Part& part, const Stack& stack, Operation operation, const Spans& spans) {
  for (const auto& [span, profile] : spans)
    part.steps.push_back(
        {operation,
         {stack.frame, profile, stack.slabs[span.first].start, stack.slabs[span.second].end}});
}

}  // namespace

Part to_part(const Stack& stack, double tolerance) {
  const auto chains = outer_chains(stack, tolerance);
  int deepest = 0;
  for (const Chain& c : chains) deepest = std::max(deepest, c.depth);
  Part part;
  for (int depth = 0; depth <= deepest; ++depth) {
    Spans joins, cuts;
    for (const Chain& c : chains) {
      if (c.depth != depth) continue;
      Region region{c.outline.loop, {}};
      for (const HoleChain& h : hole_chains(stack, c, tolerance)) {
        if (h.first == c.first && h.last == c.last)
          region.inner.push_back(h.outline.loop);
        else
          cuts[{h.first, h.last}].regions.push_back({h.outline.loop, {}});
      }
      joins[{c.first, c.last}].regions.push_back(std::move(region));
    }
    append(part, stack, Operation::kJoin, joins);
    append(part, stack, Operation::kCut, cuts);
  }
  return part;
}

Frame frame_along(Vec3 normal) {
  normal = normalized(normal);
  for (int a = 0; a < 3; ++a) {
    if (std::abs(normal[a]) < 1 - 1e-9) continue;
    Frame f;
    f.normal = {}, f.x = {};
    f.normal[a] = 1;
    f.x[(a + 1) % 3] = 1;  // XY, YZ, ZX
    return f;
  }
  // x horizontal where there is a choice, so that sketches read upright.
  Vec3 x = cross(Vec3{0, 0, 1}, normal);
  if (norm(x) < 1e-6) x = {1, 0, 0};
  x = normalized(x - normal * dot(x, normal));
  return {{}, x, normal};
}

}  // namespace cadrecode::fit
