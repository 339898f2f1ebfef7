// STEP (ISO 10303-214) out and in.
#include <fmt/format.h>

#include <APIHeaderSection_MakeHeader.hxx>
#include <IFSelect_ReturnStatus.hxx>
#include <Interface_HArray1OfHAsciiString.hxx>
#include <Interface_Static.hxx>
#include <STEPControl_Controller.hxx>
#include <STEPControl_Reader.hxx>
#include <STEPControl_Writer.hxx>
#include <StepBasic_Product.hxx>
#include <StepData_Protocol.hxx>
#include <StepData_StepModel.hxx>
#include <StepData_StepWriter.hxx>
#include <TColStd_SequenceOfAsciiString.hxx>
#include <TCollection_HAsciiString.hxx>
#include <XSControl_WorkSession.hxx>
#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <sstream>

#include "base/files.h"
#include "geometry/brep/export.h"
#include "geometry/brep/import.h"
#include "geometry/brep/occ.h"

namespace cadrecode::brep {
namespace {

// The kernel's word for a unit of length.
std::string kernel_unit(const std::string& unit) {
  static const std::map<std::string, std::string> kWords = {
      {"mm", "MM"}, {"cm", "CM"}, {"m", "M"}, {"in", "INCH"}, {"inch", "INCH"}, {"ft", "FT"}};
  auto it = kWords.find(unit);
  if (it == kWords.end()) {
    fail_value("unknown unit '" + unit + "'; STEP files are written in mm, cm, m, in or ft");
  }
  return it->second;
}

std::string short_unit(std::string word) {
  for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  static const std::map<std::string, std::string> kWords = {
      {"millimetre", "mm"}, {"millimeter", "mm"}, {"mm", "mm"},   {"centimetre", "cm"},
      {"centimeter", "cm"}, {"metre", "m"},       {"meter", "m"}, {"inch", "in"},
      {"foot", "ft"},       {"micrometre", "um"}, {"um", "um"}};
  auto it = kWords.find(word);
  return it == kWords.end() ? word : it->second;
}

Handle(TCollection_HAsciiString) text(const std::string& s) {
  return new TCollection_HAsciiString(s.c_str());
}

// Before a reader or writer is made, which copy these settings.
void set_units(const std::string& unit) {
  STEPControl_Controller::Init();
  Interface_Static::SetCVal("xstep.cascade.unit", unit.c_str());
  Interface_Static::SetCVal("write.step.unit", unit.c_str());
}

void write_header(const Handle(StepData_StepModel) & model, const std::string& name) {
  APIHeaderSection_MakeHeader header(model);
  Handle(Interface_HArray1OfHAsciiString) empty = new Interface_HArray1OfHAsciiString(1, 1);
  empty->SetValue(1, text(""));
  header.SetName(text(name));
  header.SetTimeStamp(text("1970-01-01T00:00:00"));  // the same part, the same bytes
  header.SetAuthor(empty);
  header.SetOrganization(empty);
  header.SetPreprocessorVersion(text("cadrecode"));
  header.SetOriginatingSystem(text("cadrecode"));
}

// The kernel numbers products through the life of the process; the file must not show it.
void name_products(const Handle(StepData_StepModel) & model, const std::string& name) {
  int number = 0;
  for (int i = 1; i <= model->NbEntities(); ++i) {
    Handle(StepBasic_Product) product = Handle(StepBasic_Product)::DownCast(model->Value(i));
    if (product.IsNull()) continue;
    std::string label = ++number == 1 ? name : name + " " + std::to_string(number);
    product->SetId(text(label));
    product->SetName(text(label));
  }
}

std::string first_product(const Handle(Interface_InterfaceModel) & model) {
  for (int i = 1; i <= model->NbEntities(); ++i) {
    Handle(StepBasic_Product) product = Handle(StepBasic_Product)::DownCast(model->Value(i));
    if (!product.IsNull() && !product->Name().IsNull()) return product->Name()->ToCString();
  }
  return "";
}

// A name as ISO 10303-21 writes it: other letters than ASCII as \X2\, four hexadecimal
// digits, \X0\. Quotes, backslashes and control characters become underscores.
std::string encoded(const std::string& name) {
  std::string out;
  for (size_t i = 0; i < name.size();) {
    auto lead = static_cast<unsigned char>(name[i++]);
    if (lead < 0x80) {
      out += lead < 32 || lead == '\'' || lead == '\\' ? '_' : static_cast<char>(lead);
      continue;
    }
    int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    unsigned symbol = lead & (0x3F >> more);
    for (; more > 0 && i < name.size(); --more) {
      symbol = symbol << 6 | (static_cast<unsigned char>(name[i++]) & 0x3F);
    }
    out += symbol > 0xFFFF ? "_" : fmt::format("\\X2\\{:04X}\\X0\\", symbol);
  }
  return out.empty() ? "part" : out;
}

// The kernel writes the backslashes of an encoded name twice.
std::string with_single_backslashes(std::string text, const std::string& name) {
  if (name.find('\\') == std::string::npos) return text;
  std::string doubled;
  for (char c : name) doubled += c == '\\' ? "\\\\" : std::string(1, c);
  for (size_t at = text.find(doubled); at != std::string::npos; at = text.find(doubled, at)) {
    text.replace(at, doubled.size(), name);
    at += name.size();
  }
  return text;
}

}  // namespace

std::string step_text(const Shape& shape, const ExportOptions& options) {
  return guarded("write a STEP file", [&] {
    check_size(occ(shape), "write a STEP file");
    std::string unit = kernel_unit(options.unit), name = encoded(options.name);
    set_units(unit);
    Interface_Static::SetIVal("write.surfacecurve.mode", 1);
    Interface_Static::SetIVal("write.precision.mode", 0);
    Interface_Static::SetCVal("write.step.product.name", name.c_str());
    STEPControl_Writer writer;
    if (writer.Transfer(occ(shape), STEPControl_AsIs) != IFSelect_RetDone) {
      throw Error(ErrorKind::kGeometry, "the shape could not be translated to STEP");
    }
    Handle(StepData_StepModel) model = writer.Model();
    name_products(model, name);
    write_header(model, name);
    StepData_StepWriter out(model);
    out.SendModel(Handle(StepData_Protocol)::DownCast(writer.WS()->Protocol()));
    std::ostringstream stream;
    stream.imbue(std::locale::classic());
    if (!out.Print(stream)) throw Error(ErrorKind::kGeometry, "the STEP text could not be made");
    return with_single_backslashes(stream.str(), name);
  });
}

Imported import_step(const std::string& path) {
  return guarded("read a STEP file", [&] {
    if (!std::ifstream(path)) read_file(path);  // says why it cannot be read
    set_units("MM");
    STEPControl_Reader reader;
    if (reader.ReadFile(path.c_str()) != IFSelect_RetDone) {
      throw Error(ErrorKind::kInput, "not a readable STEP file", {path});
    }
    for (int i = 1; i <= reader.NbRootsForTransfer(); ++i) reader.TransferRoot(i);
    Imported result;
    for (int i = 1; i <= reader.NbShapes(); ++i) {
      if (!reader.Shape(i).IsNull()) result.shapes.push_back(wrap(reader.Shape(i)));
    }
    if (result.shapes.empty()) {
      throw Error(ErrorKind::kInput, "the STEP file holds no shape that can be read", {path});
    }
    TColStd_SequenceOfAsciiString lengths, angles, solid_angles;
    reader.FileUnits(lengths, angles, solid_angles);
    if (!lengths.IsEmpty()) result.unit = short_unit(lengths.First().ToCString());
    result.name = first_product(reader.Model());
    return result;
  });
}

}  // namespace cadrecode::brep
