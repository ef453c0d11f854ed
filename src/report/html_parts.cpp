// What HTML pages have in common. Whatever they say, they run nothing and ask for nothing.

#include "report/html_parts.hpp"

#include <fmt/format.h>

#include "model/base64.hpp"
#include "report/markup.hpp"
#include "report/wording.hpp"
#include "sipdrift/sha256.hpp"

namespace sipdrift {

std::string code_element(std::string_view words) {
  return fmt::format("<code>{}</code>", escaped(words));
}

std::string text_in_code(std::string_view text) {
  return code_element(in_words(Value(std::string(text))));
}

void write_html_head(const std::string& title, std::ostream& out) {
  // Scripts, pictures, fonts, frames, forms: nothing but this very style (CSP level 3).
  const Sha256 style = Sha256::of(html_style());
  out << fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'sha256-{}'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<title>{} - sipdrift</title>\n<style>{}</style>\n</head>\n<body>\n",
      base64(style.bytes), title, html_style());
}

void write_figure(const char* style, std::size_t count, const char* what, std::ostream& out) {
  out << fmt::format("<li><strong class=\"{}\">{}</strong> {}</li>\n", style, count, what);
}

void open_table(std::ostream& out, const char* title, const std::string& caption, const char* first,
                const char* second) {
  out << fmt::format(
      "<section>\n<h2>{}</h2>\n<table class=\"causes\">\n<caption>{}</caption>\n<thead><tr>"
      "<th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">Numbers</th></tr>"
      "</thead>\n<tbody>\n",
      title, caption, first, second);
}

void close_table(std::ostream& out) { out << "</tbody>\n</table>\n</section>\n"; }

void write_values(const char* first_word, const std::string& first, const char* second_word,
                  const std::string& second, std::ostream& out) {
  out << fmt::format(
      "<span class=\"word\">{}</span> {}<br><span class=\"word\">{}</span> <strong>{}</strong>",
      first_word, code_element(first), second_word, code_element(second));
}

void write_ranges(const std::string& summary, const std::vector<std::string>& ranges,
                  std::ostream& out) {
  if (ranges.size() > few_in_html) return write_folded(summary, ranges, out);
  out << "<ul class=\"numbers\">";
  for (const std::string& range : ranges) out << "<li><code>" << range << "</code></li>";
  out << "</ul>\n";
}

void write_folded(const std::string& summary, const std::vector<std::string>& ranges,
                  std::ostream& out) {
  out << fmt::format("<details><summary>{}</summary>\n<p>", summary);
  for (const std::string& range : ranges) {
    out << (&range == &ranges.front() ? "" : ",\n") << "<code>" << range << "</code>";
  }
  out << "</p></details>\n";
}

}  // namespace sipdrift
