// GET /v1/sip/numbers: the request for the list of all numbers, and its reply read whole.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/strict_json.hpp"
#include <fmt/format.h>

#include "provider/envelope.hpp"
#include "provider/live_value.hpp"
#include "provider/paging.hpp"
#include "provider/provider_error.hpp"
#include "sipdrift/provider.hpp"

namespace sipdrift {

namespace {

/// Reads one entry after another; what is wrong with the first that is not understood ends it.
class ListReader {
 public:
  void read(const JsonValue& value) {
    path_ = fmt::format("the reply's data.numbers[{}]", position_++);
    const auto entry = as_object(value);
    if (!entry) return refuse(fmt::format("{} is {}", path_, describe_type(value)));
    if (has_errors(*entry)) return refuse(path_ + " reports an error");

    LiveValueReader reader(path_);
    std::optional<std::string> identifier;
    std::optional<std::string> endpoint;
    reader.read(*entry, "phone_number", identifier);
    reader.read(*entry, "sip_endpoint", endpoint);
    if (!reader.fault().empty()) return refuse(reader.fault());
    if (!identifier || identifier->empty()) return refuse(path_ + " has no \"phone_number\"");
    bool is_inbound = false;
    bool is_outbound = false;
    read_directions(*entry, is_inbound, is_outbound);
    if (!fault_.empty()) return;

    const auto number = E164::parse(*identifier);
    if (number) {
      list_.numbers.push_back({*number, is_inbound, is_outbound, std::move(endpoint)});
    } else {
      list_.other_identifiers.push_back(*std::move(identifier));
    }
  }

  /// What was not understood, or an empty text.
  [[nodiscard]] const std::string& fault() const { return fault_; }

  /// Everything that was read, in order and each once.
  [[nodiscard]] NumberList finish() {
    std::vector<ListedNumber>& numbers = list_.numbers;
    std::stable_sort(
        numbers.begin(), numbers.end(),
        [](const ListedNumber& a, const ListedNumber& b) { return a.number < b.number; });
    // A number may have an entry for each of its directions.
    std::size_t kept = 0;
    for (std::size_t i = 1; i < numbers.size(); ++i) {
      if (numbers[i].number == numbers[kept].number) {
        merge(std::move(numbers[i]), numbers[kept]);
      } else if (++kept != i) {
        numbers[kept] = std::move(numbers[i]);
      }
    }
    if (!numbers.empty())
      numbers.erase(numbers.begin() + static_cast<std::ptrdiff_t>(kept) + 1, numbers.end());
    std::vector<std::string>& others = list_.other_identifiers;
    std::sort(others.begin(), others.end());
    others.erase(std::unique(others.begin(), others.end()), others.end());
    return std::move(list_);
  }

 private:
  void refuse(std::string what) {
    if (fault_.empty()) fault_ = std::move(what);
  }

  /// A list of directions that is not there tells of none.
  void read_directions(const JsonObject& entry, bool& is_inbound, bool& is_outbound) {
    const auto found = find(entry, "directions");
    if (!found || found->is_null()) return;
    const auto directions = as_array(*found);
    if (!directions) {
      return refuse(fmt::format("{}.directions is {}, not a list", path_, describe_type(*found)));
    }
    for (const JsonValue direction : *directions) {
      const auto word = as_text(direction);
      if (word == name(Direction::inbound)) {
        is_inbound = true;
      } else if (word == name(Direction::outbound)) {
        is_outbound = true;
      } else {
        return refuse(path_ + ".directions holds what is neither inbound nor outbound");
      }
    }
  }

  static void merge(ListedNumber&& from, ListedNumber& into) {
    into.is_inbound = into.is_inbound || from.is_inbound;
    into.is_outbound = into.is_outbound || from.is_outbound;
    if (!into.sip_endpoint) into.sip_endpoint = std::move(from.sip_endpoint);
  }

  NumberList list_;
  std::string path_;
  std::string fault_;
  std::size_t position_ = 0;
};

}  // namespace

std::string number_list_target() { return "/v1/sip/numbers"; }

Result<NumberList, NotCompared> decode_number_list(const HttpReply& reply) {
  const auto envelope = Envelope::open(reply, max_list_bytes);
  if (!envelope) return Unexpected{envelope.error()};
  const auto found = find(envelope->data(), "numbers");
  if (!found) return misunderstood("the reply's data has no \"numbers\"");
  const auto entries = as_array(*found);
  if (!entries) {
    return misunderstood(fmt::format("the reply's data.numbers is {}", describe_type(*found)));
  }
  // Not entries->size(), which counts no further than 2^24.
  std::size_t listed = 0;
  ListReader reader;
  for (const JsonValue entry : *entries) {
    reader.read(entry);
    if (!reader.fault().empty()) return misunderstood(reader.fault());
    ++listed;
  }
  // Those of data are among the body's.
  const std::string paging = reply.has_next_page ? std::string("its header links to the next one")
                                                 : find_paging(envelope->body(), listed);
  if (!paging.empty()) {
    return misunderstood(fmt::format(
        "the reply seems to be one page of a list of numbers ({}), not all of it", paging));
  }
  return reader.finish();
}

}  // namespace sipdrift
