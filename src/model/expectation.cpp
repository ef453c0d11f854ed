// Expectations: counting what they check, and laying one over another.

#include "sipdrift/expectation.hpp"

#include <algorithm>
#include <initializer_list>

namespace sipdrift {

namespace {

template <class T>
void overlay_field(std::optional<Declared<T>>& base, const std::optional<Declared<T>>& top) {
  if (top) base = top;
}

}  // namespace

std::size_t DirectionExpectation::check_count() const {
  if (absent) return 1;
  const std::initializer_list<bool> declared{auth_mode.has_value(), port.has_value(),
                                             secure_media.has_value(), sip_endpoint.has_value(),
                                             transport.has_value()};
  return static_cast<std::size_t>(std::count(declared.begin(), declared.end(), true));
}

void DirectionExpectation::overlay(const DirectionExpectation& top) {
  if (top.absent) {
    *this = top;
    return;
  }
  if (top.check_count() > 0) absent = false;
  overlay_field(auth_mode, top.auth_mode);
  overlay_field(port, top.port);
  overlay_field(secure_media, top.secure_media);
  overlay_field(sip_endpoint, top.sip_endpoint);
  overlay_field(transport, top.transport);
}

const DirectionExpectation& Expectation::operator[](Direction direction) const {
  return direction == Direction::inbound ? inbound : outbound;
}

DirectionExpectation& Expectation::operator[](Direction direction) {
  return direction == Direction::inbound ? inbound : outbound;
}

std::size_t Expectation::check_count() const {
  return inbound.check_count() + outbound.check_count();
}

void Expectation::overlay(const Expectation& top) {
  inbound.overlay(top.inbound);
  outbound.overlay(top.outbound);
}

}  // namespace sipdrift
