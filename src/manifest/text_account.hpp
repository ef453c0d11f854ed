// Keeps account of a manifest's text: each byte is part of a value, or may stand between values.
//
// yaml-cpp tells where a value begins and what it reads it as, but not where it ends, and it skips
// in silence what it takes for a directive. Held against the text itself, neither goes unnoticed.

#pragma once

#include <cstdint>
#include <string_view>

#include "manifest/fault_list.hpp"
#include "manifest/source_text.hpp"

namespace sipdrift {

/// Where the scalar ends that begins at `offset` and was read as `value`. It must stand on one
/// line: a quote closed where it was opened, a plain text exactly as it was read.
struct ScalarSpan {
  Span span;
  std::string_view fault;  ///< empty if all is well
};
[[nodiscard]] ScalarSpan measure_scalar(std::string_view text, std::uint32_t offset,
                                        std::string_view value);

/// The account of one document. Faults go to the list that it was given.
class TextAccount {
 public:
  TextAccount(const SourceText& source, FaultList& faults)
      : text_(source.text()), faults_(faults) {}

  /// Notes that `span` is part of a value, and looks at what stands between it and the one before.
  /// A span that lies before the end of the last one adds nothing.
  void take(Span span);

  /// Notes that something begins at `offset` whose end is not known: up to the next value, anything
  /// may stand there.
  void lose_track(std::uint32_t offset);

  /// Looks at what stands behind the last value: there must be nothing but the document's end.
  void finish();

  /// How far the text is accounted for.
  [[nodiscard]] std::uint32_t reached() const { return reached_; }

  /// Where the text begins that is part of no value yet.
  [[nodiscard]] std::uint32_t first_untaken() const;

 private:
  void check_gap(std::uint32_t end);
  [[nodiscard]] std::uint32_t end() const { return static_cast<std::uint32_t>(text_.size()); }
  [[nodiscard]] Span rest_of_line(std::uint32_t offset) const;

  std::string_view text_;
  FaultList& faults_;
  std::uint32_t reached_ = 0;
  bool is_certain_ = true;
};

/// What is said of every anchor, alias and tag.
inline constexpr std::string_view no_properties =
    "anchors, aliases and tags are not used in manifests; write the value, or put what is shared "
    "into a profile";

}  // namespace sipdrift
