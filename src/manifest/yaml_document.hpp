// From YAML text to the top-level entries of a manifest, with nothing let through in silence.

#pragma once

#include "manifest/fault_list.hpp"
#include "manifest/source_text.hpp"
#include "manifest/yaml_node.hpp"

namespace sipdrift {

/// Receives a document's top-level map, piece by piece, so that a long list is never held whole.
class DocumentHandler {
 public:
  DocumentHandler() = default;
  DocumentHandler(const DocumentHandler&) = delete;
  DocumentHandler& operator=(const DocumentHandler&) = delete;
  DocumentHandler(DocumentHandler&&) = delete;
  DocumentHandler& operator=(DocumentHandler&&) = delete;
  virtual ~DocumentHandler() = default;

  /// An item of the list under a top-level key.
  virtual void item(const YamlNode& key, YamlNode item) = 0;

  /// A top-level key and its value. Of a list, `value.items` is empty: the items have been told.
  virtual void entry(const YamlNode& key, YamlNode value) = 0;
};

/// Reads one document, whose top level must be a map, and adds to `faults` whatever is wrong with
/// it as YAML. The library behind it accepts more than YAML allows, so every byte between two
/// values is held against what may stand there. Returns false where reading ended early: then later
/// entries are missing, and the last ones may be misunderstood.
bool read_yaml(const SourceText& source, DocumentHandler& handler, FaultList& faults);

}  // namespace sipdrift
