// Five characters, after visible() has dealt with all that is no text.

#include "report/markup.hpp"

#include "model/visible_text.hpp"

namespace sipdrift {

std::string escaped(std::string_view text) {
  std::string markup;
  for (const char c : visible(text)) {
    switch (c) {
      case '&':
        markup.append("&amp;");
        break;
      case '<':
        markup.append("&lt;");
        break;
      case '>':
        markup.append("&gt;");
        break;
      case '"':
        markup.append("&quot;");
        break;
      default:
        markup.push_back(c);
    }
  }
  return markup;
}

}  // namespace sipdrift
