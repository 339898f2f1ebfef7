// The notebook: text around program_text().
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "pipeline/parametrize/program.h"

namespace cadrecode::parametrize {
namespace {

using nlohmann::ordered_json;

constexpr const char* kSliders = R"py(import cadquery as cq
import ipywidgets as widgets
from IPython.display import display

state = {}  # of the part shown: "solid", "volume"; "error" where the last move broke it
picture, facts = widgets.HTML(), widgets.HTML()


def slider(p):
    kind = widgets.IntSlider if p["count"] else widgets.FloatSlider
    more = {} if p["count"] else {"readout_format": ".4g"}
    limits = [f"not below {p['low']:g}: {p['below']}"] if p["below"] else []
    limits += [f"not above {p['high']:g}: {p['above']}"] if p["above"] else []
    return kind(value=p["value"], min=p["low"], max=p["high"], step=p["step"] or 1, description=p["name"],
                tooltip="; ".join([p["what"]] + limits), continuous_update=False,
                style={"description_width": "14em"}, layout={"width": "44em"}, **more)


sliders = {p["name"]: slider(p) for p in PARAMETERS}


def update(change=None):
    try:
        solid = FUNCTION(**{name: s.value for name, s in sliders.items()})
        shape = solid.val() if solid.size() == 1 else cq.Compound.makeCompound(solid.vals())
        if not shape.isValid() or shape.Volume() <= 0:
            raise ValueError("these dimensions give no valid solid")
    except Exception as error:
        state["error"] = str(error) or type(error).__name__
        facts.value = f"<b>Broken:</b> {state['error']} (the last good part is shown)"
        return
    box = shape.BoundingBox()
    state.update(solid=solid, volume=shape.Volume(), error=None)
    facts.value = f"volume {shape.Volume():.6g} &nbsp; size {box.xlen:.5g} &times; {box.ylen:.5g} &times; {box.zlen:.5g} UNIT"
    options = {"width": 640, "height": 440, "marginLeft": 20, "marginTop": 20, "showAxes": False,
               "projectionDir": (-1, -1.4, 0.9), "showHidden": False}
    picture.value = cq.exporters.getSVG(shape, options)


for s in sliders.values():
    s.observe(update, names="value")
update()
display(widgets.VBox([facts, picture, *sliders.values()]))
)py";

constexpr const char* kExport = R"py(# Keep what the sliders say now:
# cq.exporters.export(state["solid"], "FUNCTION.step")
# print({name: s.value for name, s in sliders.items()})
)py";

std::string filled(std::string text, const Model& model) {
  for (const auto& [word, with] :
       {std::pair<std::string, std::string>{"FUNCTION", model.name}, {"UNIT", model.unit}}) {
    for (size_t at; (at = text.find(word)) != std::string::npos;)
      text.replace(at, word.size(), with);
  }
  return text;
}

// A Python literal; JSON's is one but for true and false.
std::string literal(const Parameter& p) {
  const auto quoted = [](const std::string& s) { return ordered_json(s).dump(); };
  return fmt::format(
      "    dict(name={}, what={},\n         value={}, low={}, high={}, step={}, count={},\n"
      "         below={}, above={}),\n",
      quoted(p.name), quoted(p.what), p.value, p.low, p.high, p.step, p.count ? "True" : "False",
      quoted(p.below), quoted(p.above));
}

ordered_json cell(const char* kind, const std::string& id, const std::string& text) {
  ordered_json lines = ordered_json::array();
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size() - 1);
    lines.push_back(text.substr(at, end + 1 - at));
    at = end + 1;
  }
  ordered_json out = {{"cell_type", kind}, {"id", id}, {"metadata", ordered_json::object()}};
  if (kind == std::string("code")) {
    out["execution_count"] = nullptr;
    out["outputs"] = ordered_json::array();
  }
  out["source"] = lines;
  return out;
}

}  // namespace

std::string notebook_text(const Model& model) {
  std::string title = fmt::format(
      "# {}\n\n{} dimensions. Run all cells, then move the sliders; each stays where the part is "
      "sound.\nNeeds `pip install cadquery ipywidgets`.\n",
      model.name, model.parameters.size());
  std::string parameters = "PARAMETERS = [\n";
  for (const Parameter& p : model.parameters) parameters += literal(p);
  parameters += "]\n";
  ordered_json out;
  out["cells"] = {cell("markdown", "title", title), cell("code", "part", program_text(model)),
                  cell("code", "parameters", parameters),
                  cell("code", "sliders", filled(kSliders, model)),
                  cell("code", "export", filled(kExport, model))};
  out["metadata"] = {
      {"kernelspec", {{"display_name", "Python 3"}, {"language", "python"}, {"name", "python3"}}},
      {"language_info", {{"name", "python"}}}};
  out["nbformat"] = 4;
  out["nbformat_minor"] = 5;
  return out.dump(1) + "\n";
}

}  // namespace cadrecode::parametrize
