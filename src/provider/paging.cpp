// The words by which APIs tell of further pages, whatever their spelling.

#include "provider/paging.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "model/characters.hpp"
#include "model/redaction.hpp"

namespace sipdrift {

namespace {

/// What a value says about a list, by the kind of its key.
enum class Sign : std::uint8_t {
  next,   ///< there is more, if it holds anything
  count,  ///< how many there are in all
  size,   ///< how many stand in a page at most
  start,  ///< how many stand before this page
  page,   ///< the page's number, or that of the last one; the first may be 0 or 1
};

struct Word {
  std::string_view letters;  // of the key, without "_" and "-", in lower case
  Sign sign;
};

constexpr std::array<Word, 41> words{{
    {"next", Sign::next},          {"nextpage", Sign::next},      {"nextcursor", Sign::next},
    {"nexttoken", Sign::next},     {"nextpagetoken", Sign::next}, {"nexturl", Sign::next},
    {"nexturi", Sign::next},       {"nextlink", Sign::next},      {"nextpageurl", Sign::next},
    {"nextpageuri", Sign::next},   {"nextkey", Sign::next},       {"nextoffset", Sign::next},
    {"cursor", Sign::next},        {"endcursor", Sign::next},     {"after", Sign::next},
    {"pagetoken", Sign::next},     {"continuation", Sign::next},  {"continuationtoken", Sign::next},
    {"more", Sign::next},          {"hasmore", Sign::next},       {"hasnext", Sign::next},
    {"hasnextpage", Sign::next},   {"truncated", Sign::next},     {"istruncated", Sign::next},
    {"partial", Sign::next},       {"total", Sign::count},        {"count", Sign::count},
    {"totalcount", Sign::count},   {"totalitems", Sign::count},   {"totalnumbers", Sign::count},
    {"totalresults", Sign::count}, {"limit", Sign::size},         {"perpage", Sign::size},
    {"pagesize", Sign::size},      {"offset", Sign::start},       {"skip", Sign::start},
    {"page", Sign::page},          {"pages", Sign::page},         {"totalpages", Sign::page},
    {"pagecount", Sign::page},     {"lastpage", Sign::page},
}};

std::optional<Sign> sign_of(std::string_view key) {
  std::string letters = to_lower(key);
  std::erase_if(letters, [](char c) { return c == '_' || c == '-'; });
  const auto* const found = std::find_if(words.begin(), words.end(),
                                         [&](const Word& word) { return word.letters == letters; });
  return found == words.end() ? std::nullopt : std::optional(found->sign);
}

/// null, false, an empty text, or a container with nothing in it.
bool holds_nothing(const JsonValue& value) {
  if (value.is_null()) return true;
  if (value.is_bool()) return !value.get_bool().value_unsafe();
  if (const auto text = as_text(value)) return text->empty();
  if (const auto object = as_object(value)) return object->begin() == object->end();
  const auto array = as_array(value);
  return array && array->begin() == array->end();
}

/// A whole number, or a text that is one; nothing for anything else.
std::optional<std::uint64_t> whole_number(const JsonValue& value) {
  std::uint64_t number = 0;
  if (value.get_uint64().get(number) == simdjson::SUCCESS) return number;
  const auto text = as_text(value);
  if (!text) return std::nullopt;
  const auto* const end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

/// Whether a value that stands under a key of this kind leaves room for more than `listed` entries.
/// One that is not understood does.
bool leaves_room(Sign sign, const JsonValue& value, std::size_t listed) {
  if (value.is_null()) return false;
  if (sign == Sign::next) return !holds_nothing(value);
  const std::uint64_t number =
      whole_number(value).value_or(std::numeric_limits<std::uint64_t>::max());
  switch (sign) {
    case Sign::count:
      return number > listed;
    case Sign::size:  // 0 may stand for no limit; of what is not understood nobody knows
      return (number > 0 && number <= listed) || !whole_number(value);
    case Sign::start:
      return number > 0;
    case Sign::page:
    case Sign::next:
      break;
  }
  return number > 1;
}

}  // namespace

std::string find_paging(const JsonObject& object, std::size_t listed) {
  for (const auto& [key, value] : object) {
    const auto sign = sign_of(key);
    // A whole object may stand under such a key: {"page": {"number": 1, "total": 1}}.
    const auto inner = as_object(value);
    if (sign && !(inner && sign != Sign::next) && leaves_room(*sign, value, listed)) {
      return fmt::format("it holds \"{}\"", shown_excerpt(key, 40));
    }
    if (!inner) continue;
    std::string within = find_paging(*inner, listed);
    if (!within.empty()) return within;
  }
  return {};
}

}  // namespace sipdrift
