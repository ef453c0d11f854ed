// Waivers into a manifest file that a person wrote, of which every byte is kept.

#pragma once

#include <string>
#include <vector>

#include "sipdrift/diagnostic.hpp"
#include "sipdrift/manifest.hpp"
#include "sipdrift/result.hpp"
#include "sipdrift/waiver.hpp"

namespace sipdrift {

/// A manifest file with waivers added.
struct AddedWaivers {
  std::string text;             ///< all of the file
  std::string inserted;         ///< the one piece of it that is new
  std::vector<Waiver> waivers;  ///< those that were added, with their places
};

/// Adds `waivers`, at least one, to a file: at the end of its list of waivers, or else at the end
/// of the file. Text is inserted, in the file's own indentation and line ends, and nothing is
/// changed or moved. An empty text becomes a new file.
///
/// Of the waivers, `ends_at` and `source` are not looked at. Their texts are visible() as they are,
/// and not empty; `observed` is what pin_text() gives; `expires` can be read by parse_expiry().
///
/// The error says what is wrong with the file, or why nothing can be added to it: a list in
/// brackets, a waiver of the same finding. The new text has been read back, and says what the old
/// one did and the new waivers; std::logic_error is thrown if it does not.
[[nodiscard]] Result<AddedWaivers, std::vector<Diagnostic>> add_waivers(
    const ManifestFile& file, const std::vector<Waiver>& waivers);

}  // namespace sipdrift
