// A second chance for a reply that could be another's, where it cannot be.

#include "audit/two_passes.hpp"

#include <algorithm>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "audit/hand_over.hpp"
#include "sipdrift/provider.hpp"

namespace sipdrift {

namespace {

/// Whatever is thrown, what was fetched until then is not lost.
FetchSummary pass(Fetcher& fetcher, std::size_t count, const Fetcher::TargetOf& target,
                  Connections connections, HandOver::Receive receive) {
  std::optional<HandOver> hand_over;
  const auto deliver = [&](std::vector<FetchOutcome>&& outcomes) {
    hand_over->give(std::move(outcomes));
  };
  FetchSummary fetched;
  try {
    hand_over.emplace(std::move(receive));
    fetched = fetcher.fetch(count, target, {.connections = connections}, deliver);
  } catch (const std::exception& error) {
    fetched = {.end = FetchEnd::failed, .reason = error.what(), .statistics = {}};
  }
  std::string fault = hand_over ? hand_over->finish() : std::string();
  if (!fault.empty()) {
    fetched.end = FetchEnd::failed;
    fetched.reason = std::move(fault);
  }
  return fetched;
}

}  // namespace

FetchSummary fetch_in_two_passes(const TwoPasses& passes, Fetcher& fetcher) {
  std::vector<std::size_t> doubtful;
  FetchSummary fetched = pass(
      fetcher, passes.count, [&](std::size_t i) { return sip_config_target(passes.number_at(i)); },
      Connections::shared,
      [&](FetchOutcome&& outcome) {
        const std::size_t position = outcome.position;
        if (passes.take_first(std::move(outcome))) doubtful.push_back(position);
      });
  if (fetched.end != FetchEnd::complete || doubtful.empty()) return fetched;

  std::sort(doubtful.begin(), doubtful.end());
  return pass(
      fetcher, doubtful.size(),
      [&](std::size_t i) { return sip_config_target(passes.number_at(doubtful[i])); },
      Connections::own,
      [&](FetchOutcome&& outcome) {
        outcome.position = doubtful.at(outcome.position);
        passes.take_second(std::move(outcome));
      });
}

}  // namespace sipdrift
