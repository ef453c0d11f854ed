// Laying one expectation over another, as a number's own fields lie over its profile.

#include "sipdrift/expectation.hpp"

#include <gtest/gtest.h>

namespace sipdrift {
namespace {

TEST(Expectation, OverlaysFieldByField) {
  Expectation base;
  base.outbound.port = Declared<std::uint16_t>{5061};
  base.outbound.transport = Declared<Transport>{Transport::tls};
  base.inbound.auth_mode = Declared<AuthMode>{AuthMode::ip};

  Expectation top;
  top.outbound.port = Declared<std::uint16_t>{5062};
  top.outbound.secure_media = Declared<bool>{};  // unset

  base.overlay(top);
  EXPECT_EQ(base.outbound.port->value, 5062);
  EXPECT_EQ(base.outbound.transport->value, Transport::tls);
  EXPECT_TRUE(base.outbound.secure_media->is_unset());
  EXPECT_EQ(base.inbound.auth_mode->value, AuthMode::ip);
  EXPECT_EQ(base.check_count(), 4U);
}

TEST(Expectation, AnAbsentDirectionReplacesWhatTheProfileHas) {
  Expectation base;
  base.inbound.auth_mode = Declared<AuthMode>{AuthMode::ip};
  Expectation top;
  top.inbound.absent = true;

  base.overlay(top);
  EXPECT_TRUE(base.inbound.absent);
  EXPECT_FALSE(base.inbound.auth_mode.has_value());
  EXPECT_EQ(base.check_count(), 1U);
}

TEST(Expectation, AFieldTakesAnAbsentAway) {
  Expectation base;
  base.inbound.absent = true;
  base.overlay(Expectation{});
  EXPECT_TRUE(base.inbound.absent) << "an empty overlay changes nothing";

  Expectation top;
  top.inbound.auth_mode = Declared<AuthMode>{AuthMode::registration};
  base.overlay(top);
  EXPECT_FALSE(base.inbound.absent);
  EXPECT_EQ(base.check_count(), 1U);
}

}  // namespace
}  // namespace sipdrift
