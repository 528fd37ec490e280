package org.pupil.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupil.dataset.SetFolders;
import org.pupil.dataset.SplitSet;

/** Reads photo sets in which the name of a file begins with its label. */
final class PrefixReader {
  /** {@code great_pyrenees_12}, {@code cat.0}, {@code cup (3)}: a label and a number. */
  private static final Pattern NUMBERED =
      Pattern.compile("(.*?\\p{L}.*?)[ _.\\-]*[(\\[]?\\d+[)\\]]?[a-z]?", Pattern.DOTALL);

  /** {@code cat_IMG_2041}: a label and anything. */
  private static final Pattern WORD = Pattern.compile("(\\p{L}+)[ _.\\-].*", Pattern.DOTALL);

  private static final double NEARLY_ALL = 0.9;
  private static final int PHOTOS_OF_A_LABEL = 2;

  private final List<SourceFile> photos;

  PrefixReader(List<SourceFile> photos) {
    this.photos = photos;
  }

  /** The reading, if it makes sense: at least two labels, and most of several photos. */
  Optional<Recognised> read(boolean isAsked) {
    return read(NUMBERED, isAsked).or(() -> read(WORD, isAsked));
  }

  private Optional<Recognised> read(Pattern pattern, boolean isAsked) {
    Function<SourceFile, Optional<String>> label = photo -> label(pattern, photo);
    Map<String, Integer> counts = new HashMap<>();
    Notes notes = new Notes();
    List<PlannedPhoto> planned = new ArrayList<>();
    for (SourceFile photo : photos) {
      Optional<String> found = label.apply(photo);
      if (found.isPresent()) {
        counts.merge(found.get(), 1, Integer::sum);
        planned.add(PlannedPhoto.of(photo, found.get(), set(photo), photo.name()));
      } else {
        notes.add(Notes.Reason.NO_LABEL, photo.path());
      }
    }
    boolean isLikely =
        planned.size() >= NEARLY_ALL * photos.size()
            && planned.size() >= PHOTOS_OF_A_LABEL * counts.size();
    return counts.size() > 1 && (isLikely || isAsked)
        ? Optional.of(
            new Recognised(
                Layout.PREFIX, "the label begins the name of the file", planned, notes.list()))
        : Optional.empty();
  }

  private static Optional<String> label(Pattern pattern, SourceFile photo) {
    String name = photo.name();
    int dot = name.lastIndexOf('.');
    Matcher matcher = pattern.matcher(dot > 0 ? name.substring(0, dot) : name);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The set of the folder around the photo, or of one further out. */
  private static Optional<SplitSet> set(SourceFile photo) {
    for (String part : photo.folder().split("/", -1)) {
      Optional<SplitSet> set = SetFolders.setOf(part);
      if (set.isPresent()) {
        return set;
      }
    }
    return Optional.empty();
  }
}
