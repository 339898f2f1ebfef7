// Inside the room: the files of web/ and third_party/web, linked into the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cadrecode::page {

// "three.js", "manifold.js", "manifold.wasm"; "viewer.js", "style.css", ….
std::string_view asset(const std::string& name);

// `text` with every "{{name}}" replaced once; a name that is not given is a
// defect (kInternal). What is put in is not looked at again.
std::string filled(std::string_view text,
                   const std::vector<std::pair<std::string, std::string>>& values);

std::string in_script(std::string text);  // JSON inside <script>
std::string base64(std::string_view bytes);

}  // namespace cadrecode::page
