// Inside the room: one completion, put together from the pieces of its stream.
#pragma once

#include <string>
#include <vector>

namespace cadrecode::chat {

struct CallAsked {
  std::string id, name, arguments;
};

// Fed with the bytes of an answer as they come, in whatever pieces.
class Assembler {
 public:
  // Returns the words that these bytes completed. Errors: kSyntax for an event that
  // is not JSON or not a completion, kInput for an error event of the server.
  std::string feed(const char* data, size_t size);
  // After the last byte. Errors: kSyntax for an answer that is no completion, kInput
  // for a stream that ended before it was done.
  void finish();

  std::string text;
  std::vector<CallAsked> calls;
  long long tokens_in = 0, tokens_out = 0;

 private:
  void event(const std::string& data);
  void whole(const std::string& body);  // not streamed, though asked for
  std::string buffer_;
  bool streamed_ = false, done_ = false;
};

}  // namespace cadrecode::chat
