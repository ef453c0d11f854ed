// Collects what is wrong with one file.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "manifest/source_text.hpp"

namespace sipdrift {

/// Adds faults of one file to a list; both must outlive this.
class FaultList {
 public:
  FaultList(const SourceText& source, std::vector<Diagnostic>& faults)
      : source_(source), faults_(faults) {}

  void add(Span span, std::string message) {
    faults_.push_back(source_.diagnose(span, std::move(message)));
  }

  [[nodiscard]] std::uint32_t line_of(Span span) const { return source_.line_of(span.offset); }
  [[nodiscard]] std::size_t size() const { return faults_.size(); }

 private:
  const SourceText& source_;
  std::vector<Diagnostic>& faults_;
};

}  // namespace sipdrift
