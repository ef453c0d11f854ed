// The manifest reader beside libyaml, over many broken manifests: what libyaml rejects is not
// accepted, and what is accepted says the same to both.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <yaml.h>

#include "manifest/broken_manifests.hpp"
#include "manifest/yaml_document.hpp"

namespace sipdrift {
namespace {

// The sanitizers take ten times as long, and look for something else.
#ifdef SIPDRIFT_SANITIZED
constexpr int rounds = 5'000;
#else
constexpr int rounds = 120'000;
#endif

// ---- Two readers, one notation: "{a:[b,c],}" with every text in quotes and its length before it
// --

std::string noted(std::string_view text) {
  return std::to_string(text.size()) + "\"" + std::string(text) + "\"";
}

constexpr const char* noted_null = "null";

std::string noted(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::null:
      return noted_null;
    case YamlNode::Kind::scalar:
      return noted(node.text);
    case YamlNode::Kind::list: {
      std::string list = "[";
      for (const YamlNode& item : node.items) list += noted(item) + ",";
      return list + "]";
    }
    case YamlNode::Kind::map:
      break;
  }
  std::string map = "{";
  for (const YamlEntry& entry : node.entries) {
    map += noted(entry.key) + ":" + noted(entry.value) + ",";
  }
  return map + "}";
}

/// Puts the top level, which comes in pieces, together again.
class Collector : public DocumentHandler {
 public:
  void item(const YamlNode& /*key*/, YamlNode item) override { items_ += noted(item) + ","; }
  void entry(const YamlNode& key, YamlNode value) override {
    const bool is_list = value.kind == YamlNode::Kind::list;
    text_ += noted(key) + ":" + (is_list ? "[" + items_ + "]" : noted(value)) + ",";
    items_.clear();
  }
  [[nodiscard]] std::string text() const { return "{" + text_ + "}"; }

 private:
  std::string items_;
  std::string text_;
};

/// Nothing, if there is a fault in it.
std::optional<std::string> read_by_us(const std::string& text) {
  const ManifestFile file{"m", text};
  if (!read_manifest({file})) return std::nullopt;
  const SourceText source(file);
  std::vector<Diagnostic> diagnostics;
  FaultList faults(source, diagnostics);
  Collector collector;
  read_yaml(source, collector, faults);
  return collector.text();
}

std::string_view text_of(const yaml_node_t& scalar) {
  return {reinterpret_cast<const char*>(scalar.data.scalar.value),  // NOLINT: bytes
          scalar.data.scalar.length};
}

bool is_null(const yaml_node_t& node) {
  const std::string_view text = text_of(node);
  return node.data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
         (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
}

std::string noted(yaml_document_t& document, int id) {
  const yaml_node_t& node = *yaml_document_get_node(&document, id);
  switch (node.type) {
    case YAML_SCALAR_NODE:
      return is_null(node) ? noted_null : noted(text_of(node));
    case YAML_SEQUENCE_NODE: {
      std::string list = "[";
      for (const auto* i = node.data.sequence.items.start; i < node.data.sequence.items.top; ++i) {
        list += noted(document, *i) + ",";
      }
      return list + "]";
    }
    default:
      break;
  }
  std::string map = "{";
  for (const auto* pair = node.data.mapping.pairs.start; pair < node.data.mapping.pairs.top;
       ++pair) {
    map += noted(document, pair->key) + ":" + noted(document, pair->value) + ",";
  }
  return map + "}";
}

/// Nothing, if it is rejected, or is not exactly one document.
std::optional<std::string> read_by_libyaml(const std::string& text) {
  yaml_parser_t parser;
  if (yaml_parser_initialize(&parser) == 0) throw std::bad_alloc();
  const std::unique_ptr<yaml_parser_t, decltype(&yaml_parser_delete)> parser_owner(
      &parser, &yaml_parser_delete);
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: bytes
  yaml_parser_set_input_string(&parser, bytes, text.size());
  yaml_document_t document;
  if (yaml_parser_load(&parser, &document) == 0) return std::nullopt;
  const std::unique_ptr<yaml_document_t, decltype(&yaml_document_delete)> owner(
      &document, &yaml_document_delete);
  if (yaml_document_get_root_node(&document) == nullptr) return std::nullopt;
  std::string tree = noted(document, 1);
  yaml_document_t next;
  if (yaml_parser_load(&parser, &next) == 0) return std::nullopt;
  const bool is_another = yaml_document_get_root_node(&next) != nullptr;
  yaml_document_delete(&next);
  if (is_another) return std::nullopt;
  return tree;
}

TEST(ManifestReader, AcceptsNothingThatLibyamlRejectsAndReadsTheSame) {
  for (const std::string_view original : sound_manifests) {
    ASSERT_TRUE(read_by_us(std::string(original))) << original;
  }
  Breaker breaker;
  int accepted = 0;
  for (int i = 0; i < rounds; ++i) {
    const std::string text = breaker.broken();
    const auto ours = read_by_us(text);
    if (!ours) continue;
    ++accepted;
    const auto theirs = read_by_libyaml(text);
    ASSERT_TRUE(theirs) << "libyaml rejects:\n" << text;
    ASSERT_EQ(*ours, *theirs) << text;
  }
  EXPECT_GT(accepted, rounds / 20) << "hardly any was accepted, and little was compared";
}

}  // namespace
}  // namespace sipdrift
