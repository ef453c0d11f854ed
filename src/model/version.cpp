// The version is CMake's.

#include "sipdrift/version.hpp"

namespace sipdrift {

std::string_view version() { return SIPDRIFT_VERSION; }

}  // namespace sipdrift
