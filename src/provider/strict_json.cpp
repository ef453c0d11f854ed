// A SAX handler that builds the value and stops at the first thing that is not allowed.

#include "provider/strict_json.hpp"

#include <utility>
#include <vector>

#include <fmt/format.h>

namespace sipdrift {

namespace {

using nlohmann::json;

bool holds_nul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

/// nlohmann/json calls one function for each token; `false` ends the parse.
// The library's checks of its own invariants, which can throw, mislead the linter here.
// NOLINTNEXTLINE(bugprone-exception-escape)
class StrictBuilder : public nlohmann::json_sax<json> {
 public:
  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return add(value); }
  bool binary(binary_t& /*value*/) override { return refuse("it holds binary data"); }

  bool string(string_t& value) override {
    if (holds_nul(value)) return refuse("a text holds a NUL");
    return add(std::move(value));
  }

  bool key(string_t& value) override {
    if (holds_nul(value)) return refuse("a key holds a NUL");
    if (open_.back()->contains(value)) return refuse("a key stands twice in one object");
    key_ = std::move(value);
    return true;
  }

  bool start_object(std::size_t /*size*/) override { return open(json::object()); }
  bool start_array(std::size_t /*size*/) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return refuse(fmt::format("it ends or breaks off at byte {}", position));
  }

  [[nodiscard]] json& value() { return root_; }
  [[nodiscard]] std::string& reason() { return reason_; }

 private:
  bool refuse(std::string reason) {
    reason_ = std::move(reason);
    return false;
  }

  json* place(json value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    json& parent = *open_.back();
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      return &parent.back();
    }
    return &(parent[key_] = std::move(value));
  }

  bool add(json value) {
    place(std::move(value));
    return true;
  }

  bool open(json container) {
    if (open_.size() == max_json_depth) {
      return refuse(fmt::format("it is nested more than {} levels deep", max_json_depth));
    }
    open_.push_back(place(std::move(container)));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  json root_;
  // The containers that are open, outermost first. Only the innermost one grows, so the pointers
  // stay good: an array's elements move only when it grows, and then none of them is open.
  std::vector<json*> open_;
  std::string key_;
  std::string reason_;
};

}  // namespace

Result<json, std::string> parse_strict_json(std::string_view text) {
  if (holds_nul(text)) return Unexpected{std::string("it holds a NUL")};
  StrictBuilder builder;
  if (!json::sax_parse(text.begin(), text.end(), &builder)) {
    return Unexpected{std::move(builder.reason())};
  }
  return std::move(builder.value());
}

}  // namespace sipdrift
