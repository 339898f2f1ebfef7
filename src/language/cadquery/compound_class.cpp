// Compound: collections and text.
#include "geometry/brep/solid.h"
#include "geometry/brep/text.h"
#include "language/cadquery/shape_methods.h"
#include "language/cadquery/text_options.h"

namespace cadrecode::cadquery {
namespace {

Value make_compound(Arguments& a, Interpreter& interpreter) {
  return shape_value(brep::make_compound(shapes(a, "listOfShapes", interpreter)));
}

Value make_text(Arguments& a, Interpreter&) {
  const Frame position =
      a.is_none("position") ? Frame() : a.object<PlaneObject>("position", "a Plane").frame;
  return shape_value(brep::make_text(a.string("text"), a.number("size"), a.number("height"),
                                     text_options(a, "fontPath"), position));
}

}  // namespace

brep::TextOptions text_options(const Arguments& a, std::string_view path) {
  brep::TextOptions options;
  options.font = a.string("font");
  options.font_path = a.optional_string(path).value_or("");
  const std::string& kind = a.string("kind");
  if (kind == "bold")
    options.kind = brep::TextOptions::Kind::kBold;
  else if (kind == "italic")
    options.kind = brep::TextOptions::Kind::kItalic;
  else if (kind != "regular")
    interpreter::throw_value_error("font kind '" + kind + "' is not regular, bold or italic");
  // Any other word is right and top, as in CadQuery.
  const std::string& horizontal = a.string("halign");
  options.halign = horizontal == "left"     ? brep::TextOptions::Horizontal::kLeft
                   : horizontal == "center" ? brep::TextOptions::Horizontal::kCenter
                                            : brep::TextOptions::Horizontal::kRight;
  const std::string& vertical = a.string("valign");
  options.valign = vertical == "bottom"   ? brep::TextOptions::Vertical::kBottom
                   : vertical == "center" ? brep::TextOptions::Vertical::kCenter
                                          : brep::TextOptions::Vertical::kTop;
  return options;
}

void add_compound_class(Type& t) {
  add_feature_methods(t);
  t.static_method("makeCompound", "listOfShapes", make_compound)
      .static_method("makeText",
                     "text, size, height, font='Arial', fontPath=None, kind='regular', "
                     "halign='center', valign='center', position=None",
                     make_text);
}

}  // namespace cadrecode::cadquery
