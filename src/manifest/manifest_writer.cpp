// Records into groups that are declared alike, groups into profiles and entries, and what is left
// over into comments.

#include "sipdrift/manifest_writer.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "manifest/live_declaration.hpp"
#include "manifest/number_blocks.hpp"
#include "manifest/profile_names.hpp"
#include "manifest/yaml_text.hpp"
#include "model/counted.hpp"
#include "model/redaction.hpp"
#include "sipdrift/version.hpp"

namespace sipdrift {

namespace {

/// Numbers, by what is said of all of them.
using NumbersByText = std::map<std::string, std::vector<E164>>;

std::string text_of(const DirectionExpectation& declared) {
  std::string fields;
  const auto add = [&](Field field, std::string_view value) {
    fields += fmt::format("{}{}: {}", fields.empty() ? "" : ", ", name(field), value);
  };
  if (declared.sip_endpoint) {
    add(Field::sip_endpoint, quoted_in_yaml(declared.sip_endpoint->value->text()));
  }
  if (declared.transport) add(Field::transport, name(*declared.transport->value));
  if (declared.port) add(Field::port, std::to_string(*declared.port->value));
  if (declared.auth_mode) add(Field::auth_mode, name(*declared.auth_mode->value));
  if (declared.secure_media)
    add(Field::secure_media, *declared.secure_media->value ? "true" : "false");
  return "{ " + fields + " }";
}

/// The lines of what is declared, in the directional form.
std::string text_of(const Expectation& expectation) {
  constexpr std::string_view indent = "    ";
  std::string text;
  for (const Direction direction : all_directions) {
    const DirectionExpectation& declared = expectation[direction];
    if (declared.check_count() == 0) continue;
    // What stands in the one or the other begins in the same column.
    const std::string_view gap = direction == Direction::inbound ? "  " : " ";
    text += fmt::format("{}{}:{}{}\n", indent, name(direction), gap,
                        declared.absent ? "absent" : text_of(declared));
  }
  return text;
}

/// Numbers that are declared alike.
struct Group {
  Expectation expectation;
  std::vector<E164> numbers;

  /// One number is no reason for a profile.
  [[nodiscard]] bool has_profile() const { return numbers.size() > 1; }
};

class ManifestText {
 public:
  explicit ManifestText(const ManifestContent& content) : content_(content) {
    for (const LiveRecord& record : content.records) declare(record);
  }

  WrittenManifest finish() {
    if (declared_ > 0) write();
    return {std::move(text_), declared_, std::move(undeclared_)};
  }

 private:
  void declare(const LiveRecord& record) {
    const bool is_unknown = !record.is_named() && !content_.are_listed;
    LiveDeclaration live = declare_live(record, content_.redact);
    leave_out_untold(record.number, live);
    for (std::string& note : live.notes) notes_[std::move(note)].push_back(record.number);
    if (is_unknown || live.expectation.check_count() == 0) {
      undeclared_.push_back(record.number);
      (is_unknown ? unknown_ : empty_).push_back(record.number);
      return;
    }
    if (live.expectation.inbound.absent && live.expectation.outbound.absent)
      idle_.push_back(record.number);
    ++declared_;
    Group& group = groups_[text_of(live.expectation)];
    group.expectation = std::move(live.expectation);
    group.numbers.push_back(record.number);
  }

  /// That a direction is absent would be a claim that the list contradicts.
  void leave_out_untold(const E164& number, LiveDeclaration& live) const {
    const auto untold = std::lower_bound(
        content_.untold.begin(), content_.untold.end(), number,
        [](const UntoldDirections& one, const E164& wanted) { return one.number < wanted; });
    if (untold == content_.untold.end() || untold->number != number) return;
    for (const Direction direction : all_directions) {
      if (!(*untold)[direction]) continue;
      live.expectation[direction].absent = false;
      live.notes.push_back(
          fmt::format("{}: the provider lists it, and tells no configuration of "
                      "it: it may be inherited from a trunk",
                      name(direction)));
    }
  }

  void write() {
    write_head();
    write_profiles();
    write_entries();
    write_remarks();
  }

  void write_head() {
    text_ += fmt::format("# Imported by {} {} from what was live at {}: {}.\n", tool_name,
                         version(), shown(content_.api_url, 200), counted(declared_, "number"));
    text_ +=
        "# It says what is, which need not be what should be: read it before you rely on it.\n";
    if (has_remarks()) {
      text_ += "# What it does not declare, or not as it stands there, is told at its end.\n";
    }
    text_ += fmt::format("version: 1\nexpected_count: {}\n", declared_);
  }

  void write_profiles() {
    std::vector<const Expectation*> expectations;
    std::vector<const std::string*> texts;
    std::vector<Group*> groups;
    for (auto& [text, group] : groups_) {
      if (!group.has_profile()) continue;
      expectations.push_back(&group.expectation);
      texts.push_back(&text);
      groups.push_back(&group);
    }
    const std::vector<std::string> names = name_profiles(expectations);
    std::map<std::string, const std::string*> by_name;
    for (std::size_t i = 0; i < names.size(); ++i) {
      by_name[names[i]] = texts[i];
      profiles_[names[i]] = groups[i];
    }
    if (!by_name.empty()) text_ += "\nprofiles:\n";
    for (const auto& [name, text] : by_name) text_ += fmt::format("  {}:\n{}", name, *text);
  }

  void write_entries() {
    text_ += "\nnumbers:\n";
    bool is_first = true;
    for (const auto& [name, group] : profiles_) {
      if (!std::exchange(is_first, false)) text_ += "\n";
      write_numbers(group->numbers, fmt::format("    profile: {}\n", name));
    }
    std::map<E164, const std::string*> single;
    for (const auto& [text, group] : groups_) {
      if (!group.has_profile()) single[group.numbers.front()] = &text;
    }
    if (!single.empty() && !is_first) text_ += "\n";
    for (const auto& [number, text] : single) {
      text_ += fmt::format("  - number: \"{}\"\n{}", number.text(), *text);
    }
  }

  /// The numbers of a profile: a range for neighbours, and a list for the rest.
  void write_numbers(const std::vector<E164>& numbers, const std::string& profile) {
    std::vector<std::string> rest;
    for (const NumberBlock& block : blocks_of(numbers)) {
      if (block.count() > 1) {
        text_ += fmt::format("  - range: \"{}..{}\"\n{}", block.first.text(), block.last.text(),
                             profile);
      } else {
        rest.push_back(fmt::format("\"{}\"", block.first.text()));
      }
    }
    if (rest.size() == 1) {
      text_ += fmt::format("  - number: {}\n{}", rest.front(), profile);
    } else if (!rest.empty()) {
      text_ +=
          wrapped(rest, {.first_indent = "  - numbers: [", .indent = "              ", .end = "]"});
      text_ += profile;
    }
  }

  [[nodiscard]] bool has_remarks() const {
    return !notes_.empty() || !content_.unread.empty() || !content_.other_identifiers.empty() ||
           !unknown_.empty() || !empty_.empty() || !idle_.empty();
  }

  void write_remarks() {
    NumbersByText unread;
    for (const UnreadNumber& one : content_.unread) {
      const std::string reason =
          fmt::format("{}: {}", name(one.error.kind), shown(one.error.message, 300));
      unread[reason].push_back(one.number);
    }
    remark(fmt::format("{} could not be read, and {} not declared:",
                       counted(content_.unread.size(), "number"),
                       content_.unread.size() == 1 ? "is" : "are"),
           unread);
    remark("Not declared, as nothing of it can be:", empty_);
    remark("Not declared, as the provider has no configuration for it:", unknown_);
    remark("Listed by the provider, which has no configuration for it; declared absent:", idle_);
    std::vector<std::string> others;
    for (const std::string& one : content_.other_identifiers) {
      others.push_back(fmt::format("\"{}\"", shown(one, 60)));
    }
    if (!others.empty()) {
      text_ += "\n# Listed by the provider, and no E.164 number; it cannot be declared:\n";
      text_ += wrapped(others, {.first_indent = "#   ", .indent = "#   ", .end = ""});
    }
    remark("Not declared, or not as it stands at the provider:", notes_);
  }

  void remark(std::string_view what, const NumbersByText& numbers) {
    if (numbers.empty()) return;
    text_ += fmt::format("\n# {}\n", what);
    for (const auto& [reason, list] : numbers) {
      text_ += fmt::format("#   {}\n", reason);
      list_numbers(list, "#     ");
    }
  }
  void remark(std::string_view what, const std::vector<E164>& numbers) {
    if (numbers.empty()) return;
    text_ += fmt::format("\n# {}\n", what);
    list_numbers(numbers, "#   ");
  }

  void list_numbers(const std::vector<E164>& numbers, std::string_view indent) {
    std::vector<std::string> texts;
    for (const NumberBlock& block : blocks_of(numbers)) {
      std::string text(block.first.text());
      if (block.count() > 1) text.append("..").append(block.last.text());
      texts.push_back(std::move(text));
    }
    text_ += wrapped(texts, {.first_indent = indent, .indent = indent, .end = ""});
  }

  /// Text from outside, on one line and without secrets.
  [[nodiscard]] std::string shown(const std::string& text, std::size_t limit) const {
    return shown_excerpt(content_.redact ? content_.redact(text) : text, limit);
  }

  const ManifestContent& content_;
  std::map<std::string, Group> groups_;     // by the lines that declare them
  std::map<std::string, Group*> profiles_;  // by name
  std::size_t declared_ = 0;
  std::vector<E164> undeclared_;
  std::vector<E164> unknown_;  // without a configuration, and not listed either
  std::vector<E164> empty_;    // with one of which nothing can be declared
  std::vector<E164> idle_;     // listed without a configuration
  NumbersByText notes_;
  std::string text_;
};

}  // namespace

WrittenManifest write_manifest(const ManifestContent& content) {
  return ManifestText(content).finish();
}

}  // namespace sipdrift
