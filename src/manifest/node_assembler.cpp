// One function for each kind of event, and below them the checks that the library does not make.

#include "manifest/node_assembler.hpp"

#include <algorithm>
#include <utility>

namespace sipdrift {

namespace {

/// Deeper than any manifest; the parser itself recurses.
constexpr std::size_t max_depth = 8;

}  // namespace

void NodeAssembler::scalar(std::uint32_t offset, const std::string& value) {
  if (has_property(offset)) return refuse_property(offset);
  const ScalarSpan measured = measure_scalar(text_, offset, value);
  if (!measured.fault.empty()) give_up(measured.span, measured.fault);
  refuse_question_mark();
  account_.take(measured.span);
  check_indentation(offset);
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.span = measured.span;
  node.text = value;
  complete(std::move(node));
}

void NodeAssembler::null(std::uint32_t offset) {
  if (has_property(offset)) return refuse_property(offset);
  YamlNode node;
  node.span = {offset, null_length(offset)};
  account_.take(node.span);
  if (node.span.length == 0) node.span = place_of_nothing(offset);
  complete(std::move(node));
}

void NodeAssembler::open(YamlNode::Kind kind, std::uint32_t offset) {
  const Span span{offset, 1};
  refuse_question_mark();
  if (open_.size() == max_depth) give_up(span, "nested too deeply for a manifest");
  if (expects_key()) give_up(span, "a list or a map as a key; a key is a word");
  if (open_.empty() && kind != YamlNode::Kind::map) {
    give_up(span,
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
  open_.back().node.span = span;
}

void NodeAssembler::close() {
  YamlNode node = std::move(open_.back().node);
  open_.pop_back();
  if (!open_.empty()) complete(std::move(node));
}

std::optional<Span> NodeAssembler::open_bracket() const {
  const auto innermost =
      std::find_if(open_.rbegin(), open_.rend(), [](const Open& open) { return open.is_flow; });
  return innermost == open_.rend() ? std::nullopt : std::optional(innermost->node.span);
}

// ---- Nodes into their parents ----------------------------------------------------------------

void NodeAssembler::complete(YamlNode node) {
  if (open_.empty()) {
    give_up(node.span, "the manifest is a single value; it begins with \"version: 1\"");
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

void NodeAssembler::take_key(Open& map, YamlNode key) {
  // yaml-cpp takes the last value of a list that is never closed for the key of a pair.
  const bool is_pair_in_list = open_.size() > 1 && open_[open_.size() - 2].is_flow && !map.is_flow;
  if (is_pair_in_list && !is_followed_by_colon(key.span.end())) {
    give_up(open_bracket().value_or(key.span), unclosed_bracket);
  }
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

void NodeAssembler::take_value(Open& map, YamlNode value) {
  if (open_.size() == 1) {
    handler_.entry(map.key, std::move(value));
  } else {
    map.node.entries.push_back({std::move(map.key), std::move(value)});
  }
}

void NodeAssembler::take_item(Open& list, YamlNode item) {
  const bool is_top_level_list = open_.size() == 2;
  if (!is_top_level_list) {
    list.node.items.push_back(std::move(item));
  } else if (!open_.front().drops_value) {
    handler_.item(open_.front().key, std::move(item));
  }
}

// ---- What is refused -------------------------------------------------------------------------

void NodeAssembler::give_up(Span span, std::string_view reason) {
  faults_.add(span, std::string(reason));
  throw GiveUp();
}

bool NodeAssembler::has_property(std::uint32_t offset) const {
  const std::string_view rest = text_.substr(offset);
  return rest.starts_with('&') || rest.starts_with('!');
}

void NodeAssembler::tell_of_property(std::uint32_t offset) {
  const bool is_told = offset == last_property_;  // a map and its first key begin together
  if (!is_told) faults_.add({offset, 1}, std::string(no_properties));
  last_property_ = offset;
  account_.lose_track(offset);
}

/// An alias, or a value with an anchor or a tag: it is left out.
void NodeAssembler::refuse_property(std::uint32_t offset) {
  tell_of_property(offset);
  if (open_.empty()) throw GiveUp();
  Open& parent = open_.back();
  parent.has_key = expects_key();
  parent.drops_value = true;
  parent.node.is_damaged = true;
}

/// A key written as "? key"; its value would stand on another line.
void NodeAssembler::refuse_question_mark() {
  const std::uint32_t offset = account_.first_untaken();
  if (!expects_key() || !text_.substr(offset).starts_with('?')) return;
  give_up({offset, 1}, "a key marked by \"?\"; write it as \"key: value\"");
}

/// A value on a line of its own stands to the right of its key (a list of dashes need not).
void NodeAssembler::check_indentation(std::uint32_t offset) {
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

// ---- Where things are ------------------------------------------------------------------------

bool NodeAssembler::expects_key() const {
  return !open_.empty() && open_.back().node.kind == YamlNode::Kind::map && !open_.back().has_key;
}

bool NodeAssembler::is_followed_by_colon(std::uint32_t offset) const {
  const std::size_t next = text_.find_first_not_of(" \t", offset);
  return next != std::string_view::npos && text_[next] == ':';
}

/// How long the word is that was read as null; 0 where there is nothing.
std::uint32_t NodeAssembler::null_length(std::uint32_t offset) const {
  if (offset < account_.reached()) return 0;
  for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
    if (text_.substr(offset).starts_with(word)) return static_cast<std::uint32_t>(word.size());
  }
  return 0;
}

/// A value that is not there is shown at its key, or at the dash or bracket before it.
Span NodeAssembler::place_of_nothing(std::uint32_t offset) const {
  if (!open_.empty() && open_.back().has_key) return open_.back().key.span;
  const std::size_t before = text_.substr(0, offset).find_last_of("-,[{:");
  return {before == std::string_view::npos ? offset : static_cast<std::uint32_t>(before), 1};
}

std::size_t NodeAssembler::line_start(std::uint32_t offset) const {
  const std::size_t line_break = text_.substr(0, offset).rfind('\n');
  return line_break == std::string_view::npos ? 0 : line_break + 1;
}

}  // namespace sipdrift
