// Puts nodes together from the events of a YAML parser, and holds each event against the text.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/fault_list.hpp"
#include "manifest/text_account.hpp"
#include "manifest/yaml_document.hpp"
#include "manifest/yaml_node.hpp"

namespace sipdrift {

/// Thrown to end the parse, after its reason has been added to the faults: what follows would only
/// be misunderstood.
struct GiveUp {};

inline constexpr std::string_view unclosed_bracket =
    "this bracket is not closed, or a \",\" is missing behind it; complete the list";

/// Told of a document's parts in their order, by the offsets at which they begin in the text.
class NodeAssembler {
 public:
  NodeAssembler(const SourceText& source, DocumentHandler& handler, FaultList& faults)
      : text_(source.text()), handler_(handler), faults_(faults), account_(source, faults) {}

  // Each may throw GiveUp.
  void scalar(std::uint32_t offset, const std::string& value);
  void null(std::uint32_t offset);
  void alias(std::uint32_t offset) { refuse_property(offset); }
  void open(YamlNode::Kind kind, std::uint32_t offset);
  void close();

  /// To be called after the document's end.
  void finish() { account_.finish(); }

  /// The innermost bracket that is open, if there is one.
  [[nodiscard]] std::optional<Span> open_bracket() const;

  /// Where the text begins that no part has accounted for.
  [[nodiscard]] std::uint32_t first_untaken() const { return account_.first_untaken(); }

 private:
  /// A list or map that is not complete yet.
  struct Open {
    YamlNode node;
    bool is_flow = false;
    YamlNode key;  // of a map: the key whose value is expected
    bool has_key = false;
    bool drops_value = false;  // of a map: what is wrong with this entry has been told
    std::map<std::string, Span, std::less<>> keys;  // of a map: those that there are
  };

  void complete(YamlNode node);
  void take_key(Open& map, YamlNode key);
  void take_value(Open& map, YamlNode value);
  void take_item(Open& list, YamlNode item);

  [[noreturn]] void give_up(Span span, std::string_view reason);
  [[nodiscard]] bool has_property(std::uint32_t offset) const;
  void tell_of_property(std::uint32_t offset);
  void refuse_property(std::uint32_t offset);
  void refuse_question_mark();
  void check_indentation(std::uint32_t offset);

  [[nodiscard]] bool expects_key() const;
  [[nodiscard]] bool is_followed_by_colon(std::uint32_t offset) const;
  [[nodiscard]] std::uint32_t null_length(std::uint32_t offset) const;
  [[nodiscard]] Span place_of_nothing(std::uint32_t offset) const;
  [[nodiscard]] std::size_t line_start(std::uint32_t offset) const;

  std::string_view text_;
  DocumentHandler& handler_;
  FaultList& faults_;
  TextAccount account_;
  std::vector<Open> open_;
  std::optional<std::uint32_t> last_property_;
};

}  // namespace sipdrift
