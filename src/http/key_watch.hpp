// Whether the API refuses the key: then no further request would do better.

#pragma once

#include "http/attempt.hpp"

namespace sipdrift {

/// Learns from every attempt that ended. A 401 is about the key. A 403 may also be about a number
/// that belongs to someone else, so it takes more of them, and none counts once the key was good
/// for an answer.
class KeyWatch {
 public:
  void note(const Attempt& attempt);

  /// The last answer was a refusal, and the key has not been good for any yet.
  [[nodiscard]] bool is_in_doubt() const {
    return !is_accepted_ && unauthorized_in_a_row_ + forbidden_in_a_row_ > 0;
  }

  /// So many refusals in a row that the key must be what is refused.
  [[nodiscard]] bool is_rejected() const { return is_rejected_; }

 private:
  int unauthorized_in_a_row_ = 0;
  int forbidden_in_a_row_ = 0;
  bool is_accepted_ = false;
  bool is_rejected_ = false;
};

}  // namespace sipdrift
