// The report as a whole, its numbers one by one, and its waivers.

#include "sipdrift/verify.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "audit/judge_again.hpp"
#include "audit/manifest_files.hpp"
#include "audit/waivers.hpp"
#include "model/counted.hpp"

namespace sipdrift {

namespace {

/// A text of the manifest that the run's filter for secrets has changed cannot be told again.
bool is_same(const std::string& told, const std::string& declared) {
  return told == declared || is_partly_hidden(told);
}

bool is_same(const Waiver& told, const Waiver& declared) {
  return is_same(subject_text(told), subject_text(declared)) && told.path == declared.path &&
         is_same(told.observed.value_or(""), declared.observed.value_or("")) &&
         told.observed.has_value() == declared.observed.has_value() &&
         is_same(told.reason, declared.reason) && is_same(told.owner, declared.owner) &&
         is_same(told.ticket, declared.ticket) && told.expires == declared.expires &&
         told.ends_at == declared.ends_at && told.source.manifest == declared.source.manifest &&
         told.source.line == declared.source.line;
}

class Verifier {
 public:
  Verifier(const Report& report, const Manifest& manifest) : report_(report), manifest_(manifest) {}

  Verification run() {
    verification_.faults = file_faults(report_.run.manifests, manifest_.files);
    verification_.numbers = manifest_.numbers.size();
    whole();
    numbers();
    if (not_compared_ > 0) {
      const bool is_one = not_compared_ == 1;
      fault(fmt::format("{} {} not compared", counted(not_compared_, "number"),
                        is_one ? "was" : "were"));
    }
    waivers();
    return std::move(verification_);
  }

 private:
  void fault(std::string text) { verification_.faults.push_back(std::move(text)); }

  void fault(const E164& number, std::string_view text) {
    fault(fmt::format("{}: {}", number.text(), text));
  }

  void whole() {
    if (!report_.run.complete) fault("is of a run that did not come to its end");
    if (report_.run.finished_at < report_.run.started_at)
      fault("is of a run that ended before it began");
    if (report_.run.shard) {
      fault(
          fmt::format("is only part {} of {}", report_.run.shard->index, report_.run.shard->count));
    }
    if (report_.discovery && report_.discovery->error) {
      fault("is of a run that could not get the provider's list of numbers");
    }
  }

  /// Both lists are in the order of their numbers.
  void numbers() {
    auto result = report_.results.begin();
    for (const DeclaredNumber& declared : manifest_.numbers) {
      for (; result != report_.results.end() && result->number < declared.number; ++result) {
        undeclared(*result);
      }
      if (result != report_.results.end() && result->number == declared.number) {
        compare_with(declared, *result++);
      } else if (!report_.run.shard || report_.run.shard->holds(declared.number)) {
        missing_.push_back(&declared);
        fault(declared.number,
              fmt::format("is declared on line {} of {}, and not in the report",
                          declared.source.line, manifest_.files[declared.source.manifest].path));
      } else {
        missing_.push_back(&declared);  // of another part, which is told of them all
      }
    }
    std::for_each(result, report_.results.end(),
                  [this](const NumberResult& one) { undeclared(one); });
  }

  void undeclared(const NumberResult& result) {
    if (result.status() == Status::unmanaged) return;
    fault(result.number, "is in the report, and not declared");
  }

  void compare_with(const DeclaredNumber& declared, const NumberResult& result) {
    if (result.status() == Status::unmanaged) {
      return fault(result.number, "is declared, and reported as unmanaged");
    }
    description(declared, result);
    if (!std::holds_alternative<Comparison>(result.outcome)) {
      ++not_compared_;
      return;
    }
    if (!result.observed) return fault(result.number, "it is not said what was observed");
    moment(result);
    const Expectation& expectation = manifest_.declaration_of(declared).expectation;
    const SecondVerdict again = judge_again(expectation, result, report_.run.match);
    for (const std::string& text : again.faults) fault(result.number, text);
    verification_.fields += again.made_again;
    verification_.hidden += again.hidden;
  }

  /// Nothing was observed but while the run went on, or before it by one that it completes.
  void moment(const NumberResult& result) {
    const Run& run = report_.run;
    const auto& at = result.evidence.observed_at;
    const bool is_within =
        at && *at <= run.finished_at && (*at >= run.started_at || !run.resumed_from.empty());
    if (!is_within) fault(result.number, "was not observed at a time of the run");
  }

  /// What the report says of the declaration.
  void description(const DeclaredNumber& declared, const NumberResult& result) {
    const Declaration& declaration = manifest_.declaration_of(declared);
    const bool is_same_place = result.source &&
                               result.source->manifest == declared.source.manifest &&
                               result.source->line == declared.source.line;
    if (!is_same_place) {
      fault(result.number,
            fmt::format("is declared on line {} of {}, and not where the report says",
                        declared.source.line, manifest_.files[declared.source.manifest].path));
    }
    if (!is_same(result.profile, declaration.profile)) {
      fault(result.number, fmt::format("its profile is \"{}\", and \"{}\" in the report",
                                       declaration.profile, result.profile));
    }
    const auto is_same_tag = [](const std::string& a, const std::string& b) {
      return is_same(a, b);
    };
    if (!std::equal(result.tags.begin(), result.tags.end(), declaration.tags.begin(),
                    declaration.tags.end(), is_same_tag)) {
      fault(result.number,
            fmt::format("its tags are [{}], and [{}] in the report",
                        fmt::join(declaration.tags, ", "), fmt::join(result.tags, ", ")));
    }
  }

  void waivers() {
    const auto is_same_waiver = [](const WaiverUse& use, const Waiver& declared) {
      return is_same(use.waiver, declared);
    };
    if (!std::equal(report_.waivers.begin(), report_.waivers.end(), manifest_.waivers.begin(),
                    manifest_.waivers.end(), is_same_waiver)) {
      return fault("has other waivers than the manifest");
    }
    if (report_.waivers.empty()) return;
    Report again = report_;
    std::vector<Waiver> shown;
    for (const WaiverUse& use : report_.waivers) shown.push_back(use.waiver);
    apply_waivers(shown, missing_, manifest_, again);
    for (std::size_t i = 0; i < again.waivers.size(); ++i) {
      const WaiverUse& told = report_.waivers[i];
      const WaiverUse& made = again.waivers[i];
      if (told.state == made.state && told.findings == made.findings) continue;
      fault(fmt::format(
          "the waiver on line {} ({}, {}) is {} with {}, and {} with {} in the report",
          told.waiver.source.line, subject_text(told.waiver), told.waiver.path.text(),
          name(made.state), counted(made.findings, "finding"), name(told.state), told.findings));
    }
    for (std::size_t i = 0; i < again.results.size(); ++i) {
      marks(report_.results[i], again.results[i]);
    }
  }

  void marks(const NumberResult& told, const NumberResult& made) {
    for (std::size_t i = 0; i < told.findings().size(); ++i) {
      const Finding& finding = told.findings()[i];
      if (finding.waiver == made.findings()[i].waiver) continue;
      fault(told.number, fmt::format("another waiver, or none, covers {}", finding.path.text()));
    }
  }

  const Report& report_;
  const Manifest& manifest_;
  Verification verification_;
  std::vector<const DeclaredNumber*> missing_;  // that are declared, and not in the report
  std::size_t not_compared_ = 0;
};

}  // namespace

Verification verify(const Report& report, const Manifest& manifest) {
  return Verifier(report, manifest).run();
}

}  // namespace sipdrift
