// Field by field, with the endpoint last: what stands beside it has a say in how it is written.

#include "manifest/live_declaration.hpp"

#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "manifest/expectation_reader.hpp"
#include "model/characters.hpp"
#include "model/names.hpp"
#include "model/redaction.hpp"
#include "model/visible_text.hpp"
#include "sipdrift/sip_uri.hpp"

namespace sipdrift {

namespace {

constexpr std::size_t longest_quote = 40;

/// Declares one direction that is configured.
class DirectionDeclaration {
 public:
  DirectionDeclaration(Direction direction, const LiveDirection& live,
                       const std::function<std::string(std::string)>& redact,
                       LiveDeclaration& outcome)
      : direction_(direction),
        live_(live),
        redact_(redact),
        declared_(outcome.expectation[direction]),
        outcome_(outcome) {}

  void run() {
    declare_auth_mode();
    if (live_.port) declared_.port = Declared<std::uint16_t>{live_.port->value};
    if (live_.secure_media) declared_.secure_media = Declared<bool>{live_.secure_media->value};
    declare_transport();
    declare_endpoint();
    if (declared_.check_count() == 0) {
      note("it is configured, and holds nothing that can be declared");
    }
  }

 private:
  void declare_auth_mode() {
    if (!live_.auth_mode) return;
    const auto auth_mode = find_by_name(all_auth_modes, *live_.auth_mode);
    if (!auth_mode) return note_word(Field::auth_mode, *live_.auth_mode);
    declared_.auth_mode = Declared<AuthMode>{*auth_mode};
  }

  void declare_transport() {
    if (!live_.transport) return;
    const auto transport = find_by_name(all_transports, to_lower(*live_.transport));
    if (!transport) return note_word(Field::transport, *live_.transport);
    declared_.transport = Declared<Transport>{*transport};
  }

  void declare_endpoint() {
    if (!live_.sip_endpoint) return;
    const std::string& text = *live_.sip_endpoint;
    const auto read = SipUri::parse(text);
    if (!read) return note(Field::sip_endpoint, "left out: it " + read.error());
    SipUri uri = *read;
    const bool is_secret =
        uri.password() || redacted_endpoint(text) != text || (redact_ && redact_(text) != text);
    if (is_secret) {
      // What stands in it beside the credential is declared all the same.
      if (!declared_.port && uri.port()) declared_.port = Declared<std::uint16_t>{*uri.port()};
      if (!live_.transport && uri.transport()) {
        const auto transport = find_by_name(all_transports, *uri.transport());
        if (transport) declared_.transport = Declared<Transport>{*transport};
      }
      return note(Field::sip_endpoint,
                  "left out: it holds a password, or another credential; to have it checked, write "
                  "it in by hand, and keep this file as secret as the password");
    }
    if (declared_.port && uri.port() && declared_.port->value != uri.port()) {
      uri = uri.with_port(std::nullopt);
      note(Field::port, "the one inside sip_endpoint is overridden, and left out of it");
    }
    if (live_.transport && uri.transport() && to_lower(*live_.transport) != *uri.transport()) {
      if (!declared_.transport) {
        return note(Field::sip_endpoint,
                    "left out: its transport is overridden by one that cannot be declared");
      }
      uri = uri.with_transport(std::nullopt);
      note(Field::transport, "the one inside sip_endpoint is overridden, and left out of it");
    }
    write_endpoint(uri);
  }

  void write_endpoint(const SipUri& uri) {
    // These are words of a manifest, and may be the names of hosts.
    const bool is_word = uri.text() == "unset" || uri.text() == "absent";
    auto written = SipUri::parse((is_word ? "sip:" : "") + uri.text());
    if (!written || visible(written->text()) != written->text()) {
      return note(Field::sip_endpoint, "left out: it cannot be written into a manifest");
    }
    declared_.sip_endpoint = Declared<SipUri>{*std::move(written)};
    for (const Contradiction& found : find_contradictions(outcome_.expectation)) {
      if (found.path.direction != direction_) continue;
      declared_.sip_endpoint.reset();
      return note(Field::sip_endpoint, "left out: sips: over udp contradicts itself");
    }
  }

  void note_word(Field field, const std::string& word) {
    const std::string shown = redact_ ? redact_(word) : word;
    note(field, fmt::format("left out: \"{}\" is none that can be declared",
                            shown_excerpt(redacted_endpoint(shown), longest_quote)));
  }
  void note(Field field, std::string_view what) {
    outcome_.notes.push_back(fmt::format("{}: {}", FieldPath{direction_, field}.text(), what));
  }
  void note(std::string_view what) {
    outcome_.notes.push_back(fmt::format("{}: {}", name(direction_), what));
  }

  Direction direction_;
  const LiveDirection& live_;
  const std::function<std::string(std::string)>& redact_;
  DirectionExpectation& declared_;
  LiveDeclaration& outcome_;
};

}  // namespace

LiveDeclaration declare_live(const LiveRecord& live,
                             const std::function<std::string(std::string)>& redact) {
  LiveDeclaration outcome;
  for (const Direction direction : all_directions) {
    if (live[direction]) {
      DirectionDeclaration(direction, *live[direction], redact, outcome).run();
    } else {
      outcome.expectation[direction].absent = true;
    }
  }
  return outcome;
}

}  // namespace sipdrift
