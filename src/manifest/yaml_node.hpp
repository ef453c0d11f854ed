// A piece of a YAML document: what it says, and where.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "manifest/source_text.hpp"

namespace sipdrift {

struct YamlEntry;

/// One value. Manifests need no more of YAML than this: no anchors, no tags, no implicit types, so
/// that a scalar is its text, whether quoted or not.
struct YamlNode {
  enum class Kind : std::uint8_t { null, scalar, list, map };

  Kind kind = Kind::null;
  bool is_damaged = false;         ///< of a map: something in it was refused, and left out
  Span span;                       ///< of a scalar all of it, of a list or map its first character,
                                   ///< of a value that is not there its key or dash
  std::string text;                ///< of a scalar
  std::vector<YamlNode> items;     ///< of a list
  std::vector<YamlEntry> entries;  ///< of a map, in the order of the file
};

/// One key of a map and its value.
struct YamlEntry {
  YamlNode key;  ///< always a scalar
  YamlNode value;
};

}  // namespace sipdrift
