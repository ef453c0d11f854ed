// Writes JSON as it comes, so that a report of any length takes no memory of its own.

#pragma once

#include <concepts>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace sipdrift {

/// Writes one JSON value, piece by piece. The caller pairs begin and end, and gives each member of
/// an object a key. What it writes is ASCII where a character could act on a terminal or be
/// mistaken (controls, bidirectional marks), and valid UTF-8 everywhere.
class JsonWriter {
 public:
  /// How a container is laid out: one member a line, or all on the line it begins on.
  enum class Layout : std::uint8_t { lines, line };

  explicit JsonWriter(std::ostream& out) : out_(out) {}
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;
  JsonWriter(JsonWriter&&) = delete;
  JsonWriter& operator=(JsonWriter&&) = delete;
  ~JsonWriter() = default;

  void begin_object(Layout layout = Layout::lines) { begin('{', layout); }
  void end_object() { end('}'); }
  void begin_array(Layout layout = Layout::lines) { begin('[', layout); }
  void end_array() { end(']'); }

  void key(std::string_view name);

  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(bool flag);
  void value(std::integral auto number) { write_integer(static_cast<std::int64_t>(number)); }
  void value(double number);  ///< finite; to three decimals
  void null();

  /// A key and its value.
  template <class T>
  void member(std::string_view name, const T& of) {
    key(name);
    value(of);
  }

  /// Ends the text with a line end, and hands the last of it to the stream.
  void finish();

 private:
  struct Level {
    Layout layout = Layout::lines;
    bool is_empty = true;
  };

  void begin(char bracket, Layout layout);
  void end(char bracket);
  void begin_value();
  void begin_line();
  void write_integer(std::int64_t number);
  void write_escaped(std::string_view text);
  void flush();

  std::ostream& out_;
  std::string buffer_;
  std::vector<Level> levels_;
  bool has_key_ = false;
};

}  // namespace sipdrift
