// The only user of yaml-cpp: its events handed on, its exceptions put into words that help.

#include "manifest/yaml_document.hpp"

#include <algorithm>
#include <istream>
#include <streambuf>
#include <string>
#include <string_view>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "manifest/node_assembler.hpp"
#include "model/visible_text.hpp"

namespace sipdrift {

namespace {

/// Hands the events on, with marks turned into offsets.
class Events : public YAML::EventHandler {
 public:
  Events(std::string_view text, NodeAssembler& assembler) : text_(text), assembler_(assembler) {}

  [[nodiscard]] std::uint32_t offset_of(const YAML::Mark& mark) const {
    const std::size_t position = mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
    return static_cast<std::uint32_t>(std::min(position, text_.size()));
  }

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    assembler_.null(offset_of(mark));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    assembler_.alias(offset_of(mark));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                const std::string& value) override {
    assembler_.scalar(offset_of(mark), value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/,
                       YAML::anchor_t /*anchor*/, YAML::EmitterStyle::value /*style*/) override {
    assembler_.open(YamlNode::Kind::list, offset_of(mark));
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {
    assembler_.open(YamlNode::Kind::map, offset_of(mark));
  }
  void OnSequenceEnd() override { assembler_.close(); }
  void OnMapEnd() override { assembler_.close(); }

 private:
  std::string_view text_;
  NodeAssembler& assembler_;
};

/// A stream over text that stays where it is.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    // A stream buffer that is only read from never writes through these pointers.
    auto* const begin = const_cast<char*>(text.data());  // NOLINT(*-const-cast)
    setg(begin, begin, begin + text.size());
  }
};

constexpr std::string_view end_in_quote = "illegal EOF in scalar";

/// yaml-cpp's reasons in words that help. Its texts are listed in its exceptions.h.
std::string explain(const std::string& reason) {
  if (reason == end_in_quote) return "this quote is never closed; close it, or remove it";
  if (reason == "illegal map value") {
    return "a \":\" that cannot stand here; check the indentation, or quote the text that it "
           "belongs to";
  }
  if (reason == "end of map not found" || reason == "end of sequence not found") {
    return "this does not fit what stands before it; check the indentation, and that nothing "
           "stands behind a closing quote";
  }
  if (reason == "end of sequence flow not found" || reason == "end of map flow not found") {
    return std::string(unclosed_bracket);
  }
  if (reason == "illegal flow end") return "this closes a bracket that is not open; remove it";
  if (reason == "illegal block entry") {
    return "a \"- \" that cannot stand here; a list begins on a line of its own";
  }
  if (reason == "unknown token") return "no value begins with this character; quote the value";
  if (reason.find("anchor") != std::string::npos) return std::string(no_properties);
  // It quotes the character, which may be its own mark of the end (U+0004).
  if (reason.starts_with("unknown escape character")) {
    return "a \"\\\" in double quotes that no escape follows; write \"\\\\\", or use single quotes";
  }
  return "not YAML: " + visible(reason);
}

/// Where the text is wrong that the library broke off at: at what is open, rather than at its end.
Span place_of(const YAML::Exception& error, const Events& events, const NodeAssembler& assembler) {
  if (error.msg == end_in_quote) return {assembler.first_untaken(), 1};
  const bool is_in_brackets = error.msg.find("flow not found") != std::string::npos;
  const Span at_mark{events.offset_of(error.mark), 1};
  return is_in_brackets ? assembler.open_bracket().value_or(at_mark) : at_mark;
}

}  // namespace

bool read_yaml(const SourceText& source, DocumentHandler& handler, FaultList& faults) {
  NodeAssembler assembler(source, handler, faults);
  Events events(source.text(), assembler);
  TextBuffer buffer(source.text());
  std::istream stream(&buffer);
  try {
    // One document only: asking on for more can go on for ever.
    YAML::Parser(stream).HandleNextDocument(events);
  } catch (const GiveUp&) {
    return false;
  } catch (const YAML::Exception& error) {
    faults.add(place_of(error, events, assembler), explain(error.msg));
    return false;
  }
  assembler.finish();
  return true;
}

}  // namespace sipdrift
