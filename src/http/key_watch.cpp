// Counting refusals in a row.

#include "http/key_watch.hpp"

namespace sipdrift {

namespace {

constexpr int enough_unauthorized = 3;
constexpr int enough_unauthorized_once_accepted = 10;
constexpr int enough_forbidden = 10;

}  // namespace

void KeyWatch::note(const Attempt& attempt) {
  if (attempt.code != CURLE_OK) return;
  switch (attempt.reply.status) {
    case 401:
      ++unauthorized_in_a_row_;
      break;
    case 403:
      if (!is_accepted_) ++forbidden_in_a_row_;
      break;
    default:
      unauthorized_in_a_row_ = 0;
      forbidden_in_a_row_ = 0;
      is_accepted_ = is_accepted_ || attempt.reply.status == 200;
  }
  is_rejected_ = is_rejected_ || forbidden_in_a_row_ >= enough_forbidden ||
                 unauthorized_in_a_row_ >=
                     (is_accepted_ ? enough_unauthorized_once_accepted : enough_unauthorized);
}

}  // namespace sipdrift
