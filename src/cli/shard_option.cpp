// Where a job's part stands in the environment, and what makes it unclear.

#include "cli/shard_option.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace sipdrift {

namespace {

constexpr std::uint32_t most_parts = 1'000'000;

std::optional<std::uint32_t> parse_number(std::string_view text) {
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

std::string shape_fault(std::string_view text) {
  return fmt::format(
      "\"{}\" is no part: write 2/4 for the second of four, auto/4, or auto (at most {} parts)",
      text, most_parts);
}

/// What one of the places tells a job.
struct Told {
  std::string_view place;
  std::uint32_t index = 0;  ///< from 1
  std::optional<std::uint32_t> count{};
  std::string found{};  ///< the variables, with their values
};

/// The environment, with a note of what was read.
class Places {
 public:
  explicit Places(const EnvironmentLookup& environment) : environment_(environment) {}

  Result<std::vector<Told>, std::string> read() {
    kubernetes();
    slurm();
    gnu_parallel();
    gitlab();
    if (!fault_.empty()) return Unexpected{std::move(fault_)};
    return std::move(told_);
  }

 private:
  /// One that is set to nothing is as good as not set.
  [[nodiscard]] bool has(const std::string& name) const {
    const auto value = environment_(name);
    return value && !value->empty();
  }

  /// The number in a variable; 0 and a fault if it holds anything else.
  std::uint32_t number(const std::string& name, std::string& found) {
    const std::string value = environment_(name).value_or("");
    found += fmt::format("{}{}={}", found.empty() ? "" : ", ", name, value);
    const auto parsed = parse_number(value);
    if (!parsed) refuse(fmt::format("found {}, which is no number", found));
    return parsed.value_or(0);
  }

  std::optional<std::uint32_t> number_if_there(const std::string& name, std::string& found) {
    return has(name) ? std::optional(number(name, found)) : std::nullopt;
  }

  void refuse(std::string fault) {
    if (fault_.empty()) fault_ = std::move(fault);
  }

  void kubernetes() {
    if (!has("JOB_COMPLETION_INDEX")) return;
    Told told{.place = "Kubernetes"};
    told.index = number("JOB_COMPLETION_INDEX", told.found) + 1;
    told_.push_back(std::move(told));
  }

  void slurm() {
    if (has("SLURM_ARRAY_TASK_ID")) return slurm_array();
    if (!has("SLURM_PROCID")) return;
    Told told{.place = "Slurm"};
    told.index = number("SLURM_PROCID", told.found) + 1;
    told.count = number_if_there("SLURM_NTASKS", told.found);
    told_.push_back(std::move(told));
  }

  /// The ids of an array can begin anywhere and leave some out, evenly or not.
  void slurm_array() {
    Told told{.place = "Slurm"};
    const std::uint32_t id = number("SLURM_ARRAY_TASK_ID", told.found);
    const std::uint32_t first = number_if_there("SLURM_ARRAY_TASK_MIN", told.found).value_or(1);
    told.count = number_if_there("SLURM_ARRAY_TASK_COUNT", told.found);
    const std::uint32_t step = number_if_there("SLURM_ARRAY_TASK_STEP", told.found).value_or(1);
    const auto last = number_if_there("SLURM_ARRAY_TASK_MAX", told.found);
    const auto tasks = number_if_there("SLURM_NTASKS", told.found);
    const bool is_even =
        step > 0 && id >= first && (id - first) % step == 0 &&
        (!told.count || !last || std::uint64_t{*told.count} * step == *last - first + step);
    if (!is_even) {
      return refuse(
          fmt::format("found {}: the ids of the array are not evenly spaced, and do not "
                      "tell which part each is",
                      told.found));
    }
    if (tasks.value_or(1) > 1) {
      return refuse(fmt::format(
          "found {}: each job of the array has several tasks, and it is not clear which of the two "
          "is meant",
          told.found));
    }
    told.index = (id - first) / step + 1;
    told_.push_back(std::move(told));
  }

  /// A slot takes job after job, and tells them apart only where there is one for each.
  void gnu_parallel() {
    const bool has_sequence = has("PARALLEL_SEQ");
    if (!has_sequence && !has("PARALLEL_JOBSLOT")) return;
    Told told{.place = "GNU parallel"};
    told.index = number(has_sequence ? "PARALLEL_SEQ" : "PARALLEL_JOBSLOT", told.found);
    told_.push_back(std::move(told));
  }

  void gitlab() {
    if (!has("CI_NODE_INDEX")) return;  // CI_NODE_TOTAL is 1 in any job
    Told told{.place = "GitLab"};
    told.index = number("CI_NODE_INDEX", told.found);
    told.count = number_if_there("CI_NODE_TOTAL", told.found);
    told_.push_back(std::move(told));
  }

  const EnvironmentLookup& environment_;
  std::vector<Told> told_;
  std::string fault_;
};

Result<Shard, std::string> from_environment(std::optional<std::uint32_t> asked,
                                            const EnvironmentLookup& environment) {
  auto places = Places(environment).read();
  if (!places) return Unexpected{"auto: " + std::move(places).error()};
  if (places->empty()) {
    return Unexpected<std::string>{
        "auto: nothing tells this job's part: looked for JOB_COMPLETION_INDEX, "
        "SLURM_ARRAY_TASK_ID, SLURM_PROCID, PARALLEL_SEQ, PARALLEL_JOBSLOT and CI_NODE_INDEX"};
  }
  const Told& told = places->front();
  if (places->size() > 1) {
    const Told& other = (*places)[1];
    return Unexpected{fmt::format(
        "auto: both {} ({}) and {} ({}) tell this job a part; say which is meant, as 2/4",
        told.place, told.found, other.place, other.found)};
  }
  if (asked && told.count && *asked != *told.count) {
    return Unexpected{fmt::format("auto/{}: {} has another number of parts ({})", *asked,
                                  told.place, told.found)};
  }
  const auto count = told.count ? told.count : asked;
  if (!count) {
    return Unexpected{
        fmt::format("auto: {} tells which part this is ({}), and not of how many; "
                    "say so, as auto/4",
                    told.place, told.found)};
  }
  if (*count < 1 || *count > most_parts || told.index < 1 || told.index > *count) {
    return Unexpected{
        fmt::format("auto: {} ({}) is not within 1 to {} parts", told.place, told.found, *count)};
  }
  return Shard{.index = told.index, .count = *count};
}

}  // namespace

Result<Shard, std::string> parse_shard(std::string_view text,
                                       const EnvironmentLookup& environment) {
  constexpr std::string_view automatic = "auto";
  const std::size_t slash = text.find('/');
  const std::string_view index = text.substr(0, slash);
  std::optional<std::uint32_t> count;
  if (slash != std::string_view::npos) {
    count = parse_number(text.substr(slash + 1));
    if (!count || *count < 1 || *count > most_parts) return Unexpected{shape_fault(text)};
  }
  if (index == automatic) return from_environment(count, environment);
  const auto part = parse_number(index);
  if (!count || !part) return Unexpected{shape_fault(text)};
  if (*part < 1 || *part > *count) {
    return Unexpected{fmt::format("\"{}\": the parts of {} are 1 to {}", text, *count, *count)};
  }
  return Shard{.index = *part, .count = *count};
}

Result<Shard, std::string> parse_shard(std::string_view text) {
  return parse_shard(text, [](const std::string& name) -> std::optional<std::string> {
    const char* const value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  });
}

}  // namespace sipdrift
