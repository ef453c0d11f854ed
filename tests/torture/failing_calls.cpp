// Loaded in front of the C library (LD_PRELOAD): lets one call of a program fail that has to do
// with what it writes, as a full or broken disk would.
//
// TORTURE_LOG    a file that gets a line for each call that counts, such as "write pipe"
// TORTURE_NTH    which of them fails, from 1; 0 or nothing: none
// TORTURE_CALL   counts only these, such as "write"
// TORTURE_HOW    "EIO", "ENOSPC" or "EINTR": it fails so; "short": write() writes half;
//                "kill": the program is killed in its place
// TORTURE_NEVER  a call that fails each time, such as "linkat", whatever TORTURE_NTH says
//
// Calls count on files, folders and pipes that are open for writing, and on what is flushed; not
// on sockets, nor on what libraries open for themselves.

// NOLINTBEGIN: functions of C, replaced by its own means

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

enum class Fate { live, fail, halve };

int calls = 0;
std::mutex calls_mutex;  // so that they are logged in the order in which they count

const char* setting(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// Straight to the kernel, as the functions of this file are in the way.
void log_call(const char* call, const char* kind) {
  const char* const path = setting("TORTURE_LOG");
  if (*path == '\0') return;
  const long file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT, 0666);
  char line[64];
  const int length = std::snprintf(line, sizeof line, "%s %s\n", call, kind);
  syscall(SYS_write, file, line, length);
  syscall(SYS_close, file);
}

Fate fate_of(const char* call, const char* kind) {
  const std::lock_guard lock(calls_mutex);
  log_call(call, kind);
  const char* const only = setting("TORTURE_CALL");
  const bool counts = *only == '\0' || std::strcmp(only, call) == 0;
  const bool is_nth = counts && ++calls == std::atoi(setting("TORTURE_NTH"));
  const char* const how = setting("TORTURE_HOW");
  if (std::strcmp(setting("TORTURE_NEVER"), call) == 0) {
    errno = EOPNOTSUPP;
    return Fate::fail;
  }
  if (!is_nth) return Fate::live;
  if (std::strcmp(how, "kill") == 0) {
    syscall(SYS_kill, getpid(), SIGKILL);
    pause();
  }
  if (std::strcmp(how, "short") == 0) {
    return Fate::halve;
  }
  errno = std::strcmp(how, "ENOSPC") == 0 ? ENOSPC : std::strcmp(how, "EINTR") == 0 ? EINTR : EIO;
  return Fate::fail;
}

/// What is open for writing, and is written to for somebody: or nullptr.
const char* kind_of(int descriptor) {
  struct stat status {};
  const int flags = fcntl(descriptor, F_GETFL);
  if (flags == -1 || (flags & O_ACCMODE) == O_RDONLY) return nullptr;
  if (fstat(descriptor, &status) != 0) return nullptr;
  if (S_ISREG(status.st_mode)) return "file";
  return S_ISFIFO(status.st_mode) ? "pipe" : nullptr;
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* data, size_t size) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
  const int before = errno;
  const char* const kind = kind_of(descriptor);
  errno = before;
  if (kind != nullptr) {
    const Fate fate = fate_of("write", kind);
    if (fate == Fate::fail) return -1;
    if (fate == Fate::halve) return real(descriptor, data, (size + 1) / 2);
  }
  return real(descriptor, data, size);
}

int fsync(int descriptor) {
  static const auto real = next<int (*)(int)>("fsync");
  if (fate_of("fsync", "file") == Fate::fail) return -1;
  return real(descriptor);
}

/// It is closed even where it fails, as Linux does.
int close(int descriptor) {
  static const auto real = next<int (*)(int)>("close");
  const int before = errno;
  const char* const kind = kind_of(descriptor);
  errno = before;
  if (kind != nullptr && std::strcmp(kind, "file") == 0 && fate_of("close", kind) == Fate::fail) {
    const int error = errno;
    real(descriptor);
    errno = error;
    return -1;
  }
  return real(descriptor);
}

int rename(const char* from, const char* to) {
  static const auto real = next<int (*)(const char*, const char*)>("rename");
  if (fate_of("rename", "file") == Fate::fail) return -1;
  return real(from, to);
}

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) {
  static const auto real = next<int (*)(int, const char*, int, const char*, int)>("linkat");
  if (fate_of("linkat", "file") == Fate::fail) return -1;
  return real(from_folder, from, to_folder, to, flags);
}
}

// NOLINTEND
