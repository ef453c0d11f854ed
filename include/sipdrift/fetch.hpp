// The port through which an audit reaches the provider: whoever fetches implements Fetcher.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "sipdrift/fetch_statistics.hpp"
#include "sipdrift/not_compared.hpp"

namespace sipdrift {

/// A reply that was received whole, whatever its status.
struct HttpReply {
  int status = 0;            ///< 100 to 599
  std::string content_type;  ///< the header's value as it stands, or empty
  std::string body;          ///< transfer encodings undone; at most as long as was allowed

  /// Other requests had been sent over the same connection, and only the order of the replies says
  /// which is whose (RFC 9112 section 9.2): one sent twice would pass for the next. It is false for
  /// the first reply of a connection, and in HTTP/2.
  bool may_be_stray = true;

  bool has_next_page = false;  ///< a Link in its header leads to a next one (RFC 8288)
};

/// A larger body is not received; its number is not compared. A real reply has some 700 bytes.
inline constexpr std::size_t max_reply_bytes = std::size_t{1024} * 1024;

/// The same for the list of all numbers, of which each takes some 130 bytes.
inline constexpr std::size_t max_list_bytes = 64 * max_reply_bytes;

/// What came of one request, after all its attempts.
struct FetchOutcome {
  std::size_t position = 0;  ///< of its target
  std::variant<HttpReply, NotCompared> answer;
  int attempts = 0;                      ///< requests sent; 0 if its turn never came
  std::chrono::milliseconds duration{};  ///< from the first attempt's start to this moment

  /// Why there was no further attempt, where the number had one left: a clause for a person, or
  /// empty.
  std::string given_up;
};

/// Over which connections requests are sent.
enum class Connections : std::uint8_t {
  shared,  ///< over as few as will do
  own,     ///< each over a new one, and nothing else is, where a reply could be another's
};

/// How the requests of a fetch are sent, and how much is received.
struct FetchConditions {
  Connections connections = Connections::shared;
  std::size_t most_bytes = max_reply_bytes;  ///< of a reply's body: a longer one is `bad_reply`
};

/// What to say of a reply whose body is longer than that.
[[nodiscard]] inline std::string too_long(std::size_t most_bytes) {
  constexpr std::size_t mebibyte = std::size_t{1024} * 1024;
  return "the reply is longer than " + std::to_string(most_bytes / mebibyte) + " MiB";
}

/// How a fetch came to its end.
enum class FetchEnd : std::uint8_t {
  complete,      ///< every request had its turn
  key_rejected,  ///< the API refused the key; the rest was not asked for
  deadline,      ///< the time was up; the rest was not asked for
  interrupted,   ///< a stop was requested; the rest was not asked for
  unreachable,   ///< the API did not answer any more; the rest was not asked for
  refused,       ///< the API refuses requests for longer than is waited; the rest was not asked for
  failed,        ///< the fetcher itself failed; the rest was not asked for
};

struct FetchSummary {
  FetchEnd end = FetchEnd::complete;
  std::string reason;  ///< why it ended early: a clause for a person; empty if it did not
  FetchStatistics statistics;
};

/// Sends GET requests, many at a time, and nothing else.
class Fetcher {
 public:
  Fetcher() = default;
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;
  Fetcher(Fetcher&&) = delete;
  Fetcher& operator=(Fetcher&&) = delete;
  virtual ~Fetcher() = default;

  /// The path and query to ask for, such as "/v1/sip?phone_number=%2B14150000000", by position.
  using TargetOf = std::function<std::string(std::size_t)>;

  /// Receives what has been fetched since the last call, never nothing.
  using Deliver = std::function<void(std::vector<FetchOutcome>&&)>;

  /// Fetches the targets 0 to `count` - 1. What comes of each is delivered once, on the calling
  /// thread, in whatever order they end: also of those whose turn never came. If it is called more
  /// than once, deadline, pace and statistics are those of all calls together.
  virtual FetchSummary fetch(std::size_t count, const TargetOf& target,
                             const FetchConditions& conditions, const Deliver& deliver) = 0;
};

}  // namespace sipdrift
