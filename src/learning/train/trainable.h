// The model of a run: where it comes from, what of it learns, and how it is
// written.
#pragma once

#include <string>
#include <vector>

#include "learning/model/folder.h"
#include "learning/recipe/recipe.h"
#include "learning/tokenizer/tokenizer.h"
#include "learning/train/optimizer.h"

namespace cadrecode::train {

struct Trainable {
  model::Model model;
  checkpoint::AdapterConfig adapter;  // with use_lora
  std::string tokenizer_folder;
};

// A folder with weights; a folder with a config.json alone or a builder's name
// ("mini", …) gives fresh ones, in which integer tokens begin ordered by their value
// where input and output share the table. Adapters are added as the recipe says; the
// arithmetic is mixed_precision's, trained weights are fp32.
Trainable make_trainable(const recipe::Recipe& recipe, at::Device device, 
                         const tokenizer::Tokenizer& tokenizer);

// The folder whose tokenizer.json the run uses: the recipe's, else the base's.
std::string tokenizer_folder(const recipe::Recipe& recipe);

// What learns: everything, or adapters and point encoder; without frozen names.
// Marks those tensors as leaves that require a gradient, the others not.
std::vector<Parameter> trained_parameters(Trainable& trainable, const recipe::Recipe& recipe);

// The model (or the adapter, or both, as the recipe's keep and merge keys say)
// with its tokenizer. `final`: the run's last word.
void write_model(Trainable& trainable, const recipe::Recipe& recipe, const std::string& folder,
                 bool final);

}  // namespace cadrecode::train
