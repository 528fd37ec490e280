package org.pupil.ingest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds photos by what tables and annotations call them, which often is not the whole path. */
final class PhotoIndex {
  private final Map<String, SourceFile> byPath = new HashMap<>();
  private final Map<String, SourceFile> byName = new HashMap<>();

  /** Two files of one name are not told apart by it. */
  private final Set<String> ambiguous = new HashSet<>();

  PhotoIndex(List<SourceFile> photos) {
    for (SourceFile photo : photos) {
      for (String key : List.of(photo.path(), withoutExtension(photo.path()))) {
        byPath.putIfAbsent(key, photo);
      }
      for (String key : List.of(photo.name(), withoutExtension(photo.name()))) {
        SourceFile other = byName.putIfAbsent(key, photo);
        if (other != null && !other.equals(photo)) {
          ambiguous.add(key);
        }
      }
    }
  }

  /** {@code tom} for {@code tom.jpg}. */
  static String withoutExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }

  /**
   * A photo.
   *
   * @param name as it is called: from a folder on, from the top, or by the name of its file alone;
   *     with or without its extension
   * @param folder where the name was read; empty for the top
   */
  Optional<SourceFile> find(String name, String folder) {
    String path = name.startsWith("./") ? name.substring(2) : name;
    SourceFile beside = byPath.get(folder.isEmpty() ? path : folder + "/" + path);
    if (beside != null) {
      return Optional.of(beside);
    }
    SourceFile fromTop = byPath.get(path);
    if (fromTop != null) {
      return Optional.of(fromTop);
    }
    String last = path.substring(path.lastIndexOf('/') + 1);
    return ambiguous.contains(last) ? Optional.empty() : Optional.ofNullable(byName.get(last));
  }
}
