#include "learning/infer/infer.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/hash.h"
#include "learning/infer/grammar.h"

namespace cadrecode::infer {
namespace {

void check(const Options& o) {
  if (!(o.sampling.temperature >= 0 && o.sampling.temperature <= 100))
    throw Error(ErrorKind::kValue,
                fmt::format("temperature {}: 0 (greedy) to 100 is wanted", o.sampling.temperature));
  if (!(o.sampling.top_p > 0 && o.sampling.top_p <= 1))
    throw Error(ErrorKind::kValue,
                fmt::format("top-p {}: above 0, at most 1 is wanted", o.sampling.top_p));
  if (o.samples > 1 && o.sampling.temperature == 0)
    throw Error(ErrorKind::kValue,
                fmt::format("{} samples at temperature 0 would all be equal: set a temperature",
                            o.samples));
}

int32_t start_token(const tokenizer::Tokenizer& tokens, const checkpoint::ModelConfig& config) {
  int64_t id = tokens.id("<|im_start|>");
  if (id < 0) id = config.bos_token_id;
  if (id < 0 || id >= config.vocab_size) {
    throw Error(ErrorKind::kInput,
                "neither <|im_start|> in the tokenizer nor bos_token_id in config.json says what "
                "begins a program");
  }
  return static_cast<int32_t>(id);
}

std::vector<int32_t> end_tokens(const tokenizer::Tokenizer& tokens,
                                const checkpoint::ModelConfig& config, const std::string& folder) {
  std::vector<int64_t> ids = config.eos_token_ids;
  for (int64_t id : checkpoint::read_generation_config(folder).eos_token_ids) ids.push_back(id);
  ids.push_back(tokens.id("<|endoftext|>"));
  std::vector<int32_t> out;
  for (int64_t id : ids) {
    if (id >= 0 && id < config.vocab_size && std::find(out.begin(), out.end(), id) == out.end())
      out.push_back(static_cast<int32_t>(id));
  }
  if (out.empty()) {
    throw Error(ErrorKind::kInput,
                "no end token: <|endoftext|> is missing in the tokenizer and "
                "eos_token_id in config.json");
  }
  return out;
}

}  // namespace

struct Inference::Impl {
  Options options;
  tokenizer::Tokenizer tokens;
  decode::Engine engine;
  int32_t start;
  decode::GenerateOptions generate;
  std::shared_ptr<Grammar> grammar;

  // Inputs that are not answered in full.
  struct Open {
    Input input;
    std::vector<Answer> answers;
    size_t missing;
  };
  std::map<uint64_t, Open> open;
  uint64_t next_index = 0, next_done = 0;

  explicit Impl(const Options& o)
      : options(o),
        tokens(tokenizer::Tokenizer::load(o.tokenizer.empty() ? o.model + "/tokenizer.json"
                                                              : o.tokenizer)),
        engine(decode::load_model(o.model, o.weights, o.threads), o.threads) {
    const checkpoint::ModelConfig& config = engine.model().config;
    start = start_token(tokens, config);
    generate.sampling = o.sampling;
    generate.samples = o.samples;
    generate.max_new_tokens = o.max_new_tokens;
    generate.seed = o.seed;
    generate.batch = o.batch;
    generate.end_tokens = end_tokens(tokens, config, o.model);
    if (o.constrain)
      grammar = std::make_shared<Grammar>(tokens, generate.end_tokens, engine.vocabulary());
  }

  Answer answer(const decode::Completion& c) const {
    Answer a;
    a.sample = c.sample;
    a.finish = c.finish;
    a.tokens = c.tokens.size();
    a.log_probability = c.log_probability;
    a.allowed_log_probability = c.allowed_log_probability;
    a.error = c.error;
    if (a.error.empty()) a.code = tokens.decode(c.tokens, /*skip_special=*/true);
    return a;
  }
};

Inference::Inference(const Options& options) {
  check(options);
  impl_ = std::make_unique<Impl>(options);
}
Inference::~Inference() = default;

size_t Inference::points() const {
  return static_cast<size_t>(impl_->engine.model().config.point_encoder.points);
}
const decode::Model& Inference::model() const { return impl_->engine.model(); }

void Inference::run(const std::function<std::optional<Input>()>& next,
                    const std::function<void(const Input&, const std::vector<Answer>&)>& done) {
  Impl& s = *impl_;
  const auto hand_over = [&] {
    for (auto at = s.open.find(s.next_done); at != s.open.end() && at->second.missing == 0;
         at = s.open.find(++s.next_done)) {
      done(at->second.input, at->second.answers);
      s.open.erase(at);
    }
  };
  const auto request = [&]() -> std::optional<decode::Request> {
    while (auto input = next()) {
      const uint64_t index = s.next_index++;
      const bool failed = input->failure.has_value();
      decode::Request r{index, fnv1a(input->id), {input->prepared.points, {s.start}}, nullptr};
      if (s.grammar) r.filter = s.grammar->filter();
      s.open.emplace(index, Impl::Open{std::move(*input), {}, failed ? 0 : s.options.samples});
      if (!failed) return r;
      hand_over();
    }
    return std::nullopt;
  };
  decode::generate(s.engine, s.generate, request, [&](decode::Completion completion) {
    Impl::Open& o = s.open.at(completion.index);
    if (o.answers.empty()) o.answers.resize(s.options.samples);
    o.answers[completion.sample] = s.answer(completion);
    --o.missing;
    hand_over();
  });
}

}  // namespace cadrecode::infer
