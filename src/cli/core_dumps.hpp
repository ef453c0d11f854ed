// No copy of the program's memory, which holds the API key.

#pragma once

namespace sipdrift {

/// From here on a crash leaves no core dump, and no other process of the same user can look into
/// this one. What the system refuses of it is left as it is: a run is not worth less for it.
void forbid_core_dumps() noexcept;

}  // namespace sipdrift
