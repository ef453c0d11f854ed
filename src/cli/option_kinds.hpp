// Kinds of options that CLI11 does not have as they are wanted here.

#pragma once

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace sipdrift {

template <class T>
using Choices = std::vector<std::pair<std::string, T>>;

/// An option for one of a few words, the first of which is its default.
template <class T>
void add_choice(CLI::App& app, const std::string& flag, T& target, const Choices<T>& choices,
                const std::string& help) {
  std::string words;
  for (const auto& [word, value] : choices) words += (words.empty() ? "" : "|") + word;
  app.add_option_function<std::string>(
         flag,
         [&target, choices, flag, words](const std::string& text) {
           const auto chosen =
               std::find_if(choices.begin(), choices.end(),
                            [&](const auto& choice) { return choice.first == text; });
           if (chosen == choices.end()) {
             throw CLI::ValidationError(flag, fmt::format("\"{}\" is none of {}", text, words));
           }
           target = chosen->second;
         },
         help)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->option_text(fmt::format("{} [{}]", words, choices.front().first));
}

/// An option for a decimal number within bounds; `fallback` is what help shows as its default.
template <class T>
void add_bounded(CLI::App& app, const char* flags, T& target, T least, T most, const char* unit,
                 const std::string& fallback, const char* help) {
  app.add_option_function<std::string>(
         flags,
         [&target, least, most, flags](const std::string& text) {
           const auto* const end = text.data() + text.size();
           // Not by CLI11, for which 010 is 8, and nan is within all bounds.
           const auto read = std::from_chars(text.data(), end, target);
           const bool fits =
               read.ec == std::errc() && read.ptr == end && target >= least && target <= most;
           if (!fits) {
             throw CLI::ValidationError(
                 flags, fmt::format("\"{}\" is not a number from {} to {}", text, least, most));
           }
         },
         help)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->option_text(fallback.empty() ? unit : fmt::format("{} [{}]", unit, fallback));
}

/// Throws CLI::ValidationError for an option that was given, and holds nothing: most likely a
/// variable of the shell that is not set.
inline void refuse_empty(const CLI::App& app, const std::vector<std::string>& flags) {
  for (const std::string& flag : flags) {
    const std::vector<std::string>& given = app.get_option(flag)->results();
    if (std::find(given.begin(), given.end(), "") != given.end()) {
      throw CLI::ValidationError(flag, "is given, and empty");
    }
  }
}

}  // namespace sipdrift
