// Selected findings by field and live value; then neighbours together.

#include "audit/waiver_plan.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "audit/select.hpp"
#include "model/counted.hpp"

namespace sipdrift {

namespace {

/// What the findings of one waiver have in common: the field, and the live value that it is pinned
/// to.
using Group = std::pair<FieldPath, std::optional<std::string>>;

class Planner {
 public:
  Planner(const FindingSelection& selection, const Waiver& terms, Pin pin)
      : selection_(selection), terms_(terms), pin_(pin), hits_(selection.fingerprints.size()) {}

  WaiverPlan plan(const Report& report) {
    for (const NumberResult& result : report.results) look_at(result);
    for (std::size_t i = 0; i < hits_.size(); ++i)
      check_fingerprint(selection_.fingerprints[i], hits_[i]);
    for (const auto& [group, numbers] : groups_) cover(group, numbers);
    std::sort(plan_.waivers.begin(), plan_.waivers.end(), [](const Waiver& a, const Waiver& b) {
      const auto key = [](const Waiver& waiver) {
        return std::tuple(std::get<NumberRange>(waiver.subject).first, waiver.path,
                          waiver.observed);
      };
      return key(a) < key(b);
    });
    return std::move(plan_);
  }

 private:
  void look_at(const NumberResult& result) {
    bool has_open = false;
    const bool is_number_selected = is_selected(result.number, result.tags, selection_.numbers);
    for (const Finding& finding : result.findings()) {
      if (finding.waiver) continue;
      has_open = true;
      ++plan_.open;
      ++plan_.open_by_field[finding.path];
      const bool has_fingerprint = fits_fingerprint(result.number, finding);
      if (is_number_selected && has_fingerprint && fits_field(finding)) {
        select_finding(result.number, finding);
      }
    }
    if (has_open) ++plan_.open_numbers;
  }

  [[nodiscard]] bool fits_field(const Finding& finding) const {
    const auto& fields = selection_.fields;
    return fields.empty() || std::find(fields.begin(), fields.end(), finding.path) != fields.end();
  }

  /// Each of those asked for is counted, as it is to be of one finding alone.
  bool fits_fingerprint(const E164& number, const Finding& finding) {
    if (selection_.fingerprints.empty()) return true;
    const std::string whole = fingerprint(number, finding);
    bool fits = false;
    for (std::size_t i = 0; i < hits_.size(); ++i) {
      if (!whole.starts_with(selection_.fingerprints[i])) continue;
      ++hits_[i];
      fits = true;
    }
    return fits;
  }

  void check_fingerprint(const std::string& beginning, std::size_t hits) {
    if (hits == 1) return;
    plan_.faults.push_back(
        hits == 0 ? fmt::format("no finding that is not waived has the fingerprint {}", beginning)
                  : fmt::format("{} have a fingerprint that begins with {}; give more of it",
                                counted(hits, "finding"), beginning));
  }

  void select_finding(const E164& number, const Finding& finding) {
    Group group{finding.path, std::nullopt};
    if (pin_ == Pin::to_live_value) {
      if (finding.rule != Rule::redacted_part) group.second = pin_text(finding.actual);
      if (!group.second) return plan_.unpinned.push_back({number, finding.path});
    }
    groups_[std::move(group)].push_back(number);
  }

  /// Numbers are in the order of their texts, in which all between two of one length may stand, but
  /// also longer ones: only a number that is the next one goes on with a range.
  void cover(const Group& group, const std::vector<E164>& numbers) {
    std::map<std::size_t, std::vector<E164>> by_length;
    for (const E164& number : numbers) by_length[number.text().size()].push_back(number);
    for (const auto& [length, list] : by_length) {
      std::optional<NumberRange> range;
      for (const E164& number : list) {
        if (range && range->last.next() == number) {
          range->last = number;
          continue;
        }
        if (range) add(group, *range);
        range = NumberRange{number, number};
      }
      if (range) add(group, *range);
    }
  }

  void add(const Group& group, const NumberRange& range) {
    Waiver waiver = terms_;
    waiver.subject = range;
    std::tie(waiver.path, waiver.observed) = group;
    plan_.waivers.push_back(std::move(waiver));
  }

  const FindingSelection& selection_;
  const Waiver& terms_;
  Pin pin_;
  std::vector<std::size_t> hits_;  // of each fingerprint
  std::map<Group, std::vector<E164>> groups_;
  WaiverPlan plan_;
};

}  // namespace

WaiverPlan plan_waivers(const Report& report, const FindingSelection& selection,
                        const Waiver& terms, Pin pin) {
  return Planner(selection, terms, pin).plan(report);
}

}  // namespace sipdrift
