// The one list of keys: name and member, visited by the reader, the writer and
// the checks alike.
#pragma once

#include "learning/recipe/recipe.h"

namespace cadrecode::recipe {

// Calls visit(name, member) for every key, in the order they are written.
template <typename R, typename Visit>
void each_key(R& r, Visit&& visit) {
  visit("base_model_name", r.base_model_name);
  visit("model_save_path", r.model_save_path);
  visit("load_from_full_model", r.load_from_full_model);
  visit("freeze_base_model", r.freeze_base_model);
  visit("train_data_path", r.train_data_path);
  visit("val_data_path", r.val_data_path);
  visit("max_seq_length", r.max_seq_length);
  visit("n_points", r.n_points);
  visit("noise_probability", r.noise_probability);
  visit("noise_std", r.noise_std);
  visit("num_workers", r.num_workers);
  visit("max_steps", r.max_steps);
  visit("batch_size", r.batch_size);
  visit("gradient_accumulation_steps", r.gradient_accumulation_steps);
  visit("learning_rate", r.learning_rate);
  visit("weight_decay", r.weight_decay);
  visit("warmup_steps", r.warmup_steps);
  visit("eval_steps", r.eval_steps);
  visit("save_steps", r.save_steps);
  visit("logging_steps", r.logging_steps);
  visit("seed", r.seed);
  visit("device", r.device);
  visit("mixed_precision", r.mixed_precision);
  visit("experiment_name", r.experiment_name);
  visit("use_swanlab", r.use_swanlab);
  visit("use_lora", r.use_lora);
  visit("lora_r", r.lora_r);
  visit("lora_alpha", r.lora_alpha);
  visit("lora_dropout", r.lora_dropout);
  visit("lora_target_modules", r.lora_target_modules);
  visit("use_qlora", r.use_qlora);
  visit("load_in_4bit", r.load_in_4bit);
  visit("load_in_8bit", r.load_in_8bit);
  visit("bnb_4bit_compute_dtype", r.bnb_4bit_compute_dtype);
  visit("bnb_4bit_use_double_quant", r.bnb_4bit_use_double_quant);
  visit("bnb_4bit_quant_type", r.bnb_4bit_quant_type);
  visit("auto_merge_lora", r.auto_merge_lora);
  visit("auto_merge_final", r.auto_merge_final);
  visit("merge_final_only", r.merge_final_only);
  visit("keep_lora_only", r.keep_lora_only);
  visit("keep_lora_final", r.keep_lora_final);
  visit("stage", r.stage);
  visit("modality", r.modality);
  visit("brep_path", r.brep_path);
  visit("val_brep_path", r.val_brep_path);
  visit("tokenizer", r.tokenizer);
  visit("generator", r.generator);
  visit("schedule", r.schedule);
  visit("decay_steps", r.decay_steps);
  visit("min_learning_rate_ratio", r.min_learning_rate_ratio);
  visit("optimizer", r.optimizer);
  visit("adam_beta1", r.adam_beta1);
  visit("adam_beta2", r.adam_beta2);
  visit("adam_epsilon", r.adam_epsilon);
  visit("max_grad_norm", r.max_grad_norm);
  visit("gradient_checkpointing", r.gradient_checkpointing);
  visit("packing", r.packing);
  visit("tokens_per_batch", r.tokens_per_batch);
  visit("freeze", r.freeze);
  visit("learning_rates", r.learning_rates);
  visit("rotations", r.rotations);
  visit("keep_last", r.keep_last);
  visit("save_minutes", r.save_minutes);
  visit("time_limit_minutes", r.time_limit_minutes);
  visit("eval_parts", r.eval_parts);
  visit("eval_samples", r.eval_samples);
  visit("resume", r.resume);
  visit("threads", r.threads);
  visit("reward_group", r.reward_group);
  visit("reward_keep", r.reward_keep);
  visit("reward_updates", r.reward_updates);
  visit("reward_clip", r.reward_clip);
  visit("reward_temperature", r.reward_temperature);
  visit("reward_iou", r.reward_iou);
  visit("reward_invalid", r.reward_invalid);
}

}  // namespace cadrecode::recipe
