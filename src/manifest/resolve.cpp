// Profiles laid in, ranges counted out, duplicates found.

#include "manifest/resolve.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "manifest/expectation_reader.hpp"
#include "model/counted.hpp"
#include "model/suggestion.hpp"

namespace sipdrift {

namespace {

class Resolver {
 public:
  Resolver(DeclaredTerms& declared, const std::vector<SourceText>& sources, const Wanted& wanted,
           std::vector<std::vector<Diagnostic>>& faults, Manifest& manifest)
      : declared_(declared),
        sources_(sources),
        wanted_(wanted),
        faults_(faults),
        manifest_(manifest) {}

  void run() {
    if (wanted_.is_whole) {
      check_profiles();
      check_counts();
    }
    lay_profiles_in();
    check_contradictions();
    check_duplicates();
    if (wanted_.is_whole) check_total();
  }

  void count_out() {
    manifest_.waivers = std::move(declared_.waivers);
    manifest_.declarations.reserve(declared_.terms.size());
    for (Terms& terms : declared_.terms) {
      manifest_.declarations.push_back(std::move(terms.declaration));
    }
    for (const Subject& subject : declared_.subjects) {
      const Source source{subject.file, line_of(subject)};
      E164 number = subject.first;
      for (std::uint64_t left = subject.count(); left > 0; --left) {
        manifest_.numbers.push_back({number, subject.terms, source});
        number = number.next().value_or(number);
      }
    }
    std::sort(manifest_.numbers.begin(), manifest_.numbers.end(),
              [](const DeclaredNumber& a, const DeclaredNumber& b) { return a.number < b.number; });
  }

 private:
  [[nodiscard]] std::uint32_t line_of(const Subject& subject) const {
    return sources_[subject.file].line_of(subject.span.offset);
  }

  void refuse(std::uint32_t file, Span span, std::string message) {
    faults_[file].push_back(sources_[file].diagnose(span, std::move(message)));
  }

  void check_profiles() {
    std::vector<std::string_view> names;
    for (const auto& [name, profile] : declared_.profiles) names.push_back(name);
    for (const Entry& entry : declared_.entries) {
      const std::string& name = declared_.terms[entry.terms].declaration.profile;
      if (name.empty() || declared_.profiles.contains(name)) continue;
      refuse(entry.file, entry.profile_span,
             fmt::format("profile {} does not exist; {}", quoted(name),
                         names.empty() ? "there are no profiles; declare it under \"profiles:\""
                                       : suggestion(name, names, "there are")));
    }
  }

  void check_counts() {
    for (const ExpectedCount& expected : declared_.expected_counts) {
      std::uint64_t count = 0;
      for (const Subject& subject : declared_.subjects) {
        if (subject.file == expected.file) count += subject.count();
      }
      if (count == expected.count) continue;
      refuse(expected.file, expected.span,
             fmt::format("expected_count is {}, but the file declares {}; if nothing is "
                         "missing, write {}",
                         expected.count, counted(count, "number"), count));
    }
  }

  void lay_profiles_in() {
    for (Terms& terms : declared_.terms) {
      const Profile* const profile = profile_of(terms);
      if (profile == nullptr) continue;
      Expectation whole = profile->expectation;
      whole.overlay(terms.declaration.expectation);
      terms.declaration.expectation = std::move(whole);
    }
  }

  /// A profile and an entry may contradict each other, though neither contradicts itself.
  void check_contradictions() {
    for (const Entry& entry : declared_.entries) {
      const Terms& terms = declared_.terms[entry.terms];
      const Profile* const profile = profile_of(terms);
      if (profile == nullptr || !profile->is_sound || !terms.is_sound) continue;
      for (const Contradiction& found : find_contradictions(terms.declaration.expectation)) {
        refuse(entry.file, entry.profile_span,
               fmt::format("with profile {}, {} of this entry: {}",
                           quoted(terms.declaration.profile), found.path.text(), found.message));
      }
    }
  }

  [[nodiscard]] const Profile* profile_of(const Terms& terms) const {
    const auto found = declared_.profiles.find(terms.declaration.profile);
    return found == declared_.profiles.end() ? nullptr : &found->second;
  }

  /// By length and value: overlapping subjects become neighbours.
  void check_duplicates() {
    std::vector<std::uint32_t> order(declared_.subjects.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto key = [&](std::uint32_t index) {
      const Subject& subject = declared_.subjects[index];
      return std::tuple(subject.first.text().size(), subject.first, index);
    };
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });

    const Subject* reaching_furthest = nullptr;
    for (const std::uint32_t index : order) {
      const Subject& subject = declared_.subjects[index];
      const bool overlaps = reaching_furthest != nullptr &&
                            reaching_furthest->last.text().size() == subject.first.text().size() &&
                            subject.first <= reaching_furthest->last;
      if (overlaps) refuse_duplicate(*reaching_furthest, subject);
      if (!overlaps || reaching_furthest->last < subject.last) reaching_furthest = &subject;
    }
  }

  /// Told at the later of the two places.
  void refuse_duplicate(const Subject& a, const Subject& b) {
    const bool a_is_first = std::pair(a.file, a.span.offset) < std::pair(b.file, b.span.offset);
    const Subject& first = a_is_first ? a : b;
    const Subject& second = a_is_first ? b : a;
    const E164& begin = std::max(a.first, b.first);
    const E164& end = std::min(a.last, b.last);
    const std::uint64_t count = end.digits() - begin.digits() + 1;
    const std::string place =
        first.file == second.file
            ? fmt::format("on line {}", line_of(first))
            : fmt::format("in {}:{}", sources_[first.file].path(), line_of(first));
    const std::string what =
        count == 1 ? fmt::format("{} is", begin.text())
                   : fmt::format("{} numbers, {} to {}, are", count, begin.text(), end.text());
    refuse(second.file, second.span,
           fmt::format("{} declared twice, first {}; keep one of the two", what, place));
  }

  void check_total() {
    std::uint64_t total = 0;
    for (const Subject& subject : declared_.subjects) total += subject.count();
    const bool has_waivers = !declared_.waivers.empty();
    const bool may_be_none = has_waivers && wanted_.needs == Needs::numbers_or_waivers;
    if (total == 0 && !may_be_none && no_faults()) {
      refuse(0, {0, 0},
             has_waivers ? "no number is declared, only waivers; give the file that declares the "
                           "numbers as well"
                         : "no number is declared; list them under \"numbers:\"");
    } else if (total > max_numbers) {
      refuse(0, {0, 0},
             fmt::format("{} numbers are declared, and one run takes {}; split the "
                         "manifest",
                         total, max_numbers));
    }
  }

  [[nodiscard]] bool no_faults() const {
    return std::all_of(faults_.begin(), faults_.end(),
                       [](const std::vector<Diagnostic>& list) { return list.empty(); });
  }

  DeclaredTerms& declared_;
  const std::vector<SourceText>& sources_;
  Wanted wanted_;
  std::vector<std::vector<Diagnostic>>& faults_;
  Manifest& manifest_;
};

}  // namespace

void resolve(DeclaredTerms declared, const std::vector<SourceText>& sources, const Wanted& wanted,
             std::vector<std::vector<Diagnostic>>& faults, Manifest& manifest) {
  Resolver resolver(declared, sources, wanted, faults, manifest);
  resolver.run();
  const bool is_sound =
      wanted.is_whole &&
      std::all_of(faults.begin(), faults.end(), [](const auto& list) { return list.empty(); });
  if (is_sound) resolver.count_out();
}

}  // namespace sipdrift
