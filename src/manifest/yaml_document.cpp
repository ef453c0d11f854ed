// The only user of yaml-cpp: its events, checked against the text and built into nodes.

#include "manifest/yaml_document.hpp"

#include <algorithm>
#include <cstddef>
#include <istream>
#include <map>
#include <optional>
#include <streambuf>
#include <string_view>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "manifest/text_account.hpp"

namespace sipdrift {

namespace {

/// Deeper than any manifest; yaml-cpp itself recurses.
constexpr std::size_t max_depth = 8;

constexpr std::string_view unclosed_bracket =
    "this bracket is not closed, or a \",\" is missing behind it; complete the list";

/// Ends the parse from inside a handler: what follows would only be misunderstood.
struct GiveUp {};

std::uint32_t offset_of(const YAML::Mark& mark, std::string_view text) {
  const std::size_t position = mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
  return static_cast<std::uint32_t>(std::min(position, text.size()));
}

/// Builds nodes from events.
class NodeBuilder : public YAML::EventHandler {
 public:
  NodeBuilder(const SourceText& source, DocumentHandler& handler, FaultList& faults)
      : text_(source.text()), handler_(handler), faults_(faults), account_(source, faults) {}

  [[nodiscard]] TextAccount& account() { return account_; }

  /// Where the text is wrong that the library broke off at: at what is open, rather than at its
  /// end.
  [[nodiscard]] Span place_of(const YAML::Exception& error) const {
    if (error.msg == "illegal EOF in scalar") return {account_.first_untaken(), 1};
    const bool is_in_brackets = error.msg.find("flow not found") != std::string::npos;
    if (is_in_brackets && open_bracket()) return *open_bracket();
    return {offset_of(error.mark, text_), 1};
  }

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    const std::uint32_t offset = offset_of(mark, text_);
    if (has_property(offset)) return refuse_property(offset);
    YamlNode node;
    node.span = {offset, null_length(offset)};
    account_.take(node.span);
    if (node.span.length == 0) node.span = place_of_nothing(offset);
    complete(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    refuse_property(offset_of(mark, text_));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                const std::string& value) override {
    const std::uint32_t offset = offset_of(mark, text_);
    if (has_property(offset)) return refuse_property(offset);
    const ScalarSpan measured = measure_scalar(text_, offset, value);
    if (!measured.fault.empty()) {
      faults_.add(measured.span, std::string(measured.fault));
      throw GiveUp();
    }
    refuse_question_mark();
    account_.take(measured.span);
    check_indentation(offset);
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.span = measured.span;
    node.text = value;
    complete(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/,
                       YAML::anchor_t /*anchor*/, YAML::EmitterStyle::value /*style*/) override {
    open(YamlNode::Kind::list, offset_of(mark, text_));
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {
    open(YamlNode::Kind::map, offset_of(mark, text_));
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

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

  /// The innermost bracket that is open, if there is one.
  [[nodiscard]] std::optional<Span> open_bracket() const {
    const auto innermost =
        std::find_if(open_.rbegin(), open_.rend(), [](const Open& open) { return open.is_flow; });
    return innermost == open_.rend() ? std::nullopt : std::optional(innermost->node.span);
  }

  [[nodiscard]] bool has_property(std::uint32_t offset) const {
    const std::string_view rest = text_.substr(offset);
    return rest.starts_with('&') || rest.starts_with('!');
  }

  void tell_of_property(std::uint32_t offset) {
    const bool is_told = offset == last_property_;  // a map and its first key begin together
    if (!is_told) faults_.add({offset, 1}, std::string(no_properties));
    last_property_ = offset;
    account_.lose_track(offset);
  }

  /// An alias, or a value with an anchor or a tag: it is left out.
  void refuse_property(std::uint32_t offset) {
    tell_of_property(offset);
    if (open_.empty()) throw GiveUp();
    Open& parent = open_.back();
    parent.has_key = expects_key();
    parent.drops_value = true;
    parent.node.is_damaged = true;
  }

  [[noreturn]] void refuse_open_bracket() {
    faults_.add(open_bracket().value_or(Span()), std::string(unclosed_bracket));
    throw GiveUp();
  }

  /// A key written as "? key"; its value would stand on another line.
  void refuse_question_mark() {
    const std::uint32_t offset = account_.first_untaken();
    if (!expects_key() || !text_.substr(offset).starts_with('?')) return;
    faults_.add({offset, 1}, "a key marked by \"?\"; write it as \"key: value\"");
    throw GiveUp();
  }

  /// How long the word is that was read as null; 0 where there is nothing.
  [[nodiscard]] std::uint32_t null_length(std::uint32_t offset) const {
    if (offset < account_.reached()) return 0;
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
      if (text_.substr(offset).starts_with(word)) return static_cast<std::uint32_t>(word.size());
    }
    return 0;
  }

  /// A value that is not there is shown at its key, or at the dash or bracket before it.
  [[nodiscard]] Span place_of_nothing(std::uint32_t offset) const {
    if (!open_.empty() && open_.back().has_key) return open_.back().key.span;
    const std::size_t before = text_.substr(0, offset).find_last_of("-,[{:");
    return {before == std::string_view::npos ? offset : static_cast<std::uint32_t>(before), 1};
  }

  [[nodiscard]] bool expects_key() const {
    return !open_.empty() && open_.back().node.kind == YamlNode::Kind::map && !open_.back().has_key;
  }

  [[nodiscard]] bool is_followed_by_colon(std::uint32_t offset) const {
    const std::size_t next = text_.find_first_not_of(" \t", offset);
    return next != std::string_view::npos && text_[next] == ':';
  }

  [[nodiscard]] std::size_t line_start(std::uint32_t offset) const {
    const std::size_t line_break = text_.substr(0, offset).rfind('\n');
    return line_break == std::string_view::npos ? 0 : line_break + 1;
  }

  /// A value on a line of its own stands to the right of its key (a list of dashes need not).
  void check_indentation(std::uint32_t offset) {
    if (open_.empty()) return;
    const Open& map = open_.back();
    if (map.is_flow || !map.has_key || map.drops_value) return;
    const Span& key = map.key.span;
    const bool is_on_keys_line = line_start(offset) <= key.offset;
    if (is_on_keys_line) return;
    if (offset - line_start(offset) <= key.offset - line_start(key.offset)) {
      faults_.add({offset, 1}, "this value stands no further right than its key; indent it more");
    }
  }

  void open(YamlNode::Kind kind, std::uint32_t offset) {
    const auto give_up = [&](const char* message) {
      faults_.add({offset, 1}, message);
      throw GiveUp();
    };
    refuse_question_mark();
    if (open_.size() == max_depth) give_up("nested too deeply for a manifest");
    if (expects_key()) give_up("a list or a map as a key; a key is a word");
    if (open_.empty() && kind != YamlNode::Kind::map) {
      give_up(
          "the manifest is a list; it begins with \"version: 1\", and the list goes under "
          "\"numbers:\"");
    }
    // A block begins where its first value does, a flow collection with its bracket.
    const bool is_flow = text_[offset] == '[' || text_[offset] == '{';
    has_property(offset) ? tell_of_property(offset) : account_.take({offset, is_flow ? 1U : 0U});
    if (is_flow) check_indentation(offset);
    open_.emplace_back();
    open_.back().is_flow = is_flow;
    open_.back().node.kind = kind;
    open_.back().node.span = {offset, 1};
  }

  void close() {
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    if (!open_.empty()) complete(std::move(node));
  }

  void complete(YamlNode node) {
    if (open_.empty()) {
      faults_.add(node.span, "the manifest is a single value; it begins with \"version: 1\"");
      throw GiveUp();
    }
    Open& parent = open_.back();
    if (expects_key()) {
      take_key(parent, std::move(node));
    } else if (std::exchange(parent.has_key, false)) {
      if (!parent.drops_value) take_value(parent, std::move(node));
    } else {
      take_item(parent, std::move(node));
    }
  }

  void take_key(Open& map, YamlNode key) {
    // yaml-cpp takes the last value of a list that is never closed for the key of a pair.
    const bool is_pair_in_list =
        open_.size() > 1 && open_[open_.size() - 2].is_flow && !map.is_flow;
    if (is_pair_in_list && !is_followed_by_colon(key.span.end())) refuse_open_bracket();
    map.drops_value = true;
    if (key.kind != YamlNode::Kind::scalar) {
      faults_.add(key.span, "a value without a key; write it as \"key: value\"");
    } else if (!is_followed_by_colon(key.span.end())) {
      faults_.add(key.span, "a key without a \":\" and a value; complete it, or remove it");
    } else if (key.text == "<<") {
      faults_.add(key.span,
                  "merge keys are not used in manifests; put what is shared into a profile");
    } else if (const auto [first, is_new] = map.keys.emplace(key.text, key.span); !is_new) {
      faults_.add(key.span, "key " + quoted(key.text) + " stands twice, first on line " +
                                std::to_string(faults_.line_of(first->second)) +
                                "; keep one of the two");
    } else {
      map.drops_value = false;
    }
    map.node.is_damaged = map.node.is_damaged || map.drops_value;
    map.key = std::move(key);
    map.has_key = true;
  }

  void take_value(Open& map, YamlNode value) {
    if (open_.size() == 1) {
      handler_.entry(map.key, std::move(value));
    } else {
      map.node.entries.push_back({std::move(map.key), std::move(value)});
    }
  }

  void take_item(Open& list, YamlNode item) {
    const bool is_top_level_list = open_.size() == 2;
    if (!is_top_level_list) {
      list.node.items.push_back(std::move(item));
    } else if (!open_.front().drops_value) {
      handler_.item(open_.front().key, std::move(item));
    }
  }

  std::string_view text_;
  DocumentHandler& handler_;
  FaultList& faults_;
  TextAccount account_;
  std::vector<Open> open_;
  std::optional<std::uint32_t> last_property_;
};

/// A stream over text that stays where it is.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    // A stream buffer that is only read from never writes through these pointers.
    auto* const begin = const_cast<char*>(text.data());  // NOLINT(*-const-cast)
    setg(begin, begin, begin + text.size());
  }
};

/// yaml-cpp's reasons in words that help. Its texts are listed in its exceptions.h.
std::string explain(const std::string& reason) {
  if (reason == "illegal EOF in scalar")
    return "this quote is never closed; close it, or remove it";
  if (reason == "illegal map value") {
    return "a \":\" that cannot stand here; check the indentation, or quote the text that it "
           "belongs to";
  }
  if (reason == "end of map not found" || reason == "end of sequence not found") {
    return "this does not fit what stands before it; check the indentation, and that nothing "
           "stands "
           "behind a closing quote";
  }
  if (reason == "end of sequence flow not found" || reason == "end of map flow not found") {
    return std::string(unclosed_bracket);
  }
  if (reason == "illegal flow end") return "this closes a bracket that is not open; remove it";
  if (reason == "illegal block entry") {
    return "a \"- \" that cannot stand here; a list begins on a line of its own";
  }
  if (reason == "unknown token") return "no value begins with this character; quote the value";
  if (reason.find("anchor") != std::string::npos) return std::string(no_properties);
  return "not YAML: " + reason;
}

}  // namespace

bool read_yaml(const SourceText& source, DocumentHandler& handler, FaultList& faults) {
  NodeBuilder builder(source, handler, faults);
  TextBuffer buffer(source.text());
  std::istream stream(&buffer);
  try {
    // One document only: asking on for more can go on for ever.
    YAML::Parser(stream).HandleNextDocument(builder);
  } catch (const GiveUp&) {
    return false;
  } catch (const YAML::Exception& error) {
    faults.add(builder.place_of(error), explain(error.msg));
    return false;
  }
  builder.account().finish();
  return true;
}

}  // namespace sipdrift
