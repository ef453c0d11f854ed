// One word for all that is not shown, on both sides.

#include "compare/shown_part.hpp"

#include <string_view>
#include <utility>

#include "model/redaction.hpp"

namespace sipdrift {

namespace {

constexpr std::string_view word = "redacted";  // only unreserved characters

std::string without_marks(std::string text) {
  for (std::size_t at = text.find(redacted_mark); at != std::string::npos;
       at = text.find(redacted_mark, at + word.size())) {
    text.replace(at, redacted_mark.size(), word);
  }
  return text;
}

}  // namespace

bool is_partly_hidden(const std::optional<std::string>& text) {
  return text && text->find(redacted_mark) != std::string::npos;
}

LiveRecord as_far_as_shown(LiveRecord live) {
  for (std::optional<LiveDirection>* const direction : {&live.inbound, &live.outbound}) {
    if (!*direction || !(*direction)->sip_endpoint) continue;
    std::string& endpoint = *(*direction)->sip_endpoint;
    endpoint = without_marks(std::move(endpoint));
  }
  return live;
}

Expectation as_far_as_shown(Expectation declared) {
  for (const Direction direction : all_directions) {
    auto& endpoint = declared[direction].sip_endpoint;
    if (!endpoint || !endpoint->value) continue;
    // One that is called like a credential may be no URI any more: then it agrees with none.
    auto shown = SipUri::parse(without_marks(redacted_endpoint(endpoint->value->text())));
    if (shown) endpoint->value = *std::move(shown);
  }
  return declared;
}

}  // namespace sipdrift
