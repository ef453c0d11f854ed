// The way of all output to a file descriptor.

#pragma once

#include <cstddef>
#include <streambuf>
#include <string_view>
#include <vector>

#include "cli/secret_filter.hpp"

namespace sipdrift {

/// Buffers on the way to a descriptor, takes secrets out of all that goes there, wherever it is cut
/// into pieces, and remembers the first error. What is not flushed is not written.
class DescriptorBuffer : public std::streambuf {
 public:
  /// `secrets` must outlive this; the descriptor is left open.
  DescriptorBuffer(int descriptor, const SecretFilter& secrets);

  /// The error number of the first write(2) that failed, or 0.
  [[nodiscard]] int error() const { return error_; }

 protected:
  int_type overflow(int_type c) override;
  int sync() override;

 private:
  /// Of what is buffered, all but the last `kept` bytes, which may be the beginning of a secret.
  void write_filtered(std::size_t kept);
  void write_all(std::string_view text);

  int descriptor_;
  const SecretFilter& secrets_;
  int error_ = 0;
  std::vector<char> buffer_;  // with room for the longest secret beside what is written at once
};

}  // namespace sipdrift
