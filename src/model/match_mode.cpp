// The names of what counts as agreement.

#include "sipdrift/match_mode.hpp"

#include "model/names.hpp"

namespace sipdrift {

namespace {

constexpr std::array<Named<MatchMode>, 2> mode_names{{
    {MatchMode::sip, "sip"},
    {MatchMode::exact, "exact"},
}};

}  // namespace

std::string_view name(MatchMode mode) { return name_in(mode_names, mode); }

}  // namespace sipdrift
