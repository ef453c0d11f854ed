// Parts put together: what the whole says that no part could, and what is refused.

#include "sipdrift/merge.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/table_fetcher.hpp"
#include "sipdrift/formats.hpp"
#include "sipdrift/report_reader.hpp"

namespace sipdrift {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;

constexpr std::uint32_t part_count = 3;

/// +12 in sync, +13 and +15 drifted, +14 without an answer.
std::map<std::string, FetchOutcome> fleet() {
  return {{target("12"), answered(outbound_port("+12", 5061))},
          {target("13"), answered(outbound_port("+13", 5060))},
          {target("14"), failed(ErrorKind::timeout, 1)},
          {target("15"), answered(outbound_port("+15", 5062))}};
}

Waiver waiver_of_tag(const std::string& tag, Timestamp ends_at) {
  return {.subject = tag,
          .path = {Direction::outbound, sipdrift::Field::port},
          .observed = {},
          .reason = "moved",
          .owner = "voice",
          .ticket = "T-1",
          .expires = rfc3339(ends_at),
          .ends_at = ends_at,
          .source = {.manifest = 0, .line = 9}};
}

Timestamp at(int seconds) { return Timestamp{std::chrono::seconds(seconds)}; }

using Change = std::function<void(AuditOptions&)>;

Report audited(const Manifest& numbers, const Change& change) {
  AuditOptions some = options();
  change(some);
  TableFetcher fetcher;
  fetcher.outcomes = fleet();
  return audit(numbers, some, fetcher);
}

/// All parts, each made with the options that `change` makes of a plain audit's.
std::vector<Report> parts_of(
    const Manifest& numbers, const Change& change = [](AuditOptions&) {}) {
  std::vector<Report> parts;
  for (std::uint32_t index = 1; index <= part_count; ++index) {
    parts.push_back(audited(numbers, [&](AuditOptions& some) {
      some.run_id = "part-" + std::to_string(index);
      some.shard = Shard{.index = index, .count = part_count};
      change(some);
    }));
  }
  return parts;
}

std::string as_json(const Report& report) {
  std::ostringstream out;
  find_format("json")->write(report, out, {});
  return out.str();
}

/// The merged report, which must bear itself out as any other.
Report merged(std::vector<Report> parts) {
  auto report = merge(std::move(parts), "merged");
  EXPECT_TRUE(report) << report.error().message;
  const std::string json = as_json(*report);
  const auto again = read_report(json);
  EXPECT_TRUE(again) << again.error().path << " " << again.error().message;
  if (again) {
    EXPECT_EQ(as_json(*again), json);
  }
  return *std::move(report);
}

std::size_t part_with(const std::vector<Report>& parts, const std::string& number) {
  const E164 wanted = E164::parse(number).value();
  std::size_t at = 0;
  while (!parts[at].run.shard->holds(wanted)) ++at;
  return at;
}

// ---- The whole -------------------------------------------------------------------------------

TEST(Merge, GivesWhatOneAuditWouldHaveGiven) {
  const Report whole = audited(manifest(), [](AuditOptions&) {});
  Report report = merged(parts_of(manifest()));
  EXPECT_EQ(report.run.exit_code, whole.run.exit_code);
  EXPECT_THAT(report.run.merged_from, ElementsAre("part-1", "part-2", "part-3"));
  EXPECT_THAT(report.notices, ElementsAre(Field(&Notice::message, "merged from 3 parts")));
  report.run = whole.run;
  report.notices.clear();
  EXPECT_EQ(as_json(report), as_json(whole));
}

TEST(Merge, TakesThePartsInAnyOrder) {
  std::vector<Report> parts = parts_of(manifest());
  const std::string in_order = as_json(merged(parts));
  std::swap(parts[0], parts[2]);
  EXPECT_EQ(as_json(merged(parts)), in_order);
}

TEST(Merge, BeginsWithTheFirstPartAndEndsWithTheLast) {
  std::vector<Report> parts = parts_of(manifest());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i].run.started_at = at(100 - static_cast<int>(i));
    parts[i].run.finished_at = at(200 + static_cast<int>(i));
    parts[i].run.fetch.protocol = "HTTP/2";
    parts[i].run.fetch.retries = {{ErrorKind::timeout, 2}};
    parts[i].run.fetch.latency = Latency{};
  }
  Report report = merged(parts);
  EXPECT_EQ(report.run.started_at, at(98));
  EXPECT_EQ(report.run.finished_at, at(202));
  EXPECT_EQ(report.run.duration, std::chrono::seconds(104));
  EXPECT_EQ(report.run.fetch.protocol, "HTTP/2");
  EXPECT_EQ(report.run.fetch.retries.at(ErrorKind::timeout), 6U);
  EXPECT_FALSE(report.run.fetch.latency);
  parts[1].run.fetch.protocol = "HTTP/1.1";
  EXPECT_EQ(merged(parts).run.fetch.protocol, "");
}

TEST(Merge, IsCompleteOnlyIfAllPartsAre) {
  std::vector<Report> parts = parts_of(manifest());
  EXPECT_TRUE(merged(parts).run.complete);
  parts[1].run.complete = false;
  EXPECT_FALSE(merged(parts).run.complete);
}

TEST(Merge, KeepsTheSelectionAndWhatConcernsAll) {
  const Change change = [](AuditOptions& some) {
    some.selection.exclude = {"+15"};
    some.exit_policy.exit_zero = true;
  };
  std::vector<Report> parts = parts_of(manifest(), change);
  for (Report& part : parts) part.notices.push_back({"there is no earlier report"});
  Report report = merged(parts);
  std::vector<std::string> words;
  for (const Notice& notice : report.notices) words.push_back(notice.message);
  EXPECT_THAT(words, ElementsAre("3 of 4 numbers were selected by --only and --exclude",
                                 "there is no earlier report", HasSubstr("would be 6"),
                                 "merged from 3 parts"));
  EXPECT_EQ(report.run.exit_code, 0);
}

// ---- Exit status -----------------------------------------------------------------------------

TEST(MergedExitStatus, HasWhatEachPartTells) {
  std::vector<Report> parts = parts_of(manifest());
  // None tells all of it.
  parts[part_with(parts, "+14")].run.exit_code &= exit_status::not_compared;
  EXPECT_EQ(merged(parts).run.exit_code, 6);
}

TEST(MergedExitStatus, OfAPartThatWasStoppedIsThatOfItsResults) {
  std::vector<Report> parts = parts_of(manifest());
  for (Report& part : parts) {
    part.run.exit_code = exit_status::terminated;
    part.run.complete = false;
  }
  EXPECT_EQ(merged(parts).run.exit_code, 6);
}

TEST(MergedExitStatus, OfAPartThatCouldNotBeAuditedIsThatOfTheWhole) {
  std::vector<Report> parts = parts_of(manifest());
  parts[2].run.exit_code = exit_status::no_audit;
  EXPECT_EQ(merged(parts).run.exit_code, exit_status::no_audit);
}

// ---- Waivers ---------------------------------------------------------------------------------

Manifest waived(const std::string& tag, Timestamp ends_at = at(4'000'000)) {
  Manifest numbers = manifest();
  numbers.waivers.push_back(waiver_of_tag(tag, ends_at));
  return numbers;
}

TEST(MergedWaivers, AreDecidedByAllParts) {
  Manifest numbers = waived("gold");
  numbers.waivers.push_back(waiver_of_tag("site:nowhere", at(4'000'000)));
  numbers.waivers.push_back(waiver_of_tag("gold", at(1)));
  const std::vector<Report> parts = parts_of(numbers);
  Report whole = audited(numbers, [](AuditOptions&) {});
  Report report = merged(parts);
  ASSERT_EQ(report.waivers.size(), 3U);
  EXPECT_EQ(report.waivers[0].state, WaiverState::in_use);
  EXPECT_EQ(report.waivers[1].state, WaiverState::unused);
  EXPECT_EQ(report.waivers[2].state, WaiverState::expired);
  report.run = whole.run;
  report.notices.pop_back();
  EXPECT_EQ(as_json(report), as_json(whole));
}

/// In sync but for +14, which is what leaves the tag's waiver open in every part.
TEST(MergedWaivers, AreUndecidedWhereANumberWasNotCompared) {
  TableFetcher agreeing;
  agreeing.outcomes = fleet();
  agreeing.outcomes[target("13")] = answered(outbound_port("+13", 5061));
  std::vector<Report> parts;
  for (std::uint32_t index = 1; index <= part_count; ++index) {
    AuditOptions of_part = options();
    of_part.shard = Shard{.index = index, .count = part_count};
    parts.push_back(audit(waived("site:ams"), of_part, agreeing));
  }
  EXPECT_EQ(merged(parts).waivers[0].state, WaiverState::undecided);
}

TEST(MergedWaivers, MayBeForNumbersThatWereNotSelected) {
  const Manifest numbers = waived("site:ams");
  const auto state_without = [&](const std::string& excluded) {
    const std::vector<Report> parts = parts_of(numbers, [&](AuditOptions& some) {
      some.selection.only = {"+12", "+13", "+15"};
      some.selection.exclude = {excluded};
    });
    return merged(parts).waivers[0].state;
  };
  EXPECT_EQ(state_without("+9"), WaiverState::in_use);
  EXPECT_EQ(state_without("+13"), WaiverState::undecided);
}

TEST(MergedWaivers, ThatEndedBetweenTwoPartsCoverNothingAnyMore) {
  std::vector<Report> parts = parts_of(waived("gold", at(10)));
  const std::size_t with_gold = part_with(parts, "+15");
  EXPECT_EQ(parts[with_gold].run.exit_code & exit_status::drift, 0);
  // The drift of +13 would hide what is looked for.
  for (Report& part : parts) part.run.exit_code &= exit_status::not_compared;
  EXPECT_EQ(merged(parts).run.exit_code, 4);
  parts[(with_gold + 1) % parts.size()].run.finished_at = at(11);
  EXPECT_EQ(parts[(with_gold + 1) % parts.size()].waivers[0].findings, 0U);
  const Report report = merged(parts);
  EXPECT_EQ(report.waivers[0].state, WaiverState::expired);
  EXPECT_EQ(report.run.exit_code, 6);
}

// ---- Discovery -------------------------------------------------------------------------------

Discovery listing(std::size_t listed) {
  return {.is_failure = true,
          .listed = listed,
          .others = {"anonymous"},
          .error = {},
          .evidence = {.observed_at = at(5),
                       .http_status = 200,
                       .attempts = 1,
                       .duration = {},
                       .reply_sha256 = Sha256::of("list")}};
}

Discovery no_listing() {
  return {.is_failure = true,
          .listed = 0,
          .others = {},
          .error = NotCompared{ErrorKind::timeout, "no list"},
          .evidence = {}};
}

/// Parts with a list of five, one of which, +17, is unmanaged.
std::vector<Report> discovering_parts() {
  std::vector<Report> parts = parts_of(manifest());
  for (Report& part : parts) part.discovery = listing(5);
  const E164 number = E164::parse("+17").value();
  Report& part = parts[part_with(parts, "+17")];
  part.results.push_back({.number = number,
                          .source = {},
                          .profile = {},
                          .tags = {},
                          .outcome = Unmanaged{{Direction::inbound}, {}},
                          .evidence = {}});
  part.run.exit_code |= exit_status::drift;
  return parts;
}

TEST(MergedDiscovery, IsThatOfEachPart) {
  const Report report = merged(discovering_parts());
  EXPECT_EQ(report.declared, 4U);
  EXPECT_EQ(report.results.size(), 5U);
  EXPECT_EQ(report.discovery->listed, 5U);
  EXPECT_EQ(report.notices.size(), 1U);
}

TEST(MergedDiscovery, IsTheLargerListWhereItChangedMeanwhile) {
  std::vector<Report> parts = discovering_parts();
  parts[1].discovery->listed = 6;
  const Report report = merged(parts);
  EXPECT_EQ(report.discovery->listed, 6U);
  EXPECT_THAT(report.notices,
              Contains(Field(&Notice::message, HasSubstr("list of numbers changed"))));
}

TEST(MergedDiscovery, IsNotKnownWhereAPartHasNoList) {
  std::vector<Report> parts = discovering_parts();
  const std::size_t without = (part_with(parts, "+17") + 1) % parts.size();
  parts[without].discovery = no_listing();
  parts[without].run.exit_code |= exit_status::not_compared;
  const Report report = merged(parts);
  EXPECT_EQ(report.results.size(), 4U);
  EXPECT_TRUE(report.discovery->error);
  EXPECT_EQ(report.run.exit_code, 6);
  EXPECT_THAT(report.notices,
              Contains(Field(&Notice::message, HasSubstr("could not get the provider's list"))));
}

TEST(MergedDiscovery, ThatIsNotKnownTellsNoDriftThatOnlyItHad) {
  std::vector<Report> parts = discovering_parts();
  for (Report& part : parts) {
    for (NumberResult& result : part.results) {
      if (result.status() == Status::drifted) {
        result.outcome = NotCompared{ErrorKind::timeout, "late"};
        result.observed.reset();
      }
    }
    part.run.exit_code = exit_status_of(part, {});
  }
  const std::size_t without = (part_with(parts, "+17") + 1) % parts.size();
  parts[without].discovery = no_listing();
  EXPECT_EQ(merged(parts).run.exit_code, 4);
}

// ---- Refused ---------------------------------------------------------------------------------

MergeFault fault_of(std::vector<Report> parts) {
  auto report = merge(std::move(parts), "merged");
  if (report) return {.part = {}, .other = {}, .message = "it is none"};
  return report.error();
}

/// The fault of parts of which `change` has changed the last.
MergeFault fault_after(const std::function<void(Report&)>& change) {
  std::vector<Report> parts = discovering_parts();
  change(parts.back());
  MergeFault fault = fault_of(std::move(parts));
  EXPECT_EQ(fault.part, part_count - 1) << fault.message;
  return fault;
}

TEST(RefusedMerge, SaysWhichPartDoesNotFitAndWhy) {
  const auto message_after = [](const std::function<void(Report&)>& change) {
    MergeFault fault = fault_after(change);
    EXPECT_EQ(fault.other, 0U);
    return fault.message;
  };
  EXPECT_THAT(message_after([](Report& part) {
                part.results.clear();
                part.run.shard->index = 1;
              }),
              HasSubstr("is part 1 of 3 once more"));
  EXPECT_THAT(message_after([](Report& part) {
                part.results.clear();
                part.run.shard->count = 7;
              }),
              HasSubstr("is one of 7 parts, not of 3"));
  EXPECT_THAT(message_after([](Report& part) { part.run.manifests[0].sha256 = Sha256::of("x"); }),
              HasSubstr("another manifest: m.yaml has SHA-256"));
  EXPECT_THAT(message_after([](Report& part) { part.run.manifests.push_back({}); }),
              HasSubstr("2 manifest files, not 1"));
  EXPECT_THAT(message_after([](Report& part) { part.run.api_url = "https://other"; }),
              HasSubstr("another API: https://other, not https://api.example.com"));
  EXPECT_THAT(message_after([](Report& part) { part.run.match = MatchMode::exact; }),
              HasSubstr("--match exact, not sip"));
  EXPECT_THAT(message_after([](Report& part) { part.run.whole.selected = 3; }),
              HasSubstr("another selection: 3 of 4 numbers, not 4 of 4"));
  EXPECT_THAT(message_after([](Report& part) {
                part.waivers.push_back({.waiver = waiver_of_tag("gold", at(99))});
              }),
              HasSubstr("other waivers"));
  EXPECT_THAT(message_after([](Report& part) {
                part.previous = PreviousRun{.id = "before", .started_at = at(1), .findings = {}};
              }),
              HasSubstr("was held against run before of 1970-01-01T00:00:01.000Z, not no earlier"));
  EXPECT_THAT(message_after([](Report& part) { part.discovery.reset(); }),
              HasSubstr("without discovery, not with discovery that fails"));
  EXPECT_THAT(message_after([](Report& part) { part.discovery->is_failure = false; }),
              HasSubstr("with discovery that reports, not with discovery that fails"));
}

TEST(RefusedMerge, IsOfWhatIsNoPart) {
  const MergeFault fault = fault_after([](Report& part) { part.run.shard.reset(); });
  EXPECT_THAT(fault.message, HasSubstr("is no part"));
  EXPECT_FALSE(fault.other);
}

TEST(RefusedMerge, IsOfANumberInTheWrongPart) {
  std::vector<Report> parts = parts_of(manifest());
  const std::size_t from = part_with(parts, "+12");
  const std::size_t to = (from + 1) % parts.size();
  parts[to].results.insert(parts[to].results.begin(), parts[from].results.front());
  const MergeFault fault = fault_of(parts);
  EXPECT_EQ(fault.part, to);
  EXPECT_THAT(fault.message, HasSubstr("+12 does not belong there"));
}

TEST(RefusedMerge, IsOfPartsThatAreMissing) {
  std::vector<Report> parts = parts_of(manifest());
  parts.pop_back();
  EXPECT_EQ(fault_of(parts).message, "part 3 of 3 is missing");
  parts.erase(parts.begin());
  EXPECT_EQ(fault_of(parts).message, "parts 1, 3 of 3 are missing");
  for (Report& part : parts) {
    part.run.shard->count = 1'000'000;
    part.results.clear();
  }
  EXPECT_EQ(fault_of(parts).message,
            "parts 1, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 999989 more of 1000000 are missing");
  EXPECT_EQ(fault_of({}).message, "there are no parts");
}

TEST(RefusedMerge, IsOfALostNumber) {
  std::vector<Report> parts = parts_of(manifest());
  Report& part = parts[part_with(parts, "+12")];
  part.results.erase(part.results.begin());
  --part.declared;
  EXPECT_THAT(fault_of(parts).message, HasSubstr("3 numbers together, and 4 were selected"));
}

}  // namespace
}  // namespace sipdrift
