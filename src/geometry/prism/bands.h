// The slab axis cut into bands on which the cross-section keeps its structure.
//
// Inside a band every cross-section is the same pattern of cells
// [p0, p1] x [q0, q1], whose sides are constants or monotone curves of s that
// do not cross there. The pattern is read once, inside the band.
#pragma once

#include <cstdint>
#include <vector>

#include "geometry/prism/scene.h"

namespace cadrecode::prism {

// A side: index of a piece if >= 0, else constant number -1 - side.
using Side = int;

struct Cell {
  Side p0, p1, q0, q1;
  uint8_t in;  // bit 0: in solid a, bit 1: in solid b
};

class Bands {
 public:
  // The scene must outlive the object's use; memory is kept between calls.
  // Steps of role kAlongS and kOblique take no part.
  void reset(const Scene& scene);

  const std::vector<double>& events() const { return events_; }  // ascending

  // Finds the pattern on (lo, hi), which must not contain an event.
  void open(double lo, double hi);
  const std::vector<Cell>& cells() const { return cells_; }
  bool curved() const { return curved_; }  // some side is an arc
  double tiny() const { return tiny_; }    // widths below this are none

  static bool constant(Side side) { return side < 0; }
  double at(Side side, double s) const {
    return side < 0 ? constants_[-1 - side] : scene_->pieces[side].curve.x_at(s);
  }
  // d side / d s at s.
  double slope(Side side, double s) const;
  // Integral of the side's value over the open band.
  double integral(Side side) const;

 private:
  struct Mark {
    double value;
    Side side;
    int step;
  };
  void collect_events();
  void add_crossings(const std::vector<int>& pieces);
  void add_constant_crossings(const std::vector<int>& pieces, const std::vector<double>& levels);
  void add_strip(const Mark& below, const Mark& above);
  uint8_t membership() const;

  const Scene* scene_ = nullptr;
  std::vector<double> events_, constants_;
  double lo_ = 0, hi_ = 0, tiny_ = 0;
  bool curved_ = false;
  std::vector<int> active_;        // piece indices by step, sorted by value
  std::vector<int> active_begin_;  // [steps + 1]
  std::vector<double> value_;      // of active_, where the pattern is read
  std::vector<Mark> q_marks_, p_marks_;
  std::vector<uint8_t> in_;  // [steps]
  std::vector<Cell> cells_;
  std::vector<int> along_p_, along_q_;
  std::vector<double> p_levels_, q_levels_;
  std::vector<double> x_lo_, x_hi_;  // [pieces]
};

// Membership of owner 0 (bit 0) and owner 1 (bit 1) from that of each step.
uint8_t scene_membership(const Scene& scene, const uint8_t* in_step);

}  // namespace cadrecode::prism
