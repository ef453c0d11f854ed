// A direction as a whole, then its fields.

#include "model/field_path.hpp"

namespace sipdrift {

const std::vector<std::pair<std::string, FieldPath>>& all_field_paths() {
  static const auto all = [] {
    std::vector<std::pair<std::string, FieldPath>> list;
    for (const Direction direction : all_directions) {
      list.emplace_back(name(direction), FieldPath{direction, std::nullopt});
      for (const Field field : all_fields) {
        const FieldPath path{direction, field};
        list.emplace_back(path.text(), path);
      }
    }
    return list;
  }();
  return all;
}

}  // namespace sipdrift
