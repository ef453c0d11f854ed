// Two passes: everything, and then what could have been another number's.

#include "audit/fetch_and_judge.hpp"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "audit/hand_over.hpp"
#include "audit/judge.hpp"
#include "sipdrift/provider.hpp"

namespace sipdrift {

namespace {

class FetchAndJudge {
 public:
  explicit FetchAndJudge(const FetchAndJudgeWork& work) : work_(work) {}

  FetchSummary run(Fetcher& fetcher) {
    const FetchSummary fetched = ask_all(fetcher);
    const bool can_ask_again = fetched.end == FetchEnd::complete && !doubtful_.empty();
    return can_ask_again ? ask_again(fetcher) : fetched;
  }

 private:
  FetchSummary ask_all(Fetcher& fetcher) {
    return pass(fetcher, work_.selected.size(), Connections::shared,
                [this](FetchOutcome&& fetched) {
                  NumberResult& result = work_.results.at(fetched.position);
                  judge(expectation_at(fetched.position), fetched, work_.options, result);
                  if (is_in_doubt(result)) {
                    doubtful_.push_back(fetched.position);
                  } else {
                    tell_of(result);
                  }
                });
  }

  /// A reply about another number, or that could be, gets a second chance, where it cannot be.
  FetchSummary ask_again(Fetcher& fetcher) {
    std::sort(doubtful_.begin(), doubtful_.end());
    return pass(fetcher, doubtful_.size(), Connections::own, [this](FetchOutcome&& fetched) {
      const std::size_t position = doubtful_.at(fetched.position);
      NumberResult& result = work_.results.at(position);
      if (fetched.attempts > 0) {
        const Evidence before = result.evidence;
        judge(expectation_at(position), fetched, work_.options, result);
        result.evidence.attempts += before.attempts;
        result.evidence.duration += before.duration;
      }
      tell_of(result);
    });
  }

  /// Whatever is thrown, what was fetched until then is not lost.
  FetchSummary pass(Fetcher& fetcher, std::size_t count, Connections connections,
                    HandOver::Receive receive) {
    std::optional<HandOver> hand_over;
    const auto target = [&](std::size_t i) {
      const bool is_first = connections == Connections::shared;
      return sip_config_target(work_.selected[is_first ? i : doubtful_[i]]->number);
    };
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

  [[nodiscard]] const Expectation& expectation_at(std::size_t position) const {
    return work_.manifest.declaration_of(*work_.selected[position]).expectation;
  }

  [[nodiscard]] static bool is_in_doubt(const NumberResult& result) {
    return result.error() != nullptr && result.error()->kind == ErrorKind::wrong_number;
  }

  void tell_of(const NumberResult& result) const {
    if (work_.options.on_result) work_.options.on_result(result);
  }

  const FetchAndJudgeWork& work_;
  std::vector<std::size_t> doubtful_;  // positions whose reply could be another number's
};

}  // namespace

FetchSummary fetch_and_judge(const FetchAndJudgeWork& work, Fetcher& fetcher) {
  return FetchAndJudge(work).run(fetcher);
}

}  // namespace sipdrift
