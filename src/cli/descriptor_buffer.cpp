// Filtered, then written, every write(2) checked.

#include "cli/descriptor_buffer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string>

#include <unistd.h>

namespace sipdrift {

namespace {

constexpr std::size_t chunk_bytes = std::size_t{64} * 1024;

}  // namespace

DescriptorBuffer::DescriptorBuffer(int descriptor, const SecretFilter& secrets)
    : descriptor_(descriptor), secrets_(secrets), buffer_(chunk_bytes + secrets.longest()) {
  setp(buffer_.data(), buffer_.data() + buffer_.size());
}

DescriptorBuffer::int_type DescriptorBuffer::overflow(int_type c) {
  write_filtered(secrets_.longest());
  if (error_ != 0) return traits_type::eof();
  if (!traits_type::eq_int_type(c, traits_type::eof())) {
    *pptr() = traits_type::to_char_type(c);
    pbump(1);
  }
  return traits_type::not_eof(c);
}

int DescriptorBuffer::sync() {
  write_filtered(0);
  return error_ == 0 ? 0 : -1;
}

void DescriptorBuffer::write_filtered(std::size_t kept) {
  std::string_view text(pbase(), static_cast<std::size_t>(pptr() - pbase()));
  std::string without_secrets;
  if (secrets_.is_in(text)) {
    without_secrets = secrets_.filter(std::string(text));
    text = without_secrets;
  }
  const std::size_t rest = std::min(kept, text.size());
  write_all(text.substr(0, text.size() - rest));
  const std::string tail(text.substr(text.size() - rest));
  setp(buffer_.data(), buffer_.data() + buffer_.size());
  sputn(tail.data(), static_cast<std::streamsize>(tail.size()));
}

void DescriptorBuffer::write_all(std::string_view text) {
  while (error_ == 0 && !text.empty()) {
    const ssize_t written = ::write(descriptor_, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
}

}  // namespace sipdrift
