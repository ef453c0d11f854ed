// Any two texts for SIP URIs: read whole or refused, and compared alike however they are spelled.

#include "sipdrift/sip_uri.hpp"

#include "fuzz/fuzz.hpp"

#include "model/visible_text.hpp"

namespace {

using namespace sipdrift;

void check_alone(const SipUri& uri, std::string_view text) {
  require(uri.text() == text, "a URI keeps its spelling");
  require(!uri.host().empty(), "a URI has a host");
  require(equivalent(uri, uri), "equivalence is reflexive");
  const SipUri moved = uri.with_port(5062);
  require(moved.port() == 5062, "with_port() sets the port");
  const auto read_back = SipUri::parse(moved.text());
  require(read_back.has_value() && equivalent(*read_back, moved), "with_port() gives a URI");
  require(uri.port() == 5062 || !equivalent(uri, moved), "another port is another URI");
  const auto wrapped = uri.with_transport("tls");
  require(wrapped.transport() == "tls", "with_transport() sets the transport");
  const auto wrapped_back = SipUri::parse(wrapped.text());
  require(wrapped_back.has_value() && equivalent(*wrapped_back, wrapped),
          "with_transport() gives a URI");
}

/// The host in capitals, and the parameters in another order.
void check_respelled(const SipUri& uri, std::string_view text) {
  std::string spelled(text);
  const std::size_t at = spelled.rfind('@');
  const std::size_t begin = at == std::string::npos ? 0 : at + 1;
  const std::size_t end = std::min(spelled.find_first_of(";?", begin), spelled.size());
  for (std::size_t i = begin; i < end; ++i) {
    if (spelled[i] >= 'a' && spelled[i] <= 'z')
      spelled[i] = static_cast<char>(spelled[i] - 'a' + 'A');
  }
  const std::size_t question = std::min(spelled.find('?', end), spelled.size());
  const std::size_t second = spelled.find(';', end + 1);
  if (second < question) {
    const std::string first_one = spelled.substr(end, second - end);
    spelled = spelled.substr(0, end) + spelled.substr(second, question - second) + first_one +
              spelled.substr(question);
  }
  const auto again = SipUri::parse(spelled);
  require(again.has_value(), "another spelling is a URI too");
  require(equivalent(uri, *again) && equivalent(*again, uri), "spelling makes no difference");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const std::string_view a_text = input.line();
  const std::string_view b_text = input.line();
  const auto a = SipUri::parse(a_text);
  const auto b = SipUri::parse(b_text);
  if (a) {
    check_alone(*a, a_text);
    check_respelled(*a, a_text);
  } else {
    require(!a.error().empty(), "what is no URI is none for a reason");
    require(visible(a.error()) == a.error(), "a reason is fit to be shown");
  }
  if (a && b) {
    const bool are_equal = equivalent(*a, *b);
    require(are_equal == equivalent(*b, *a), "equivalence is symmetric");
    if (are_equal) {
      require(a->scheme() == b->scheme() && a->user() == b->user() &&
                  a->password() == b->password() && a->host() == b->host() &&
                  a->port() == b->port() && a->transport() == b->transport(),
              "what is equal agrees in all that is never ignored");
    }
  }
  return 0;
}
