// From meshes and clouds to a shaded canvas, under an orthographic camera.
#pragma once

#include "geometry/render/raster.h"

namespace cadrecode::render {

// Projects to screen: x right, y down, z away from the camera; `scale` pixels
// a unit, `center` (a world point) at the canvas' middle.
struct Camera {
  Vec3 right{1, 0, 0}, up{0, 0, 1}, toward{0, -1, 0};  // unit; toward the camera
  Vec3 center;
  double scale = 1;
  double middle_x = 0, middle_y = 0;

  Vec3 project(Vec3 p) const {
    const Vec3 d = p - center;
    return {middle_x + dot(d, right) * scale, middle_y - dot(d, up) * scale,
            -dot(d, toward) * scale};
  }
};

Camera aimed_camera(double azimuth_deg, double elevation_deg);

// Sets center, scale and middle so that all subjects fit a canvas of this size.
void frame_subjects(Camera& camera, const std::vector<Subject>& subjects, int width, int height,
                    double margin);

// Fills the canvas: backdrop, the subject, its edges and outline. Deviations
// are coloured over [-range, range]. `pixel` samples make a pixel of the result.
void draw_subject(Canvas& canvas, const Camera& camera, const Subject& subject, double range,
                  double crease_deg, int pixel);

// X, Y and Z as seen by the camera, about `origin` on the canvas.
void draw_axes(Canvas& canvas, const Camera& camera, Vec2 origin, double length, int pixel);

}  // namespace cadrecode::render
