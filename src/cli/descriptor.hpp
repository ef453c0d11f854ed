// A file descriptor with an owner.

#pragma once

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace sipdrift {

/// What an error number says: "No such file or directory".
[[nodiscard]] inline std::string reason_of(int error) {
  return std::generic_category().message(error);
}

/// Closes its descriptor at the end of its life. A negative number is none.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() { close(); }

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

  /// Closes it now. Returns the error number, or 0.
  int close() {
    if (!is_open()) return 0;
    const int status = ::close(std::exchange(number_, -1));
    return status == 0 ? 0 : errno;
  }

 private:
  int number_;
};

}  // namespace sipdrift
