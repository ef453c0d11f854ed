// Reading by POSIX, every call checked.

#include "cli/input_files.hpp"

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "cli/descriptor.hpp"

namespace sipdrift {

namespace {

Result<std::string, std::string> read_all(const Descriptor& file, std::size_t most_bytes) {
  std::string text;
  std::array<char, std::size_t{64} * 1024> chunk{};
  while (true) {
    const ssize_t count = read(file.number(), chunk.data(), chunk.size());
    if (count == 0) return text;
    if (count < 0 && errno != EINTR) return Unexpected{reason_of(errno)};
    text.append(chunk.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (text.size() > most_bytes) {
      return Unexpected{fmt::format("it has more than {} bytes", most_bytes)};
    }
  }
}

}  // namespace

Result<std::string, std::string> read_file(const std::string& path, std::size_t most_bytes) {
  const Descriptor file(path == "-" ? dup(STDIN_FILENO) : open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return Unexpected{reason_of(errno)};
  return read_all(file, most_bytes);
}

std::string key_fault(const std::string& key) {
  if (key.empty()) return "is empty";
  const bool is_printable =
      std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
  return is_printable ? ""
                      : "holds a blank or another character that no API key has; it is one line of "
                        "printable ASCII";
}

Result<std::string, std::string> read_key_file(const std::string& path) {
  constexpr std::size_t longest_key = 8192;
  // Opened first and looked at then, so that what is looked at is what is read. A pipe with nobody
  // at its other end must not make the program wait.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!file.is_open() || fstat(file.number(), &status) != 0) return Unexpected{reason_of(errno)};
  if (!S_ISREG(status.st_mode)) return Unexpected{std::string("is not a regular file")};
  if ((status.st_mode & (S_IRGRP | S_IROTH)) != 0) {
    return Unexpected{std::string("may be read by others than its owner; run chmod 600 on it")};
  }
  auto key = read_all(file, longest_key);
  if (!key) return key;
  if (key->ends_with('\n')) key->pop_back();
  if (std::string fault = key_fault(*key); !fault.empty()) return Unexpected{std::move(fault)};
  return key;
}

}  // namespace sipdrift
