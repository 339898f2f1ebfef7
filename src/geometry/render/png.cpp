#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image_write.h>
#pragma GCC diagnostic pop

#include "base/error.h"
#include "base/files.h"
#include "geometry/render/picture.h"

namespace cadrecode::render {

std::string png_bytes(const Picture& picture) {
  static_assert(sizeof(Color) == 3);
  std::string bytes;
  const auto append = [](void* out, void* data, int size) {
    static_cast<std::string*>(out)->append(static_cast<const char*>(data),
                                           static_cast<size_t>(size));
  };
  if (!stbi_write_png_to_func(append, &bytes, picture.width, picture.height, 3,
                              picture.pixels.data(), picture.width * 3)) {
    throw Error(ErrorKind::kInternal, "the picture could not be encoded");
  }
  return bytes;
}

void write_png(const Picture& picture, const std::string& path) {
  write_file(path, png_bytes(picture));
}

}  // namespace cadrecode::render
