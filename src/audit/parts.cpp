// Each report by itself, each against the first, and then all of them together.

#include "audit/parts.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "audit/manifest_files.hpp"
#include "model/counted.hpp"

namespace sipdrift {

namespace {

/// What is wrong with a report by itself; empty if nothing is.
std::string fault_alone(const Report& part) {
  if (!part.run.shard) return "is no part: it was made without --shard";
  const Shard& shard = *part.run.shard;
  for (const NumberResult& result : part.results) {
    if (shard.holds(result.number)) continue;
    return fmt::format("is part {} of {}, and {} does not belong there", shard.index, shard.count,
                       result.number.text());
  }
  return {};
}

bool is_same(const Waiver& a, const Waiver& b) {
  return subject_text(a) == subject_text(b) && a.path == b.path && a.observed == b.observed &&
         a.ends_at == b.ends_at;
}

bool has_same_waivers(const Report& a, const Report& b) {
  return std::equal(
      a.waivers.begin(), a.waivers.end(), b.waivers.begin(), b.waivers.end(),
      [](const WaiverUse& x, const WaiverUse& y) { return is_same(x.waiver, y.waiver); });
}

std::string previous_text(const std::optional<PreviousRun>& previous) {
  if (!previous) return "no earlier run";
  return fmt::format("run {} of {}", previous->id, rfc3339(previous->started_at));
}

std::string discovery_text(const std::optional<Discovery>& discovery) {
  if (!discovery) return "without discovery";
  return discovery->is_failure ? "with discovery that fails" : "with discovery that reports";
}

/// What makes two parts not of the same fleet; empty if nothing does.
std::string fault_between(const Report& part, const Report& first) {
  const Run& run = part.run;
  const Run& wanted = first.run;
  if (run.shard->count != wanted.shard->count) {
    return fmt::format("is one of {} parts, not of {}", run.shard->count, wanted.shard->count);
  }
  if (const auto faults = file_faults(run.manifests, wanted.manifests); !faults.empty()) {
    return faults.front();
  }
  if (!has_same_waivers(part, first)) return "has other waivers";
  if (run.api_url != wanted.api_url) {
    return fmt::format("is of another API: {}, not {}", run.api_url, wanted.api_url);
  }
  if (run.match != wanted.match) {
    return fmt::format("was compared with --match {}, not {}", name(run.match), name(wanted.match));
  }
  if (run.whole.selected != wanted.whole.selected || run.whole.declared != wanted.whole.declared) {
    return fmt::format("is of another selection: {} of {} numbers, not {} of {}",
                       run.whole.selected, run.whole.declared, wanted.whole.selected,
                       wanted.whole.declared);
  }
  if (previous_text(part.previous) != previous_text(first.previous)) {
    return fmt::format("was held against {}, not {}", previous_text(part.previous),
                       previous_text(first.previous));
  }
  if (discovery_text(part.discovery) != discovery_text(first.discovery)) {
    return fmt::format("was made {}, not {}", discovery_text(part.discovery),
                       discovery_text(first.discovery));
  }
  return {};
}

/// "part 3", "parts 1, 2 and 5 more"
std::string gap_text(const std::map<std::uint32_t, std::size_t>& positions, std::uint32_t count) {
  constexpr std::size_t most_named = 10;
  std::string named;
  std::size_t gaps = 0;
  for (std::uint32_t index = 1; index <= count; ++index) {
    if (positions.contains(index)) continue;
    if (++gaps <= most_named) named += fmt::format("{}{}", named.empty() ? "" : ", ", index);
  }
  if (gaps == 0) return {};
  if (gaps > most_named) named += fmt::format(" and {} more", gaps - most_named);
  return fmt::format("{} {} of {} {} missing", gaps == 1 ? "part" : "parts", named, count,
                     gaps == 1 ? "is" : "are");
}

}  // namespace

std::optional<MergeFault> fault_of(const std::vector<Report>& parts) {
  std::map<std::uint32_t, std::size_t> positions;  // of the parts, by index
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Report& part = parts[i];
    if (std::string fault = fault_alone(part); !fault.empty()) {
      return MergeFault{.part = i, .other = {}, .message = std::move(fault)};
    }
    if (std::string fault = fault_between(part, parts.front()); !fault.empty()) {
      return MergeFault{.part = i, .other = 0, .message = std::move(fault)};
    }
    const Shard& shard = *part.run.shard;
    const auto [twin, is_first] = positions.emplace(shard.index, i);
    if (!is_first) {
      return MergeFault{
          .part = i,
          .other = twin->second,
          .message = fmt::format("is part {} of {} once more", shard.index, shard.count)};
    }
    numbers += part.declared;
  }
  if (parts.empty()) return MergeFault{.part = {}, .other = {}, .message = "there are no parts"};
  const Run& run = parts.front().run;
  if (std::string gaps = gap_text(positions, run.shard->count); !gaps.empty()) {
    return MergeFault{.part = {}, .other = {}, .message = std::move(gaps)};
  }
  if (numbers != run.whole.selected) {
    return MergeFault{.part = {},
                      .other = {},
                      .message = fmt::format("the parts have {} together, and {} were selected",
                                             counted(numbers, "number"), run.whole.selected)};
  }
  return std::nullopt;
}

}  // namespace sipdrift
