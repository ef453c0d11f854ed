// Field by field: what stands otherwise after than before, and whether it means the same.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "compare/endpoint_verdict.hpp"
#include "compare/live_endpoint.hpp"
#include "compare/live_field.hpp"
#include "compare/shown_part.hpp"
#include "model/characters.hpp"
#include "sipdrift/compare.hpp"

namespace sipdrift {

namespace {

const LiveDirection not_configured;  // has no value for anything

// Values as live had them. A number or a truth that came as a string stands as one.

Value as_it_stood(const std::optional<std::string>& text) { return text ? Value(*text) : Value(); }
Value as_it_stood(const std::optional<Observed<std::uint16_t>>& port) {
  if (!port) return {};
  if (port->in_string) return std::to_string(port->value);
  return std::int64_t{port->value};
}
Value as_it_stood(const std::optional<Observed<bool>>& flag) {
  if (!flag) return {};
  if (flag->in_string) return std::string(flag->value ? "true" : "false");
  return flag->value;
}

/// What makes two spellings of a field the same.
Rule rule_of(const LiveField& before, const LiveField& after) {
  if (before.rule == Rule::taken_from_endpoint || after.rule == Rule::taken_from_endpoint) {
    return Rule::effective_port_and_transport;
  }
  return after.spelling == Rule::none ? before.spelling : after.spelling;
}

bool is_over(const LiveEndpoint& live, std::string_view wanted) {
  const auto transport = live.transport();
  return transport && to_lower(*transport) == wanted;
}

bool is_tls(const LiveEndpoint& live) { return is_over(live, "tls"); }

bool has_cleartext(const LiveEndpoint& live) {
  const auto transport = live.transport();
  return transport && is_cleartext(*transport);
}

/// Sips is SIP over TLS, which udp cannot carry.
bool is_over_udp(const LiveEndpoint& live) { return is_over(live, "udp"); }

bool is(const LiveField& flag, bool wanted) {
  const auto* const value = std::get_if<bool>(&flag.value);
  return value != nullptr && *value == wanted;
}

bool is_sips(const LiveEndpoint& live) {
  return live.uri() && live.uri()->scheme() == SipScheme::sips;
}

/// Collects what changed in one direction.
class DirectionChanges {
 public:
  DirectionChanges(Direction direction, MatchMode mode, std::vector<Change>& changes)
      : direction_(direction), mode_(mode), changes_(changes) {}

  void configured(bool before, bool after) {
    if (before == after) return;
    const auto word = [](bool is_there) {
      return is_there ? Value(std::string("configured")) : Value();
    };
    changes_.push_back(
        {.path = {direction_, std::nullopt}, .before = word(before), .after = word(after)});
  }

  template <class Stored>
  void field(Field name, const Stored& stored_before, const Stored& stored_after,
             const LiveField& before, const LiveField& after, bool loses_encryption) {
    const bool is_same = before.value == after.value;
    add({.path = {direction_, name},
         .severity = loses_encryption ? Severity::critical : Severity::major,
         .before = as_it_stood(stored_before),
         .after = as_it_stood(stored_after),
         .rule = is_same ? rule_of(before, after) : Rule::none},
        is_same);
  }

  /// The texts are as live had them, and what is read of them is without what is not shown.
  void endpoint(const LiveDirection& stored_before, const LiveDirection& stored_after,
                const LiveEndpoint& before, const LiveEndpoint& after, bool loses_encryption) {
    Change change{.path = {direction_, Field::sip_endpoint},
                  .before = as_it_stood(stored_before.sip_endpoint),
                  .after = as_it_stood(stored_after.sip_endpoint)};
    if (!before.uri() || !after.uri()) {
      change.parts.rest = true;
      const bool is_unreadable = before.is_unreadable() || after.is_unreadable();
      if (is_unreadable) change.rule = Rule::not_a_sip_uri;
      return add(std::move(change), false);
    }
    const SipUri& from = *before.uri();
    const SipUri& to = *after.uri();
    const auto rest = [](const SipUri& uri) {
      return uri.with_port(std::nullopt).with_transport(std::nullopt);
    };
    const auto in_effect = [](const LiveEndpoint& live) {
      return to_lower(live.transport().value_or(""));
    };
    change.parts = {
        .port = from.port() != to.port() && before.port() != after.port(),
        .transport = from.transport() != to.transport() && in_effect(before) != in_effect(after),
        .rest = !equivalent(rest(from), rest(to))};
    const bool is_same = !change.parts.port && !change.parts.transport && !change.parts.rest;
    if (is_same) {
      change.rule =
          equivalent(from, to) ? Rule::sip_uri_comparison : Rule::effective_port_and_transport;
    }
    const bool is_less =
        (is_sips(before) && !is_sips(after)) || (change.parts.transport && loses_encryption);
    if (is_less) change.severity = Severity::critical;
    add(std::move(change), is_same);
  }

 private:
  void add(Change change, bool is_same) {
    if (change.before == change.after) return;
    if (is_same && mode_ == MatchMode::sip) change.state = ChangeState::respelled;
    if (is_same && mode_ == MatchMode::exact) change.rule = Rule::exact_match;
    changes_.push_back(std::move(change));
  }

  Direction direction_;
  MatchMode mode_;
  std::vector<Change>& changes_;
};

/// A live record as a report has it, and as it can be read.
struct Shown {
  explicit Shown(const LiveRecord& live) : stored(live), readable(as_far_as_shown(live)) {}

  const LiveRecord& stored;
  LiveRecord readable;
};

const LiveDirection& configured_or_not(const LiveRecord& live, Direction direction) {
  return live[direction] ? *live[direction] : not_configured;
}

void compare_direction(Direction direction, const Shown& before, const Shown& after, MatchMode mode,
                       std::vector<Change>& changes) {
  DirectionChanges found(direction, mode, changes);
  found.configured(before.stored[direction].has_value(), after.stored[direction].has_value());

  const LiveDirection& from = configured_or_not(before.stored, direction);
  const LiveDirection& to = configured_or_not(after.stored, direction);
  const LiveEndpoint old_endpoint(configured_or_not(before.readable, direction));
  const LiveEndpoint new_endpoint(configured_or_not(after.readable, direction));

  const bool loses_tls = (is_tls(old_endpoint) && has_cleartext(new_endpoint)) ||
                         (is_sips(old_endpoint) && !is_over_udp(old_endpoint) &&
                          is_sips(new_endpoint) && is_over_udp(new_endpoint));

  // By meaning: in the other mode, what is the same by meaning is a change and told as such.
  constexpr MatchMode meaning = MatchMode::sip;
  found.field(Field::auth_mode, from.auth_mode, to.auth_mode, read_auth_mode(from),
              read_auth_mode(to), false);
  found.field(Field::port, from.port, to.port, read_port(from, old_endpoint, meaning),
              read_port(to, new_endpoint, meaning), false);
  const LiveField old_media = read_secure_media(from);
  const LiveField new_media = read_secure_media(to);
  found.field(Field::secure_media, from.secure_media, to.secure_media, old_media, new_media,
              is(old_media, true) && is(new_media, false));
  found.endpoint(from, to, old_endpoint, new_endpoint, loses_tls);
  found.field(Field::transport, from.transport, to.transport,
              read_transport(from, old_endpoint, meaning),
              read_transport(to, new_endpoint, meaning), loses_tls);
}

}  // namespace

std::vector<Change> compare(const LiveRecord& before, const LiveRecord& after, MatchMode mode) {
  const Shown from(before);
  const Shown to(after);
  std::vector<Change> changes;
  for (const Direction direction : all_directions) {
    compare_direction(direction, from, to, mode, changes);
  }
  return changes;
}

}  // namespace sipdrift
