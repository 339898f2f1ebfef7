// What learning/model computes, for tools/reference/model_check.py.
//
//   model_dump run FOLDER ADAPTER|- IN OUT   logits of IN, through the cache and by full pass, loss
//   and
//                                            every gradient, of the model in FOLDER with the
//                                            adapter
//   model_dump write CASE FOLDER ADAPTER     a fresh model and adapter; CASE is a config.json
//   model_dump merge FOLDER ADAPTER OUT      the merged model
//
// IN holds ids, mask, labels (int64 [B, L], right-padded; mask -1 on points) and points [B, P, 3].
#include <ATen/ATen.h>

#include <cstdio>
#include <cstring>
#include <memory>

#include "base/error.h"
#include "base/files.h"
#include "learning/checkpoint/safetensors.h"
#include "learning/model/folder.h"
#include "learning/model/generate.h"

using namespace cadrecode;
using namespace cadrecode::model;

namespace {

std::vector<Sample> read_samples(const std::string& path) {
  const auto in = checkpoint::Weights::open(path);
  const auto shape = in.find("ids")->shape;
  const auto read = [&](const char* name) {
    const auto& t = in.at(name, shape);
    std::vector<int64_t> out(t.count());
    std::memcpy(out.data(), t.data.data(), t.data.size());
    return out;
  };
  const auto ids = read("ids"), mask = read("mask"), labels = read("labels");
  const auto points =
      in.find("points") ? checkpoint::floats_of(*in.find("points")) : std::vector<float>();
  const auto rows = static_cast<size_t>(shape[0]), columns = static_cast<size_t>(shape[1]);
  std::vector<Sample> out;
  for (size_t b = 0; b < rows; ++b) {
    Sample s;
    s.first_target = static_cast<int64_t>(columns);
    for (size_t i = b * columns; i < (b + 1) * columns && mask[i] != 0; ++i) {
      if (labels[i] >= 0)
        s.first_target = std::min(s.first_target, static_cast<int64_t>(s.tokens.size()));
      s.tokens.push_back(mask[i] == -1 ? kPointSlot : ids[i]);
    }
    const size_t share = points.size() / rows;
    s.points.assign(points.begin() + static_cast<std::ptrdiff_t>(b * share),
                    points.begin() + static_cast<std::ptrdiff_t>((b + 1) * share));
    out.push_back(std::move(s));
  }
  return out;
}

void run(const std::string& folder, const std::string& adapter, const std::string& in,
         const std::string& out) {
  Model model = load_model(folder, {});
  if (adapter != "-") add_adapter(model, adapter);
  for_each_tensor(model, [](const std::string&, Tensor& t) { t.set_requires_grad(true); });
  const auto samples = read_samples(in);
  const Batch batch = make_batch(samples, 3, at::kCPU);
  std::vector<std::pair<std::string, Tensor>> results;
  results.emplace_back("logits", logits(model, hidden_states(model, batch)).detach());
  std::vector<Tensor> cached;
  for (const Sample& s : samples) cached.push_back(logits_through_cache(model, s));
  results.emplace_back("cached", at::cat(cached));
  const Tensor value = loss(model, batch);
  value.backward();
  results.emplace_back("loss", value.detach().view({1}));
  for_each_tensor(model, [&](const std::string& name, Tensor& t) {
    if (t.grad().defined()) results.emplace_back("grad." + name, t.grad());
  });
  std::vector<checkpoint::TensorSource> sources;
  for (auto& [name, tensor] : results) {
    const Tensor host = tensor.contiguous();
    sources.push_back({name, checkpoint::DType::kF32, host.sizes().vec(), [host] {
                         return std::span(static_cast<const std::byte*>(host.data_ptr()),
                                          host.nbytes());
                       }});
  }
  checkpoint::write_safetensors(out, std::move(sources));
}

void write(const std::string& config_path, const std::string& folder, const std::string& adapter) {
  const auto config = checkpoint::parse_config(read_file(config_path), config_path);
  Model model = make_model(config, 42, at::kFloat, at::kFloat, at::kCPU);
  save_model(model, folder, at::kFloat, 30000);
  checkpoint::AdapterConfig lora;
  lora.r = 4;
  lora.alpha = 6;
  lora.target_modules = {"q_proj",    "k_proj",  "v_proj",   "o_proj",
                         "gate_proj", "up_proj", "down_proj"};
  lora.base_model = folder;
  add_lora(model, lora, 7);
  for_each_linear(model, [](const std::string&, Linear& l) {
    l.lora->b.copy_(at::linspace(-0.1, 0.1, l.lora->b.numel()).view(l.lora->b.sizes()));
  });
  save_adapter(model, lora, adapter);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string word = argc > 1 ? argv[1] : "";
    if (word == "run" && argc == 6) return run(argv[2], argv[3], argv[4], argv[5]), 0;
    if (word == "write" && argc == 5) return write(argv[2], argv[3], argv[4]), 0;
    if (word == "merge" && argc == 5) {
      Model model = load_model(argv[2], {});
      add_adapter(model, argv[3]);
      return save_model(model, argv[4], at::kFloat), 0;
    }
    std::fprintf(stderr, "model_dump run|write|merge: see the head of its source\n");
    return 2;
  } catch (const Error& error) {
    std::fprintf(stderr, "model_dump: %s\n", error.what());
    return 1;
  }
}
