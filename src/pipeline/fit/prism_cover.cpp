#include "pipeline/fit/prism_cover.h"

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <utility>

#include "pipeline/fit/loop_trace.h"

namespace cadrecode::fit {
namespace {

constexpr double kFull = 0.97;         // of a column's samples: the rest are slivers
constexpr double kWorthwhile = 0.002;  // of the solid: less is not worth a prism
constexpr size_t kMostSlabs = 24;      // more: spans of one slab and of all only

using Bits = std::vector<uint64_t>;

struct Prism {
  int axis = 0;
  size_t first = 0, last = 0;  // slabs
  std::vector<uint8_t> faces;  // of the view's arrangement
  std::vector<part::Loop> loops;
  Bits covers;  // solid samples
  double cost = 1;
};

class Cover {
 public:
  Cover(const Views& views, const std::vector<uint8_t>& solid) : views_(views), solid_(solid) {
    weigh();
    for (int a = 0; a < 3; ++a) propose(a);
    drop_dominated();
  }

  part::Part run(double& uncovered) {
    Bits left(words());
    for (size_t i = 0; i < solid_.size(); ++i)
      if (solid_[i]) left[i / 64] |= uint64_t{1} << (i % 64);
    const double total = weight(left);
    std::vector<size_t> chosen;
    std::vector<uint8_t> open(prisms_.size(), 1);
    const double least = kWorthwhile * total;
    while (total > 0) {
      size_t pick = essential(left, open, least);
      if (pick == prisms_.size()) pick = largest(left, open, least);
      if (pick == prisms_.size()) break;
      open[pick] = 0;
      chosen.push_back(pick);
      for (size_t w = 0; w < left.size(); ++w) left[w] &= ~prisms_[pick].covers[w];
    }
    uncovered = total > 0 ? weight(left) / total : 1;
    return to_part(chosen);
  }

 private:
  size_t words() const { return (solid_.size() + 63) / 64; }

  void weigh() {
    weights_.resize(solid_.size());
    const auto& v = views_.view;
    for (size_t i = 0; i < v[0].samples.size(); ++i)
      for (size_t j = 0; j < v[1].samples.size(); ++j)
        for (size_t k = 0; k < v[2].samples.size(); ++k)
          weights_[views_.index(i, j, k)] =
              v[0].thickness[i] * v[1].thickness[j] * v[2].thickness[k];
  }

  double weight(const Bits& b) const {
    double sum = 0;
    for (size_t w = 0; w < b.size(); ++w)
      for (uint64_t m = b[w]; m; m &= m - 1)
        sum += weights_[w * 64 + static_cast<size_t>(std::countr_zero(m))];
    return sum;
  }

  // Sample index of height h along axis a over position (p, q) of its view.
  size_t sample(int a, size_t h, size_t p, size_t q) const {
    size_t at[3];
    at[a] = h, at[(a + 1) % 3] = p, at[(a + 2) % 3] = q;
    return views_.index(at[0], at[1], at[2]);
  }

  // full[face][slab]: all of the column is solid.
  std::vector<std::vector<uint8_t>> full_columns(int a) const {
    const View& v = views_.view[a];
    const size_t faces = v.plane.faces.size(), slabs = v.levels.size() - 1;
    std::vector<std::vector<double>> in(faces, std::vector<double>(slabs)), all = in;
    const size_t np = views_.view[(a + 1) % 3].samples.size();
    const size_t nq = views_.view[(a + 2) % 3].samples.size();
    for (size_t p = 0; p < np; ++p)
      for (size_t q = 0; q < nq; ++q) {
        const uint32_t f = v.faces[p * nq + q];
        for (size_t h = 0; h < v.samples.size(); ++h) {
          const size_t s = sample(a, h, p, q);
          all[f][v.slab[h]] += 1, in[f][v.slab[h]] += solid_[s];
        }
      }
    std::vector<std::vector<uint8_t>> full(faces, std::vector<uint8_t>(slabs, 0));
    for (size_t f = 1; f < faces; ++f)
      for (size_t k = 0; k < slabs; ++k)
        full[f][k] = all[f][k] > 0 && in[f][k] >= kFull * all[f][k];
    fill_slivers(v.plane, all, full);
    return full;
  }

  // Faces too thin for a sample go with most of their border.
  static void fill_slivers(const Arrangement& plane, const std::vector<std::vector<double>>& all,
                           std::vector<std::vector<uint8_t>>& full) {
    for (size_t k = 0; k < full[0].size(); ++k) {
      std::vector<double> vote(full.size(), 0);
      for (uint32_t e = 0; e < plane.edges.size(); ++e)
        for (const auto& [own, other] :
             {std::pair{plane.left(e), plane.right(e)}, std::pair{plane.right(e), plane.left(e)}})
          if (own != other && all[own][k] == 0)
            vote[own] += full[other][k] ? plane.edges[e].length : -plane.edges[e].length;
      for (size_t f = 1; f < full.size(); ++f)
        if (all[f][k] == 0 && vote[f] > 0) full[f][k] = 1;
    }
  }

  void propose(int a) {
    const View& v = views_.view[a];
    const size_t slabs = v.levels.size() - 1, faces = v.plane.faces.size();
    if (slabs == 0 || faces < 2) return;
    const auto full = full_columns(a);
    for (size_t first = 0; first < slabs; ++first) {
      std::vector<uint8_t> region(faces, 1);
      region[0] = 0;
      for (size_t last = first; last < slabs; ++last) {
        bool any = false;
        for (size_t f = 1; f < faces; ++f) any |= (region[f] &= full[f][last]);
        if (!any) break;
        if (slabs > kMostSlabs && first != last && (first != 0 || last + 1 != slabs)) continue;
        for (auto& part : connected(v.plane, region))
          if (grows_not(full, part, first, last)) add(a, first, last, std::move(part));
      }
    }
  }

  // True when no neighbouring slab could be taken in.
  static bool grows_not(const std::vector<std::vector<uint8_t>>& full,
                        const std::vector<uint8_t>& faces, size_t first, size_t last) {
    auto holds = [&](size_t k) {
      for (size_t f = 0; f < faces.size(); ++f)
        if (faces[f] && !full[f][k]) return false;
      return true;
    };
    return !(first > 0 && holds(first - 1)) && !(last + 1 < full[0].size() && holds(last + 1));
  }

  static std::vector<std::vector<uint8_t>> connected(const Arrangement& plane,
                                                     const std::vector<uint8_t>& region) {
    std::vector<uint32_t> group(region.size());
    for (uint32_t f = 0; f < group.size(); ++f) group[f] = f;
    auto root = [&](uint32_t f) {
      while (group[f] != f) f = group[f] = group[group[f]];
      return f;
    };
    for (uint32_t e = 0; e < plane.edges.size(); ++e)
      if (region[plane.left(e)] && region[plane.right(e)])
        group[root(plane.left(e))] = root(plane.right(e));
    std::map<uint32_t, std::vector<uint8_t>> parts;
    for (uint32_t f = 1; f < region.size(); ++f) {
      if (!region[f]) continue;
      auto& part = parts[root(f)];
      part.resize(region.size());
      part[f] = 1;
    }
    std::vector<std::vector<uint8_t>> out;
    for (auto& [key, part] : parts) out.push_back(std::move(part));
    return out;
  }

  void add(int a, size_t first, size_t last, std::vector<uint8_t> faces) {
    const View& v = views_.view[a];
    Prism p{a, first, last, std::move(faces), {}, Bits(words()), 1};
    const size_t np = views_.view[(a + 1) % 3].samples.size();
    const size_t nq = views_.view[(a + 2) % 3].samples.size();
    for (size_t x = 0; x < np; ++x)
      for (size_t y = 0; y < nq; ++y) {
        if (!p.faces[v.faces[x * nq + y]]) continue;
        for (size_t h = 0; h < v.samples.size(); ++h) {
          if (v.slab[h] < first || v.slab[h] > last) continue;
          const size_t s = sample(a, h, x, y);
          if (solid_[s]) p.covers[s / 64] |= uint64_t{1} << (s % 64);
        }
      }
    size_t curves = 0;
    for (const auto& l : border_loops(v.plane, p.faces))
      if (auto t = tidy(l, views_.wall_tolerance); !t.curves.empty())
        curves += t.curves.size(), p.loops.push_back(std::move(t));
    if (p.loops.empty()) return;
    p.cost = 1 + 0.1 * static_cast<double>(curves);
    prisms_.push_back(std::move(p));
  }

  static bool within(const Bits& a, const Bits& b) {
    for (size_t w = 0; w < a.size(); ++w)
      if (a[w] & ~b[w]) return false;
    return true;
  }

  // A prism that another one holds for no more cost is never needed.
  void drop_dominated() {
    std::vector<uint8_t> dead(prisms_.size(), 0);
    for (size_t i = 0; i < prisms_.size(); ++i)
      for (size_t j = 0; j < prisms_.size() && !dead[i]; ++j) {
        if (i == j || dead[j] || prisms_[j].cost > prisms_[i].cost * 1.5) continue;
        if (!within(prisms_[i].covers, prisms_[j].covers)) continue;
        const bool equal = within(prisms_[j].covers, prisms_[i].covers);
        dead[i] = !equal || prisms_[j].cost < prisms_[i].cost ||
                  (prisms_[j].cost == prisms_[i].cost && j < i);
      }
    std::vector<Prism> kept;
    for (size_t i = 0; i < prisms_.size(); ++i)
      if (!dead[i]) kept.push_back(std::move(prisms_[i]));
    prisms_ = std::move(kept);
  }

  // The open prism that alone covers most of what is left and only it holds.
  size_t essential(const Bits& left, const std::vector<uint8_t>& open, double least) const {
    Bits once(left.size(), 0), twice(left.size(), 0);
    for (size_t i = 0; i < prisms_.size(); ++i) {
      if (!open[i]) continue;
      for (size_t w = 0; w < left.size(); ++w) {
        const uint64_t c = prisms_[i].covers[w] & left[w];
        twice[w] |= once[w] & c, once[w] |= c;
      }
    }
    size_t best = prisms_.size();
    double most = least;
    for (size_t i = 0; i < prisms_.size(); ++i) {
      if (!open[i]) continue;
      Bits own(left.size());
      for (size_t w = 0; w < left.size(); ++w) own[w] = prisms_[i].covers[w] & left[w] & ~twice[w];
      const double value = weight(own);
      if (value > most) most = value, best = i;
    }
    return best;
  }

  size_t largest(const Bits& left, const std::vector<uint8_t>& open, double least) const {
    size_t best = prisms_.size();
    double most = 0;
    for (size_t i = 0; i < prisms_.size(); ++i) {
      if (!open[i]) continue;
      Bits own(left.size());
      for (size_t w = 0; w < left.size(); ++w) own[w] = prisms_[i].covers[w] & left[w];
      const double value = weight(own);
      if (value > least && value / prisms_[i].cost > most) most = value / prisms_[i].cost, best = i;
    }
    return best;
  }

  part::Part to_part(const std::vector<size_t>& chosen) const {
    part::Part part;
    for (size_t i : chosen) {
      const Prism& p = prisms_[i];
      const View& v = views_.view[p.axis];
      part::Extrusion e{
          v.frame, {nest_loops(p.loops)}, v.levels[p.first].offset, v.levels[p.last + 1].offset};
      part.steps.push_back({part::Operation::kJoin, std::move(e)});
    }
    return part;
  }

  const Views& views_;
  const std::vector<uint8_t>& solid_;
  std::vector<double> weights_;
  std::vector<Prism> prisms_;
};

}  // namespace

part::Part cover_with_prisms(const Views& views, const std::vector<uint8_t>& solid,
                             double& uncovered) {
  return Cover(views, solid).run(uncovered);
}

}  // namespace cadrecode::fit
