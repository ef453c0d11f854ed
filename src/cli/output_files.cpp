// Writing by POSIX, every call checked.

#include "cli/output_files.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <optional>
#include <random>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "cli/descriptor.hpp"
#include "cli/descriptor_buffer.hpp"

namespace sipdrift {

namespace {

/// Returns the error number, or 0.
int write_all(int descriptor, const Writer& writer, const SecretFilter& secrets) {
  DescriptorBuffer buffer(descriptor, secrets);
  std::ostream out(&buffer);
  writer(out);
  out.flush();
  return buffer.error();
}

constexpr mode_t permissions = 0777;
constexpr mode_t new_permissions = 0666;  // less the umask
constexpr mode_t permissions_for_everyone = 0644;

/// Returns the error number, or 0.
int flush_to_disk(int descriptor) {
  while (fsync(descriptor) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// A new file beside `path`, under no name while it is written: whatever ends the program until
/// then, even SIGKILL, leaves nothing behind. Where the file system knows no such files it has a
/// name that nothing else has. It goes with this object, unless it has taken the place of `path`.
class NewFile {
 public:
  enum class Naming : std::uint8_t { late, at_once };

  /// `like` is what it is to replace, if that exists: its owner is kept.
  NewFile(const std::string& path, const struct stat* like, Readers readers, Naming naming)
      : path_(path), file_(naming == Naming::late ? create_unnamed() : create_named()) {
    if (!file_.is_open()) return;
    std::optional<mode_t> mode;
    if (like != nullptr) {
      // Not everyone may give a file away; then it is the writer's, as any new file is.
      static_cast<void>(fchown(file_.number(), like->st_uid, like->st_gid) == 0);
      mode = like->st_mode & permissions;
    }
    if (readers == Readers::everyone) mode = permissions_for_everyone;
    if (mode && fchmod(file_.number(), *mode) != 0) creation_error_ = errno;
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  NewFile(NewFile&&) = delete;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile() {
    if (!name_.empty()) unlink(name_.c_str());
  }

  // Each returns the error number, or 0.
  [[nodiscard]] int creation_error() const { return creation_error_; }
  [[nodiscard]] int write(const Writer& writer, const SecretFilter& secrets) {
    return write_all(file_.number(), writer, secrets);
  }
  [[nodiscard]] int flush() const { return flush_to_disk(file_.number()); }

  /// Gives it a name, if it has none.
  [[nodiscard]] int put_down() {
    if (!name_.empty()) return 0;
    const std::string descriptor = fmt::format("/proc/self/fd/{}", file_.number());
    return under_new_name([&](const char* name) {
      return linkat(AT_FDCWD, descriptor.c_str(), AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
    });
  }
  [[nodiscard]] int close() { return file_.close(); }
  [[nodiscard]] int take_place() {
    if (rename(name_.c_str(), path_.c_str()) != 0) return errno;
    name_.clear();
    return 0;
  }

 private:
  /// Tries names until `make` makes a file of one, or fails for another reason than that there is
  /// one already.
  template <class Make>
  int under_new_name(const Make& make) {
    std::random_device random;
    constexpr int most_attempts = 100;
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
      // Not made of the old name, which may be as long as names can be.
      const std::string name = fmt::format("{}/.sipdrift.{:08x}.tmp", folder_of(path_), random());
      if (make(name.c_str())) {
        name_ = name;
        return 0;
      }
      if (errno != EEXIST) return errno;
    }
    return EEXIST;
  }

  Descriptor create_named() {
    int descriptor = -1;
    creation_error_ = under_new_name([&](const char* name) {
      descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, new_permissions);
      return descriptor >= 0;
    });
    return Descriptor(descriptor);
  }

  Descriptor create_unnamed() {
    Descriptor file(
        open(folder_of(path_).c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, new_permissions));
    return file.is_open() ? std::move(file) : create_named();
  }

  const std::string& path_;
  std::string name_;  // empty as long as it has none
  int creation_error_ = 0;
  Descriptor file_;
};

/// A rename is on the disk once its folder is. Some file systems know no such thing.
int flush_folder_of(const std::string& path) {
  Descriptor folder(open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const int error = folder.is_open() ? flush_to_disk(folder.number()) : 0;
  return error == EINVAL ? 0 : error;
}

/// Returns the error number, or 0.
int replace_file(const std::string& path, const struct stat* old_file, const Writer& writer,
                 const SecretFilter& secrets, Readers readers,
                 NewFile::Naming naming = NewFile::Naming::late) {
  NewFile file(path, old_file, readers, naming);
  int error = file.creation_error();
  if (error == 0) error = file.write(writer, secrets);
  if (error == 0) error = file.flush();
  if (error != 0) return error;
  if (file.put_down() != 0) {  // as where there is no /proc: then under a name from the beginning
    return replace_file(path, old_file, writer, secrets, readers, NewFile::Naming::at_once);
  }
  error = file.close();
  if (error == 0) error = file.take_place();
  if (error == 0) error = flush_folder_of(path);
  return error;
}

int write_directly(const std::string& path, const Writer& writer, const SecretFilter& secrets) {
  // A pipe that nobody reads must not make the program wait.
  Descriptor device(open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK));
  if (!device.is_open()) return errno;
  if (fcntl(device.number(), F_SETFL, 0) != 0) return errno;
  const int error = write_all(device.number(), writer, secrets);
  const int close_error = device.close();
  return error == 0 ? close_error : error;
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

std::string behind_links(std::filesystem::path path) {
  constexpr int most_links = 40;
  std::error_code ignored;
  for (int i = 0; i < most_links && std::filesystem::is_symlink(path, ignored); ++i) {
    // What is relative is so to the link's folder; what is absolute replaces it.
    path = path.parent_path() / std::filesystem::read_symlink(path, ignored);
  }
  return path.string();
}

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

std::string write_file(const std::string& path, const Writer& writer, const SecretFilter& secrets,
                       Readers readers) {
  return reason_from([&] {
    if (!is_replaceable(path)) return write_directly(path, writer, secrets);
    const std::string target = behind_links(path);
    struct stat status {};
    const bool exists = stat(target.c_str(), &status) == 0;
    return replace_file(target, exists ? &status : nullptr, writer, secrets, readers);
  });
}

std::string write_descriptor(int descriptor, const Writer& writer, const SecretFilter& secrets) {
  return reason_from([&] { return write_all(descriptor, writer, secrets); });
}

}  // namespace sipdrift
