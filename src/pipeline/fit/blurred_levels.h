// Levels of noisy points: the distribution of heights as normal peaks of known width
// over a background, so that faces three standard deviations apart are two.
//
// Method: peaks start where a narrow density estimate has its maxima and are fitted
// together by expectation-maximisation (Dempster et al. 1977) on bins; those
// that chance or their neighbours' skirts explain are taken out, weakest first.
#pragma once

#include <vector>

#include "pipeline/fit/levels.h"

namespace cadrecode::fit {

// Ascending; weights are numbers of points. `noise`: standard deviation of the
// points across their faces, > 0; `size` of the part.
std::vector<Level> blurred_levels(const std::vector<double>& heights, double noise, double size);

}  // namespace cadrecode::fit
