// Changes made by hand, as find_changes() would make them.

#include "report/sample_changes.hpp"

#include <cstdint>
#include <sstream>
#include <utility>

#include "report/sample_reports.hpp"

namespace sipdrift {

namespace {

FieldPath outbound(std::optional<Field> field) { return {Direction::outbound, field}; }

Changes base() {
  Changes changes{.before = report_of({}).run, .after = report_of({}).run};
  changes.after.id = "00000000-0000-4000-8000-000000000002";
  changes.after.started_at += std::chrono::hours(1);
  changes.after.finished_at += std::chrono::hours(1);
  return changes;
}

NumberChanges number(const std::string& text, std::vector<Change> changes = {}) {
  return {.number = E164::parse(text).value(), .changes = std::move(changes)};
}

Change moved(ChangeState state, std::int64_t to = 5061) {
  return {.path = outbound(Field::port), .state = state, .before = std::int64_t{5060}, .after = to};
}

Change respelled() {
  return {.path = outbound(Field::sip_endpoint),
          .state = ChangeState::respelled,
          .before = std::string("SIP:{number}@h"),
          .after = std::string("sip:{number}@h"),
          .rule = Rule::sip_uri_comparison};
}

Change lost(ChangeState state) {
  return {.path = outbound(Field::transport),
          .state = state,
          .severity = Severity::critical,
          .before = std::string("tls"),
          .after = std::string("udp")};
}

Changes finished(Changes changes) {
  changes.exit_code = exit_status_of(changes);
  return changes;
}

Changes nothing() {
  Changes changes = base();
  changes.numbers = {number("+14155550100"), number("+14155550101", {respelled()})};
  return finished(std::move(changes));
}

Changes something() {
  Changes changes = base();
  changes.match = MatchMode::exact;
  changes.before.complete = false;
  changes.numbers = {
      number("+14155550100", {moved(ChangeState::changed)}),
      number("+14155550101", {moved(ChangeState::changed)}),
      number("+14155550102",
             {{.path = outbound(std::nullopt), .before = {}, .after = std::string("configured")},
              {.path = outbound(Field::secure_media),
               .severity = Severity::critical,
               .before = true,
               .after = false}}),
      number("+14155550103"),
      {.number = E164::parse("+14155550104").value(),
       .gap = Gap{"timeout: no whole reply within 10 s", "not in the report"}}};
  changes.notices.push_back({"the audit before was not complete"});
  return finished(std::move(changes));
}

Changes with_plan() {
  Changes changes = base();
  changes.plan = {{"change.yaml", Sha256::of("change")}, {"more.yaml", Sha256::of("more")}};
  return changes;
}

NumberChanges planned(const std::string& text, std::vector<Change> changes,
                      std::vector<Step> steps) {
  NumberChanges made = number(text, std::move(changes));
  made.source = Source{1, 4};
  made.steps = std::move(steps);
  return made;
}

Step step(StepState state, std::int64_t live = 5060) {
  const bool is_so = state != StepState::not_so && state != StepState::waived;
  return {.path = outbound(Field::port),
          .state = state,
          .expected = std::int64_t{5061},
          .live = is_so ? Value() : Value(live)};
}

Changes as_planned() {
  Changes changes = with_plan();
  for (int n = 0; n < 12; n += 2) {
    changes.numbers.push_back(planned("+1415555" + std::to_string(1000 + n),
                                      {moved(ChangeState::planned)}, {step(StepState::happened)}));
  }
  changes.numbers.push_back(number("+14155552000"));
  changes.numbers.back().has_unseen_part = true;
  changes.notices.push_back({"1 number has an endpoint with a part that is not shown"});
  return finished(std::move(changes));
}

Changes not_as_planned() {
  Changes changes = with_plan();
  const Step unseen{.path = outbound(Field::sip_endpoint),
                    .state = StepState::unseen,
                    .expected = std::string("sip:a:[redacted]@h")};
  const Step not_gone{.path = {Direction::inbound, std::nullopt},
                      .state = StepState::not_so,
                      .expected = {},
                      .live = std::string("configured")};
  changes.numbers = {
      planned("+14155550100", {moved(ChangeState::planned)}, {step(StepState::happened)}),
      planned("+14155550101", {moved(ChangeState::unplanned, 5062)},
              {not_gone, step(StepState::not_so, 5062)}),
      planned("+14155550102", {lost(ChangeState::unplanned)}, {step(StepState::was_so)}),
      planned("+14155550103", {}, {step(StepState::waived)}),
      planned("+14155550104", {}, {unseen}),
      number("+14155550105", {lost(ChangeState::unplanned)}),
      number("+14155550106", {respelled()}),
      {.number = E164::parse("+14155550107").value(),
       .source = Source{0, 2},
       .gap = Gap{"not in the report", "not in the report"}}};
  return finished(std::move(changes));
}

}  // namespace

std::vector<SampleChanges> sample_changes() {
  return {{"changes_none", nothing()},
          {"changes_found", something()},
          {"changes_as_planned", as_planned()},
          {"changes_not_as_planned", not_as_planned()}};
}

Changes changes_full_of(const std::string& text) {
  Changes changes = with_plan();
  for (Run* const run : {&changes.before, &changes.after}) {
    run->id = text;
    run->api_url = text;
    run->manifests = {{text, Sha256::of(text)}};
  }
  changes.plan = {{text, Sha256::of(text)}};
  Change change = respelled();
  change.before = "before " + text;
  change.after = text;
  Change unplanned = change;
  unplanned.state = ChangeState::unplanned;
  const Step step{.path = outbound(Field::sip_endpoint),
                  .state = StepState::not_so,
                  .expected = "planned " + text,
                  .live = text};
  changes.numbers = {number("+14155550100", {change}),
                     planned("+14155550101", {unplanned}, {step}),
                     {.number = E164::parse("+14155550102").value(),
                      .gap = Gap{.before = "not in the report", .after = "tls: " + text}}};
  changes.numbers[1].source = Source{0, 1};
  changes.notices.push_back({text});
  return finished(std::move(changes));
}

Changes many_changes(std::size_t count) {
  Changes changes = base();
  for (std::size_t i = 0; i < count; ++i) {
    changes.numbers.push_back(number("+1415555" + std::to_string(1000 + 2 * i),
                                     {moved(ChangeState::changed, static_cast<std::int64_t>(i))}));
  }
  changes.numbers.push_back({.number = E164::parse("+14155559999").value(),
                             .gap = Gap{.before = {}, .after = "timeout: too late"}});
  return finished(std::move(changes));
}

std::string written(const ChangeFormat& format, const Changes& changes,
                    const FormatOptions& options) {
  std::ostringstream out;
  format.write(changes, out, options);
  return out.str();
}

}  // namespace sipdrift
