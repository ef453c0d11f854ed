// What an entry or a profile declares, in either form.

#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "manifest/fault_list.hpp"
#include "manifest/yaml_node.hpp"
#include "sipdrift/expectation.hpp"

namespace sipdrift {

/// The keys by which something is declared: the five fields in the flat form, and the directions.
[[nodiscard]] std::span<const std::string_view> expectation_keys();

/// What declared port or transport contradicts the one inside the declared endpoint: the fields
/// that do, each with what is wrong and what would be right.
struct Contradiction {
  FieldPath path;
  std::string message;
};
[[nodiscard]] std::vector<Contradiction> find_contradictions(const Expectation& expectation);

/// Reads the keys of one map, entry by entry.
class ExpectationReader {
 public:
  explicit ExpectationReader(FaultList& faults) : faults_(faults) {}

  /// Reads an entry whose key is one of expectation_keys(); `false` for any other.
  bool read(const YamlEntry& entry);

  /// What was declared, after all entries have been read and held against each other.
  [[nodiscard]] Expectation finish();

 private:
  /// Where a field, or the direction itself, was declared.
  struct Places {
    std::optional<Span> direction;
    std::array<std::optional<Span>, all_fields.size()> fields;
  };

  void read_direction(Direction direction, const YamlEntry& entry);
  void read_field(Direction direction, Field field, const YamlEntry& entry);
  void refuse_second(const std::string& what, Span span, Span first);

  FaultList& faults_;
  Expectation expectation_;
  std::array<Places, all_directions.size()> places_;
};

}  // namespace sipdrift
