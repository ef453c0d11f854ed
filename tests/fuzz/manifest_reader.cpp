// Any text for a manifest: it is understood whole, or refused with a place and a reason.

#include <algorithm>

#include "fuzz/fuzz.hpp"
#include <utf8.h>

#include "model/visible_text.hpp"
#include "sipdrift/manifest.hpp"

namespace {

using namespace sipdrift;

bool is_fit_to_be_shown(const std::string& text) {
  if (!utf8::is_valid(text)) return false;
  for (auto position = text.begin(); position != text.end();) {
    const char32_t character = utf8::unchecked::next(position);
    if (character != '\n' && is_unsafe_to_show(character)) return false;
  }
  return true;
}

void check_accepted(const Manifest& manifest) {
  require(!manifest.numbers.empty(), "an accepted manifest declares a number");
  const auto in_order = [](const DeclaredNumber& a, const DeclaredNumber& b) {
    return a.number < b.number;
  };
  require(std::is_sorted(manifest.numbers.begin(), manifest.numbers.end(), in_order),
          "numbers are in order");
  const auto same = [](const DeclaredNumber& a, const DeclaredNumber& b) {
    return a.number == b.number;
  };
  require(std::adjacent_find(manifest.numbers.begin(), manifest.numbers.end(), same) ==
              manifest.numbers.end(),
          "no number stands twice");
  for (const Waiver& waiver : manifest.waivers) {
    require(parse_expiry(waiver.expires) == waiver.ends_at, "every waiver expires");
    for (const std::string* const text : {&waiver.reason, &waiver.owner, &waiver.ticket}) {
      require(!text->empty() && is_fit_to_be_shown(*text), "somebody answers for every waiver");
    }
  }
  for (const DeclaredNumber& number : manifest.numbers) {
    require(manifest.declaration_of(number).expectation.check_count() > 0,
            "every number declares something");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(as_text(data, size));
  const auto manifest = read_manifest({{"m.yaml", text}});
  if (manifest) {
    check_accepted(*manifest);
    return 0;
  }
  require(!manifest.error().empty(), "what is refused is refused for a reason");
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  for (const Diagnostic& fault : manifest.error()) {
    require(fault.line >= 1 && fault.line <= lines && fault.column >= 1, "a fault has its place");
    require(is_fit_to_be_shown(with_excerpt(fault)), "a fault is fit to be shown");
  }
  return 0;
}
