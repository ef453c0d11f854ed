// What a node says, as one text: the same for two nodes only if they say the same.

#pragma once

#include <string>

#include "manifest/yaml_node.hpp"

namespace sipdrift {

/// Adds all that a node says to `text`, unmistakably.
inline void append_content(const YamlNode& node, std::string& text) {
  text.append(std::to_string(node.text.size())).append(":").append(node.text);
  for (const YamlNode& item : node.items) append_content(item, text.append("["));
  for (const YamlEntry& entry : node.entries) {
    append_content(entry.key, text.append("{"));
    append_content(entry.value, text);
  }
  text.append(";");
}

}  // namespace sipdrift
