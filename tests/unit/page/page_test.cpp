#include "pipeline/page/page.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "pipeline/page/assets.h"

namespace cadrecode::page {
namespace {

TEST(Page, NothingFromTheOutside) {
  Sliders s;
  s.title = "<b>\"plate\"</b>";
  s.model = "{\"name\":\"</script><script>alert(1)</script>\"}";
  s.program = "# </pre> & more";
  const std::string html = sliders_page(s);
  EXPECT_EQ(html.find("<script src"), std::string::npos);
  EXPECT_EQ(html.find("<link"), std::string::npos);
  EXPECT_EQ(html.find("</script><script>alert"), std::string::npos);
  EXPECT_EQ(html.find("<b>\"plate"), std::string::npos);
  EXPECT_EQ(html.find("# </pre>"), std::string::npos);
  EXPECT_GT(html.size(), 1'000'000u);
}

TEST(Page, FillsEachPlaceholderOnce) {
  EXPECT_EQ(filled("a{{x}}b{{y}}", {{"x", "{{y}}"}, {"y", "2"}}), "a{{y}}b2");
  EXPECT_THROW(filled("{{z}}", {}), Error);
}

TEST(Page, Base64) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Page, ComparisonHoldsPartAndInput) {
  Comparison c;
  c.title = "scan";
  c.verdict = "good";
  c.part.vertices = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}};
  c.part.triangles = {{0, 1, 2}};
  c.deviation = {0, 0.1, -0.2};
  c.input_cloud.points = {{0, 0, 0}, {1, 1, 0}};
  const std::string html = comparison_page(c);
  EXPECT_NE(html.find("\"points\""), std::string::npos);
  EXPECT_NE(html.find("class=\"badge good\""), std::string::npos);
}

}  // namespace
}  // namespace cadrecode::page
