// setrlimit(2) for dumps into files, prctl(2) for those that are piped to a program.

#include "cli/core_dumps.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace sipdrift {

void forbid_core_dumps() noexcept {
  const rlimit none{.rlim_cur = 0, .rlim_max = 0};
  static_cast<void>(setrlimit(RLIMIT_CORE, &none));
#ifndef SIPDRIFT_SANITIZED  // whose search for leaks looks into the process from outside
  static_cast<void>(prctl(PR_SET_DUMPABLE, 0));
#endif
}

}  // namespace sipdrift
