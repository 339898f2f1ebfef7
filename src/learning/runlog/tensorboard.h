// TensorBoard's event files: what `tensorboard --logdir RUN` reads.
//
// A file is a sequence of TFRecords, each
//   uint64 length | uint32 masked CRC-32C of those 8 bytes | data | uint32 masked CRC-32C of data
// (little endian); the data is an Event message in protocol buffers' wire
// format. The first event carries the file version "brain.Event:2".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cadrecode::runlog {

struct Scalar {
  std::string name;
  double value = 0;
};

// CRC-32C (Castagnoli), and its masked form as TFRecord stores it.
uint32_t crc32c(const std::string& bytes);
uint32_t masked_crc32c(const std::string& bytes);

// The data of one record around itself.
std::string tf_record(const std::string& data);

// Events, not yet framed. `wall_time` in seconds since 1970.
std::string version_event(double wall_time);
std::string scalar_event(double wall_time, int64_t step, const std::vector<Scalar>& scalars);
// Tells TensorBoard to forget what other files say of `step` and later.
std::string restart_event(double wall_time, int64_t step);

}  // namespace cadrecode::runlog
