// Names for profiles that nobody has named yet.

#pragma once

#include <string>
#include <vector>

#include "sipdrift/expectation.hpp"

namespace sipdrift {

/// A name for each expectation, by its endpoint's host or else by what it declares; where two would
/// have the same, with what tells them apart, or at last with a number. No name stands twice, and a
/// manifest takes all of them. The same expectations in the same order get the same names.
[[nodiscard]] std::vector<std::string> name_profiles(
    const std::vector<const Expectation*>& expectations);

}  // namespace sipdrift
