// Writing by POSIX, every call checked.

#include "cli/output_files.hpp"

#include <array>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <random>
#include <streambuf>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "cli/descriptor.hpp"

namespace sipdrift {

namespace {

/// Buffers on the way to a file descriptor, and remembers the first error.
class DescriptorBuffer : public std::streambuf {
 public:
  explicit DescriptorBuffer(int descriptor) : descriptor_(descriptor) { empty(); }

  [[nodiscard]] int error() const { return error_; }

 protected:
  int_type overflow(int_type c) override {
    if (sync() != 0) return traits_type::eof();
    if (!traits_type::eq_int_type(c, traits_type::eof())) {
      *pptr() = traits_type::to_char_type(c);
      pbump(1);
    }
    return traits_type::not_eof(c);
  }

  int sync() override {
    const char* position = pbase();
    while (error_ == 0 && position != pptr()) {
      const ssize_t written =
          ::write(descriptor_, position, static_cast<std::size_t>(pptr() - position));
      if (written >= 0) {
        position += written;
      } else if (errno != EINTR) {
        error_ = errno;
      }
    }
    empty();
    return error_ == 0 ? 0 : -1;
  }

 private:
  void empty() { setp(buffer_.data(), buffer_.data() + buffer_.size()); }

  int descriptor_;
  int error_ = 0;
  std::array<char, std::size_t{64} * 1024> buffer_{};
};

/// Returns the error number, or 0.
int write_all(int descriptor, const Writer& writer) {
  DescriptorBuffer buffer(descriptor);
  std::ostream out(&buffer);
  writer(out);
  out.flush();
  return buffer.error();
}

constexpr mode_t permissions = 0777;

/// A new file beside `path`, under a name that nothing else has. It goes with this object, unless
/// it has taken the place of `path`.
class NewFile {
 public:
  /// `like` is what it is to replace, if that exists: its permissions are kept.
  NewFile(const std::string& path, const struct stat* like) : path_(path), file_(create()) {
    if (!is_there_ || like == nullptr) return;
    // Not everyone may give a file away; then it is the writer's, as any new file is.
    static_cast<void>(fchown(file_.number(), like->st_uid, like->st_gid) == 0);
    if (fchmod(file_.number(), like->st_mode & permissions) != 0) creation_error_ = errno;
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  NewFile(NewFile&&) = delete;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile() {
    if (is_there_) unlink(name_.c_str());
  }

  // Each returns the error number, or 0.
  [[nodiscard]] int creation_error() const { return creation_error_; }
  [[nodiscard]] int write(const Writer& writer) { return write_all(file_.number(), writer); }
  [[nodiscard]] int flush() const { return fsync(file_.number()) == 0 ? 0 : errno; }
  [[nodiscard]] int close() { return file_.close(); }
  [[nodiscard]] int take_place() {
    if (rename(name_.c_str(), path_.c_str()) != 0) return errno;
    is_there_ = false;
    return 0;
  }

 private:
  Descriptor create() {
    std::random_device random;
    constexpr int most_attempts = 100;
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
      // Not made of the old name, which may be as long as names can be.
      const std::filesystem::path folder = std::filesystem::path(path_).parent_path();
      name_ = folder / fmt::format(".sipdrift.{:08x}.tmp", random());
      Descriptor file(open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
      creation_error_ = file.is_open() ? 0 : errno;
      is_there_ = file.is_open();
      if (creation_error_ != EEXIST) return file;
    }
    return Descriptor(-1);
  }

  const std::string& path_;
  std::string name_;
  int creation_error_ = 0;
  bool is_there_ = false;
  Descriptor file_;
};

/// Returns the error number, or 0.
int replace_file(const std::string& path, const struct stat* old_file, const Writer& writer) {
  NewFile file(path, old_file);
  int error = file.creation_error();
  if (error == 0) error = file.write(writer);
  if (error == 0) error = file.flush();
  if (error == 0) error = file.close();
  if (error == 0) error = file.take_place();
  return error;
}

int write_directly(const std::string& path, const Writer& writer) {
  // A pipe that nobody reads must not make the program wait.
  Descriptor device(open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK));
  if (!device.is_open()) return errno;
  if (fcntl(device.number(), F_SETFL, 0) != 0) return errno;
  const int error = write_all(device.number(), writer);
  const int close_error = device.close();
  return error == 0 ? close_error : error;
}

/// Where a path leads, whether or not anything is there. A circle of links is left to open(2).
std::string behind_links(std::filesystem::path path) {
  constexpr int most_links = 40;
  std::error_code ignored;
  for (int i = 0; i < most_links && std::filesystem::is_symlink(path, ignored); ++i) {
    // What is relative is so to the link's folder; what is absolute replaces it.
    path = path.parent_path() / std::filesystem::read_symlink(path, ignored);
  }
  return path.string();
}

/// Runs what writes and returns an error number: as the reason, or an empty text. A writer that
/// throws has not written.
template <class Write>
std::string reason_from(const Write& write) {
  try {
    const int error = write();
    return error == 0 ? std::string() : reason_of(error);
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace

bool is_replaceable(const std::string& path) {
  std::error_code ignored;
  const std::string target =
      std::filesystem::weakly_canonical(std::filesystem::absolute(path, ignored), ignored).string();
  for (const std::string& place : {path, target}) {
    if (place.starts_with("/dev/") || place.starts_with("/proc/")) return false;
  }
  const auto type = std::filesystem::status(path, ignored).type();
  return type == std::filesystem::file_type::not_found ||
         type == std::filesystem::file_type::regular;
}

std::string write_file(const std::string& path, const Writer& writer) {
  return reason_from([&] {
    if (!is_replaceable(path)) return write_directly(path, writer);
    const std::string target = behind_links(path);
    struct stat status {};
    const bool exists = stat(target.c_str(), &status) == 0;
    return replace_file(target, exists ? &status : nullptr, writer);
  });
}

std::string write_descriptor(int descriptor, const Writer& writer) {
  return reason_from([&] { return write_all(descriptor, writer); });
}

}  // namespace sipdrift
