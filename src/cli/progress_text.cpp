// Parts of a line, of which the most important ones stay where there is little room.

#include "cli/progress_text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace sipdrift {

namespace {

struct Part {
  const char* lead;  // what separates it from the part before
  std::string text;
  std::string brief;
  int worth;  // each another; the least is left out first
};

Part part(int worth, std::string text) { return {", ", text, text, worth}; }

std::string time_text(const ProgressView& view) {
  if (view.is_over) return "in " + clock_text(view.elapsed);
  return view.left ? clock_text(*view.left) + " left" : clock_text(view.elapsed) + " so far";
}

/// With a decimal where it tells something.
std::string rate_text(double rate) {
  constexpr double rounds_to_ten = 9.95;
  return fmt::format("{:.{}f}", rate, rate < rounds_to_ten ? 1 : 0);
}

/// The statuses that make all requests wait.
const char* reason_for(int http_status) {
  constexpr int too_many_requests = 429;
  return http_status == too_many_requests ? "rate limited" : "unavailable";
}

std::vector<Part> parts_of(const ProgressView& view) {
  std::vector<Part> parts{{"", fmt::format("{} of {} numbers", view.done, view.total),
                           fmt::format("{}/{}", view.done, view.total), 6},
                          part(3, time_text(view))};
  const bool is_audit = view.task == ProgressTask::audit;
  std::vector<Part> counts;
  if (is_audit) counts.push_back(part(2, fmt::format("{} drifted", view.drifted)));
  counts.push_back(
      part(1, fmt::format("{} not {}", view.not_compared, is_audit ? "compared" : "read")));
  parts.insert(parts.begin() + 1, counts.begin(), counts.end());
  if (view.pause) {
    const char* const reason = reason_for(view.pause->http_status);
    parts.push_back(part(5, fmt::format("paused {} s", view.pause->left.count())));
    parts.push_back(
        {": ", fmt::format("{} (HTTP {})", reason, view.pause->http_status), reason, 4});
  } else if (view.rate) {
    const std::string rate = rate_text(*view.rate);
    parts.push_back({", ", rate + " requests/s", rate + "/s", 0});
  }
  return parts;
}

std::string joined(const std::vector<Part>& parts, std::string Part::*form) {
  std::string line;
  for (const Part& one : parts) line.append(one.lead).append(one.*form);
  return line;
}

}  // namespace

std::string clock_text(std::chrono::seconds time) {
  const std::chrono::hh_mm_ss clock(time);
  const auto hours = clock.hours().count();
  const auto minutes = clock.minutes().count();
  const auto seconds = clock.seconds().count();
  if (hours >= 100) return fmt::format("{} days", hours / 24);
  return hours > 0 ? fmt::format("{}:{:02}:{:02}", hours, minutes, seconds)
                   : fmt::format("{}:{:02}", minutes, seconds);
}

std::string progress_text(const ProgressView& view, std::size_t width) {
  std::vector<Part> parts = parts_of(view);
  std::string line = joined(parts, &Part::text);
  if (line.size() <= width) return line;
  line = joined(parts, &Part::brief);
  while (line.size() > width && parts.size() > 1) {
    parts.erase(std::min_element(parts.begin(), parts.end(),
                                 [](const Part& a, const Part& b) { return a.worth < b.worth; }));
    line = joined(parts, &Part::brief);
  }
  return line.substr(0, width);
}

}  // namespace sipdrift
