#include "learning/runlog/runlog.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "base/error.h"
#include "base/files.h"
#include "learning/runlog/curves.h"

namespace cadrecode::runlog {
namespace {

namespace fs = std::filesystem;

class RunLogTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "runlog_" +
              testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string log() const { return folder_ + "/log.jsonl"; }
  std::string folder_;
};

TEST(TensorBoard, ChecksumsAsPublished) {
  EXPECT_EQ(crc32c("123456789"), 0xE3069283u);            // the check value of CRC-32C
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAu);  // RFC 3720, B.4
}

// The bytes `tensorboard`'s own writer makes for the same event; see
// tools/reference/tensorboard_events.py, which also reads our files with it.
TEST(TensorBoard, EventBytes) {
  const std::string event = scalar_event(1.5, 300, {{"loss", 0.25}});
  const unsigned char expected[] = {0x09, 0,    0,    0,    0,    0,    0,    0xF8, 0x3F,
                                    0x10, 0xAC, 0x02, 0x2A, 0x0D, 0x0A, 0x0B, 0x0A, 0x04,
                                    'l',  'o',  's',  's',  0x15, 0,    0,    0x80, 0x3E};
  EXPECT_EQ(event, std::string(reinterpret_cast<const char*>(expected), sizeof expected));
  EXPECT_EQ(tf_record(event).size(), event.size() + 16);
}

TEST_F(RunLogTest, RowsComeBack) {
  {
    RunLog run(folder_, 0);
    run.write({10, 1.25, {{"loss", 0.5}, {"iou", NAN}}});
    run.write({20, 2.5, {{"loss", 0.25}}});
  }
  const auto rows = read_log(log());
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].step, 10);
  EXPECT_EQ(rows[0].seconds, 1.25);
  EXPECT_EQ(rows[0].scalars[0].value, 0.5);
  EXPECT_TRUE(std::isnan(rows[0].scalars[1].value));
  EXPECT_NE(read_file(log()).find("\"iou\":null"), std::string::npos);
}

TEST_F(RunLogTest, ResumingDropsWhatIsMadeAgain) {
  {
    RunLog run(folder_, 0);
    for (int step = 10; step <= 50; step += 10)
      run.write({step, 1.0 * step, {{"loss", 1.0 / step}}});
  }
  const std::string half = read_file(log());
  write_file(log(), half + "{\"step\": 60, \"sec");  // killed while writing
  {
    RunLog run(folder_, 30);
    run.write({40, 99, {{"loss", 7}}});
  }
  const auto rows = read_log(log());
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[2].step, 30);
  EXPECT_EQ(rows[3].scalars[0].value, 7);
}

TEST_F(RunLogTest, EveryPrefixOfALogIsReadOrRefused) {
  const std::string text =
      "{\"step\":1,\"seconds\":2,\"loss\":0.5}\n{\"step\":2,\"seconds\":3,\"loss\":0.4}\n";
  for (size_t n = 0; n <= text.size(); ++n) {
    write_file(log(), text.substr(0, n));
    EXPECT_EQ(read_log(log()).size(), n == text.size() ? 2u : n > text.find('\n') ? 1u : 0u) << n;
  }
  write_file(log(), "{\"step\":1,\"seconds\":2}\nnonsense\n");
  try {
    read_log(log());
    FAIL();
  } catch (const Error& e) {
    EXPECT_EQ(e.place().line, 2);
  }
}

TEST(Curves, DrawsEachValueAndRun) {
  std::vector<runlog::Run> runs = {{"a<b", {{1, 0, {{"loss", 1}, {"rate", 0}}}, {2, 0, {{"loss", 0.1}}}}},
                           {"c", {{1, 0, {{"loss", 2}}}}}};
  const std::string svg = curves_svg(runs, {{}, true, 0.9});
  EXPECT_NE(svg.find(">loss<"), std::string::npos);
  EXPECT_NE(svg.find(">rate<"), std::string::npos);
  EXPECT_NE(svg.find("a&lt;b"), std::string::npos);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(svg.find("inf"), std::string::npos);
}

TEST(Curves, NamesWhatIsMissing) {
  const std::vector<runlog::Run> runs = {{"a", {{1, 0, {{"loss", 1}}}}}};
  EXPECT_THROW(curves_svg(std::vector<runlog::Run>{{"a", {}}}, {}), Error);
  try {
    curves_svg(runs, {{"los"}, false, 0});
    FAIL();
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("did you mean 'loss'"), std::string::npos);
  }
}

}  // namespace
}  // namespace cadrecode::runlog
