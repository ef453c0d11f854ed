// Findings and values in words, the same in every format that is read by people.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sipdrift/finding.hpp"
#include "sipdrift/report.hpp"

namespace sipdrift {

/// A value fit to be shown, each unlike any other: "none" for nothing, and in quotes a text that
/// could be taken for that, for another kind of value, or for a shorter text.
[[nodiscard]] std::string in_words(const Value& value);

/// "outbound.port: expected 5061, live 5060", with what a reader needs to understand it.
[[nodiscard]] std::string in_words(const Finding& finding);

// The same in parts.
[[nodiscard]] std::string expected_in_words(const Finding& finding);
[[nodiscard]] std::string live_in_words(const Finding& finding);

/// What a reader needs to understand the two values; often empty.
[[nodiscard]] std::string remark_on(const Finding& finding);

/// "new", "since 2026-11-20, in 9 runs": how a finding stands to the earlier run.
[[nodiscard]] std::string in_words(const Baseline& baseline);

/// "waived until 2026-12-31: REASON (OWNER, TICKET)".
[[nodiscard]] std::string in_words(const Waiver& waiver);

/// "Since the run of 2026-11-22T02:00:05Z: 2 new, 1 updated, 5 unchanged, 3 resolved": what changed
/// since the earlier run; empty without one.
[[nodiscard]] std::string changes_in_words(const Report& report, const Summary& summary);

/// Why there is no list of numbers, or what it has; empty where it was not asked for.
[[nodiscard]] std::string discovery_in_words(const Report& report, const Summary& summary);

/// "resolved", "no longer declared".
[[nodiscard]] std::string_view fate_in_words(Fate fate);

/// What a finding of that severity means: "encryption is lost"; empty for what needs no words.
[[nodiscard]] std::string_view consequence(Severity severity);

/// "timeout: no reply within 10 s".
[[nodiscard]] std::string in_words(const NotCompared& error);

/// "14 requests over 4 connections (HTTP/1.1), ...": what the fetch took, part by part.
[[nodiscard]] std::vector<std::string> parts_in_words(const FetchStatistics& fetch);

/// "6 of 14 numbers drifted, 1 not compared": the report in one line.
[[nodiscard]] std::string headline(const Summary& summary);

/// "drift; every number compared": what the run's exit status says, in its own terms.
[[nodiscard]] std::string verdict_in_words(const Report& report);

/// "manifest.yaml:12": where the number is declared; empty if it is in no manifest.
[[nodiscard]] std::string place_of(const NumberResult& result, const Run& run);
[[nodiscard]] std::string place_of(const Source& source, const Run& run);

}  // namespace sipdrift
