// Whether a list is only a page of one.

#pragma once

#include <cstddef>
#include <string>

#include "json/strict_json.hpp"

namespace sipdrift {

/// The first sign in `object`, and in the objects within it, that a list of `listed` entries is not
/// whole: a place where it goes on, a word that it does, a count that is larger, a page that is
/// full or not the first. Empty if there is none. Lists are not looked into.
///
/// The API documents no paging: the words are those that others use.
[[nodiscard]] std::string find_paging(const JsonObject& object, std::size_t listed);

}  // namespace sipdrift
