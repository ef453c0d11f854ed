// Where a manifest's text takes further waivers.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/source_text.hpp"
#include "manifest/yaml_document.hpp"

namespace sipdrift {

/// What a document says, and where its waivers stand: for a document that has no faults.
class Contents : public DocumentHandler {
 public:
  void item(const YamlNode& key, YamlNode item) override;
  void entry(const YamlNode& key, YamlNode value) override;

  /// What every waiver says, and what everything else does.
  [[nodiscard]] const std::vector<std::string>& waivers() const { return waivers_; }
  [[nodiscard]] const std::vector<std::string>& others() const { return others_; }

  /// A place between two lines, or behind the last.
  struct Place {
    std::size_t offset = 0;
    std::size_t column = 0;  ///< of the dash, or of the key if there is none yet
    bool has_list = false;
    Span refused{};              ///< what it is that takes no more,
    std::string_view refusal{};  ///< and why; empty, if the place will do
  };

  /// Where `text`, which this was read from, takes another waiver.
  [[nodiscard]] Place place_in(std::string_view text) const;

 private:
  [[nodiscard]] Place place_in_list(std::string_view text) const;
  [[nodiscard]] Place place_at_end(std::string_view text) const;

  std::vector<std::string> waivers_;
  std::vector<std::string> others_;
  Span first_key_;
  bool has_key_ = false;
  Span list_key_;  // "waivers", if there are any
  YamlNode last_;  // of the waivers
};

}  // namespace sipdrift
