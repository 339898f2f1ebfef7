// Everything the generator may be told, as one YAML file.
//
// Lengths are parts of the sketch square, whose side is 1; what they are in the
// program is decided by the normalisation to +-100. Weights need not add up to
// one. configs/generate/v15.yaml holds the defaults with their reasons,
// configs/generate/naive.yaml the plain reading of the paper.
#pragma once

#include <string>
#include <vector>

namespace cadrecode::procgen {

struct Knobs {
  // Algorithm 1: one sketch
  std::vector<double> primitives = {0, 0, 1, 1, 1, 1, 1, 1};  // weights of 1, 2, 3 … primitives
  double circle = 0.5;                               // share of circles among the primitives
  double rotated = 0.24;                             // share of rectangles that are turned
  double concentric = 0.5;                           // a primitive takes an earlier one's centre
  double concentric_steps = 0.2;                     // … one of an earlier sketch on the plane
  double cut = 0.5;                                  // a primitive is cut away instead of joined
  double cut_concentric = 0.55;                      // the same, where it shares a centre
  double cut_size = 0.85;                             // of side_max, for what is cut
  double cuts_last = 0;                              // a sketch joins first and cuts then
  double side_min = 0.02, side_max = 1;              // rectangles' sides, circles' diameters
  double reach = 0.75;                               // centres lie within +-reach
  std::vector<double> regions = {0.63, 0.32, 0.05};  // weights of keeping 1, 2, 3 … regions
  double keep_large = 0;                             // regions are kept by their area to this power
  double hole = 0.12;                                 // a region gets a hole that fits in it
  double hole_centered = 0.3;  // … at its middle, not at a point drawn in it

  // Algorithm 2: one part
  std::vector<double> steps = {0.33, 0.53, 0.14};  // weights of 1, 2, 3 … on the first plane
  double second_plane = 0.27;                      // one more step on another plane
  int second_regions = 1;                          // most regions of that one; 0: any
  double height_min = 0.02, height_max = 1;
  double offset = 0.5;  // planes lie within +-offset
  double cut_step = 0, intersect_step = 0;
  double ascending = 1;  // steps of one plane in order of their signed heights

  // Quantisation and gates
  double half_side = 100;   // the longest side becomes twice this
  double least_length = 1;  // of a curve's chord, in program units
  int most_chars = 800;    // of the program
  double box_error = 1.2;   // how far the longest side may miss 2 half_side by quantisation
  double least_effect = 0;  // part of the volume a step must change
  bool rotations = false;   // parts equal but for one of the cube's 24 turns count as one
  int attempts = 1000;      // tries within one sample before it is given up

  bool operator==(const Knobs&) const = default;
};

// Reads a YAML file over the defaults. Throws Error(kInput) for a file that
// cannot be read, and Error(kValue) naming the place of an unknown key, a value
// of the wrong type or one outside its range.
Knobs load_knobs(const std::string& path);
Knobs parse_knobs(const std::string& yaml, const std::string& name = "");

// `key=value` words, as on the command line: "concentric=0.4", "steps=[1,2]".
void override_knobs(Knobs& knobs, const std::string& word);

// One line, every key in order: what decides the samples besides seed and index.
std::string fingerprint(const Knobs& knobs);

}  // namespace cadrecode::procgen
