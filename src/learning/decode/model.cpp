#include "learning/decode/model.h"

#include "base/error.h"
#include "learning/checkpoint/names.h"
#include "learning/checkpoint/safetensors.h"

namespace cadrecode::decode {
namespace {

using checkpoint::DType;
using checkpoint::ModelConfig;
using checkpoint::Tensor;
using checkpoint::Weights;

struct Loader {
  std::shared_ptr<const Weights> weights;
  ModelConfig config;
  WeightFormat format;
  Pool& pool;

  std::vector<float> vector(const std::string& name, int64_t size) const {
    return checkpoint::floats_of(weights->at(name, {size}));
  }
  std::vector<float> vector_if(bool there, const std::string& name, int64_t size) const {
    return there ? vector(name, size) : std::vector<float>{};
  }

  Matrix matrix(const std::string& name, int64_t rows, int64_t k, WeightFormat wanted) const {
    const Tensor& tensor = weights->at(name, {rows, k});
    const auto address = reinterpret_cast<uintptr_t>(tensor.data.data());
    if ((wanted == WeightFormat::kFloat32 && tensor.dtype == DType::kF32 && address % 4 == 0) ||
        (wanted == WeightFormat::kBfloat16 && tensor.dtype == DType::kBF16 && address % 2 == 0)) {
      return {wanted, static_cast<size_t>(rows), static_cast<size_t>(k),
              reinterpret_cast<const uint8_t*>(tensor.data.data()), weights};
    }
    Matrix made = make_matrix(
        wanted, static_cast<size_t>(rows), static_cast<size_t>(k),
        [&](size_t first, size_t count, float* out) {
          const size_t width = static_cast<size_t>(k);
          checkpoint::to_floats(tensor.dtype,
                                tensor.data.data() + first * width * bytes_of(tensor.dtype),
                                count * width, out);
        },
        pool);
    weights->forget(tensor);
    return made;
  }

  Layer layer(int64_t n) const {
    const ModelConfig& c = config;
    const auto name = [n](const char* rest) { return checkpoint::layer_name(n, rest); };
    const int64_t q_size = c.num_attention_heads * c.head_dim;
    const int64_t kv_size = c.num_key_value_heads * c.head_dim;
    const bool norms = c.architecture == checkpoint::Architecture::kQwen3;
    Layer l;
    l.input_norm = vector(name("input_layernorm.weight"), c.hidden_size);
    l.post_norm = vector(name("post_attention_layernorm.weight"), c.hidden_size);
    l.q_bias = vector_if(c.qkv_bias, name("self_attn.q_proj.bias"), q_size);
    l.k_bias = vector_if(c.qkv_bias, name("self_attn.k_proj.bias"), kv_size);
    l.v_bias = vector_if(c.qkv_bias, name("self_attn.v_proj.bias"), kv_size);
    l.o_bias = vector_if(c.o_bias, name("self_attn.o_proj.bias"), c.hidden_size);
    l.q_norm = vector_if(norms, name("self_attn.q_norm.weight"), c.head_dim);
    l.k_norm = vector_if(norms, name("self_attn.k_norm.weight"), c.head_dim);
    l.q = matrix(name("self_attn.q_proj.weight"), q_size, c.hidden_size, format);
    l.k = matrix(name("self_attn.k_proj.weight"), kv_size, c.hidden_size, format);
    l.v = matrix(name("self_attn.v_proj.weight"), kv_size, c.hidden_size, format);
    l.o = matrix(name("self_attn.o_proj.weight"), c.hidden_size, q_size, format);
    l.gate = matrix(name("mlp.gate_proj.weight"), c.intermediate_size, c.hidden_size, format);
    l.up = matrix(name("mlp.up_proj.weight"), c.intermediate_size, c.hidden_size, format);
    l.down = matrix(name("mlp.down_proj.weight"), c.hidden_size, c.intermediate_size, format);
    return l;
  }

  // Its features need fp32 (their sines turn fast); its blocks were trained in bf16
  // and are few, so they are never quantised further.
  PointEncoder point_encoder() const {
    const WeightFormat blocks =
        format == WeightFormat::kFloat32 ? WeightFormat::kFloat32 : WeightFormat::kBfloat16;
    EncoderSource source;
    source.matrix = [&](const std::string& name, int64_t rows, int64_t k, bool exact) {
      return matrix(name, rows, k, exact ? WeightFormat::kFloat32 : blocks);
    };
    source.vector = [&](const std::string& name, int64_t size) {
      return name == checkpoint::kPointWeight
                 ? checkpoint::floats_of(
                       weights->at(name, {config.hidden_size, checkpoint::kPointFeatures}))
                 : vector(name, size);
    };
    return load_point_encoder(config, source);
  }
};

WeightFormat stored_format(DType dtype) {
  return dtype == DType::kBF16 ? WeightFormat::kBfloat16 : WeightFormat::kFloat32;
}

}  // namespace

size_t Model::weight_bytes() const {
  size_t total = head.bytes();
  for (const Layer& l : layers) {
    for (const Matrix* m : {&l.q, &l.k, &l.v, &l.o, &l.gate, &l.up, &l.down}) total += m->bytes();
  }
  return total;
}

std::shared_ptr<const Model> load_model(const std::string& folder,
                                        std::optional<WeightFormat> format, size_t threads) {
  const ModelConfig config = checkpoint::read_config(folder);
  if (config.point_encoder.normals) {
    throw Error(ErrorKind::kUnsupported,
                "the model's point encoder wants normals, which decoding does not have",
                {folder + "/config.json"});
  }
  auto weights = std::make_shared<const Weights>(Weights::open(folder));
  checkpoint::check_weights(*weights, config);
  const std::string embedding(checkpoint::kEmbedding), head(checkpoint::kHead);
  const Tensor& table = weights->at(embedding, {config.vocab_size, config.hidden_size});
  Pool pool(threads);
  auto model = std::make_shared<Model>();
  Loader loader{weights, config, format.value_or(stored_format(table.dtype)), pool};
  model->config = config;
  model->folder = folder;
  model->format = loader.format;
  for (int64_t n = 0; n < config.num_hidden_layers; ++n) model->layers.push_back(loader.layer(n));
  model->final_norm = loader.vector(std::string(checkpoint::kFinalNorm), config.hidden_size);
  // The head decides between neighbouring tokens and is read once a step like
  // any layer: it keeps 8 bits where the layers have 4.
  const WeightFormat head_format =
      loader.format == WeightFormat::kInt4 ? WeightFormat::kInt8 : loader.format;
  model->head = loader.matrix(config.tie_word_embeddings ? embedding : head, config.vocab_size,
                              config.hidden_size, head_format);
  model->embed = [weights, &table, width = static_cast<size_t>(config.hidden_size)](int32_t token,
                                                                                    float* out) {
    checkpoint::to_floats(
        table.dtype, table.data.data() + static_cast<size_t>(token) * width * bytes_of(table.dtype),
        width, out);
  };
  if (checkpoint::has_point_encoder(*weights)) model->points = loader.point_encoder();
  return model;
}

}  // namespace cadrecode::decode
