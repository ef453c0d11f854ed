// From top-level entries to terms, subjects and profiles.

#include "manifest/file_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "manifest/expectation_reader.hpp"
#include "manifest/node_content.hpp"
#include "manifest/scalar_value.hpp"
#include "model/suggestion.hpp"

namespace sipdrift {

namespace {

constexpr std::array<std::string_view, 5> top_level_keys{"version", "expected_count", "profiles",
                                                         "numbers", "waivers"};
constexpr std::array<std::string_view, 3> subject_keys{"number", "numbers", "range"};

std::span<const std::string_view> entry_keys() {
  static const auto keys = [] {
    std::vector<std::string_view> list(subject_keys.begin(), subject_keys.end());
    list.insert(list.end(), {"profile", "tags"});
    list.insert(list.end(), expectation_keys().begin(), expectation_keys().end());
    return list;
  }();
  return keys;
}

bool is_subject_key(std::string_view key) {
  return std::find(subject_keys.begin(), subject_keys.end(), key) != subject_keys.end();
}

/// Stands for what an entry says of its numbers, whichever they are.
Sha256 content_of(const YamlNode& entry) {
  std::string text;
  for (const YamlEntry& part : entry.entries) {
    if (is_subject_key(part.key.text)) continue;
    append_content(part.key, text);
    append_content(part.value, text);
  }
  return Sha256::of(text);
}

}  // namespace

/// Takes one file's entries as they are read.
class FileReader::Handler : public DocumentHandler {
 public:
  Handler(FileReader& reader, std::uint32_t file, FaultList& faults)
      : reader_(reader), declared_(reader.declared_), file_(file), faults_(faults) {}

  void item(const YamlNode& key, YamlNode item) override {
    if (key.text == "numbers") {
      has_numbers_ = true;
      read_entry(item);
    } else if (key.text == "waivers") {
      has_waivers_ = true;
      reader_.waivers_.read(item, file_, faults_);
    }
  }

  void entry(const YamlNode& key, YamlNode value) override {
    if (key.text == "version") {
      has_version_ = true;
      read_version(value);
    } else if (key.text == "expected_count") {
      const auto count = read_integer(value, key.text, 1, max_numbers, faults_);
      if (count) declared_.expected_counts.push_back({*count, file_, value.span});
    } else if (key.text == "profiles") {
      read_profiles(value);
    } else if (key.text == "numbers") {
      if (value.kind != YamlNode::Kind::list) {
        faults_.add(value.span, "numbers is not a list; each number begins with \"- \"");
      } else if (!has_numbers_) {
        faults_.add(value.span, "numbers is empty; list the numbers, or remove the key");
      }
      has_numbers_ = true;
    } else if (key.text == "waivers") {
      if (value.kind != YamlNode::Kind::list) {
        faults_.add(value.span, "waivers is not a list; each waiver begins with \"- \"");
      } else if (!has_waivers_) {
        faults_.add(value.span, "waivers is empty; list the waivers, or remove the key");
      }
    } else {
      refuse_key(key, top_level_keys, "the keys of a manifest are", faults_);
    }
  }

  void finish() {
    if (!has_version_) {
      faults_.add({0, 0}, "there is no \"version\"; a manifest begins with \"version: 1\"");
    }
  }

 private:
  void read_version(const YamlNode& value) {
    const auto text = read_text(value, "version", faults_);
    if (text && *text != "1") {
      faults_.add(value.span, fmt::format("version {} is not known; this program reads version 1",
                                          quoted(*text)));
    }
  }

  void read_profiles(const YamlNode& value) {
    if (value.kind != YamlNode::Kind::map || value.entries.empty()) {
      return faults_.add(
          value.span, "profiles is not a map; write each profile's name, and under it its fields");
    }
    for (const YamlEntry& entry : value.entries) read_profile(entry);
  }

  void read_profile(const YamlEntry& entry) {
    const std::size_t faults_before = faults_.size();
    const auto name = read_profile_name(entry.key, faults_);
    ExpectationReader reader(faults_);
    if (entry.value.kind != YamlNode::Kind::map) {
      faults_.add(entry.value.span,
                  fmt::format("profile {} is not a map of fields", quoted(entry.key.text)));
    }
    for (const YamlEntry& part : entry.value.entries) {
      if (!reader.read(part))
        refuse_key(part.key, expectation_keys(), "the keys of a profile are", faults_);
    }
    Expectation expectation = reader.finish();
    if (faults_.size() == faults_before && !entry.value.is_damaged &&
        expectation.check_count() == 0) {
      faults_.add(entry.key.span,
                  fmt::format("profile {} declares nothing; declare at least one field",
                              quoted(entry.key.text)));
    }
    if (!name) return;
    const bool is_sound = faults_.size() == faults_before;
    const auto [known, is_new] = declared_.profiles.try_emplace(
        *name, Profile{std::move(expectation), file_, entry.key.span, is_sound});
    if (!is_new && known->second.file != file_) {  // in one file it is a duplicate key
      const SourceText& other = reader_.sources_[known->second.file];
      faults_.add(entry.key.span,
                  fmt::format("profile {} stands twice, first in {}:{}; rename one of the two",
                              quoted(*name), quoted(other.path()),
                              other.line_of(known->second.span.offset)));
    }
  }

  void read_entry(const YamlNode& entry) {
    if (entry.kind != YamlNode::Kind::map) {
      return faults_.add(entry.span,
                         "this entry is not a map; write \"- number: ...\" and its fields");
    }
    std::vector<const YamlEntry*> subjects;
    for (const YamlEntry& part : entry.entries) {
      if (is_subject_key(part.key.text)) subjects.push_back(&part);
    }
    if (subjects.empty() && !entry.is_damaged) {
      faults_.add(entry.span, "this entry names no number; it needs one of number, numbers, range");
    } else if (subjects.size() > 1) {
      faults_.add(subjects[1]->key.span,
                  fmt::format("{} beside {}; an entry has one of the two",
                              quoted(subjects[1]->key.text), quoted(subjects[0]->key.text)));
    }
    const std::uint32_t terms = terms_of(entry);
    declared_.entries.push_back({file_, terms, profile_span(entry)});
    for (const YamlEntry* const subject : subjects) read_subject(*subject, terms);
  }

  static Span profile_span(const YamlNode& entry) {
    const auto profile =
        std::find_if(entry.entries.begin(), entry.entries.end(),
                     [](const YamlEntry& part) { return part.key.text == "profile"; });
    return profile == entry.entries.end() ? Span() : profile->value.span;
  }

  /// The terms of the entry: known ones, if another entry has said just the same.
  std::uint32_t terms_of(const YamlNode& entry) {
    const auto next = static_cast<std::uint32_t>(declared_.terms.size());
    const auto [known, is_new] = reader_.known_terms_.try_emplace(content_of(entry), next);
    const bool is_usable = !is_new && declared_.terms[known->second].is_sound;
    if (is_usable) return known->second;
    known->second = next;
    declared_.terms.push_back(read_terms(entry));  // unsound ones are read again, for their faults
    return next;
  }

  Terms read_terms(const YamlNode& entry) {
    const std::size_t faults_before = faults_.size();
    Declaration declaration;
    ExpectationReader reader(faults_);
    for (const YamlEntry& part : entry.entries) {
      if (part.key.text == "profile") {
        declaration.profile = read_profile_name(part.value, faults_).value_or("");
      } else if (part.key.text == "tags") {
        read_tags(part.value, declaration.tags);
      } else if (!is_subject_key(part.key.text) && !reader.read(part)) {
        refuse_key(part.key, entry_keys(), "the keys of an entry are", faults_);
      }
    }
    declaration.expectation = reader.finish();
    if (faults_.size() == faults_before && !entry.is_damaged && declaration.profile.empty() &&
        declaration.expectation.check_count() == 0) {
      faults_.add(entry.span,
                  "this entry declares nothing; declare at least one field, or name a profile");
    }
    return {std::move(declaration), faults_.size() == faults_before};
  }

  void read_tags(const YamlNode& value, std::vector<std::string>& tags) {
    if (value.kind != YamlNode::Kind::list || value.items.empty()) {
      return faults_.add(value.span, "tags is not a list of tags; write \"tags: [site:ams]\"");
    }
    for (const YamlNode& item : value.items) {
      auto tag = read_tag(item, faults_);
      if (!tag) continue;
      if (std::find(tags.begin(), tags.end(), *tag) != tags.end()) {
        faults_.add(item.span, fmt::format("tag {} stands twice; remove one", quoted(*tag)));
      }
      tags.push_back(std::move(*tag));
    }
  }

  void read_subject(const YamlEntry& subject, std::uint32_t terms) {
    if (subject.key.text == "number") {
      add_number(subject.value, terms);
    } else if (subject.key.text == "range") {
      add_range(subject.value, terms);
    } else if (subject.value.kind != YamlNode::Kind::list || subject.value.items.empty()) {
      faults_.add(subject.value.span,
                  "numbers is not a list of numbers; write \"numbers: [\"+14150000001\", ...]\"");
    } else {
      for (const YamlNode& item : subject.value.items) add_number(item, terms);
    }
  }

  void add_number(const YamlNode& node, std::uint32_t terms) {
    if (const auto number = read_number(node, faults_)) {
      declared_.subjects.push_back({*number, *number, file_, terms, node.span});
    }
  }

  void add_range(const YamlNode& node, std::uint32_t terms) {
    const auto range = read_range(node, faults_);
    if (!range) return;
    const Subject subject{range->first, range->last, file_, terms, node.span};
    if (subject.count() > max_numbers_in_range) {
      return faults_.add(
          node.span,
          fmt::format("range {} holds {} numbers, and a range may hold {}; write several",
                      quoted(node.text), subject.count(), max_numbers_in_range));
    }
    declared_.subjects.push_back(subject);
  }

  FileReader& reader_;
  DeclaredTerms& declared_;
  std::uint32_t file_;
  FaultList& faults_;
  bool has_version_ = false;
  bool has_numbers_ = false;
  bool has_waivers_ = false;
};

bool FileReader::read(std::uint32_t file, std::vector<Diagnostic>& list) {
  FaultList faults(sources_[file], list);
  Handler handler(*this, file, faults);
  if (!read_yaml(sources_[file], handler, faults)) return false;
  handler.finish();
  return true;
}

}  // namespace sipdrift
