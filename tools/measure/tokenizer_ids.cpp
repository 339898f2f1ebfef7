// tokenizer_ids TOKENIZER.json IN OUT: for tools/reference/tokenizer_ids.py.
// IN holds texts, each behind its length (uint32); OUT gets for each the count
// and the ids (int32), and the length and bytes of the decoded text.
#include <cstdint>
#include <cstdio>
#include <fstream>

#include "learning/tokenizer/tokenizer.h"

int main(int count, char** arguments) {
  if (count != 4) {
    std::fprintf(stderr, "usage: tokenizer_ids TOKENIZER.json IN OUT\n");
    return 2;
  }
  auto tokenizer = cadrecode::tokenizer::Tokenizer::load(arguments[1]);
  std::ifstream in(arguments[2], std::ios::binary);
  std::ofstream out(arguments[3], std::ios::binary);
  auto put = [&](const void* data, uint32_t number, size_t size) {
    out.write(reinterpret_cast<const char*>(&number), sizeof number);
    out.write(static_cast<const char*>(data), static_cast<std::streamsize>(number * size));
  };
  uint32_t length = 0;
  while (in.read(reinterpret_cast<char*>(&length), sizeof length)) {
    std::string text(length, '\0');
    in.read(text.data(), length);
    auto ids = tokenizer.encode(text);
    std::string back = tokenizer.decode(ids);
    put(ids.data(), static_cast<uint32_t>(ids.size()), sizeof(int32_t));
    put(back.data(), static_cast<uint32_t>(back.size()), 1);
  }
}
