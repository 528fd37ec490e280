package org.pupil.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.pupil.dataset.Names;
import org.pupil.dataset.SetFolders;
import org.pupil.dataset.SplitSet;

/** Reads photo sets whose folders are the labels, perhaps with one folder for each set. */
final class FolderReader {
  /** So many photos beside the labels' folders are no reason to think that these are none. */
  private static final int FEW_BESIDE = 3;

  private static final double SMALL_SHARE = 0.01;
  private static final double LARGE_SHARE = 0.1;

  /** Names of folders that hardly are labels. */
  private static final Pattern NO_LABEL =
      Pattern.compile(
          "\\d+|(images?|imgs?|photos?|pictures?|pics|data|dataset|jpegimages|raw|part|batch|dir|folder|vol|volume|chunk|shard|session|day)[ _.-]*\\d*");

  private final List<SourceFile> photos;
  private final Notes notes = new Notes();

  /** How many parts of each path stand before the folders that matter. */
  private final int depth;

  private final int folders;
  private final int direct;

  /** Where photos lie. */
  private record Level(int depth, int folders, int direct) {}

  FolderReader(List<SourceFile> photos) {
    this.photos = photos;
    Level level = level(photos, 0);
    this.depth = level.depth;
    this.folders = level.folders;
    this.direct = level.direct;
  }

  /** Goes through folders that hold nothing but another one, and perhaps a few photos. */
  private static Level level(List<SourceFile> photos, int from) {
    int most = (int) Math.max(FEW_BESIDE, photos.size() * SMALL_SHARE);
    List<SourceFile> inside = photos;
    int depth = from;
    while (true) {
      int now = depth;
      Set<String> names = new HashSet<>();
      List<SourceFile> deeper = new ArrayList<>();
      int ofInnermost = 0;
      for (SourceFile photo : inside) {
        String[] parts = parts(photo);
        if (parts.length > now + 1) {
          names.add(parts[now]);
          deeper.add(photo);
          ofInnermost += parts.length == now + 2 ? 1 : 0;
        }
      }
      int direct = photos.size() - deeper.size();
      // A single folder that has photos itself is that of a label.
      if (names.size() != 1
          || direct > Math.min(most, photos.size() / 2)
          || ofInnermost > deeper.size() * LARGE_SHARE) {
        return new Level(depth, names.size(), direct);
      }
      inside = deeper;
      depth++;
    }
  }

  private static String[] parts(SourceFile photo) {
    return photo.path().split("/", -1);
  }

  /** One folder for each label. */
  Optional<Recognised> folders(boolean isAsked) {
    if (folders == 0 || (!isAsked && direct > Math.max(FEW_BESIDE, photos.size() * LARGE_SHARE))) {
      return Optional.empty();
    }
    List<PlannedPhoto> planned = new ArrayList<>();
    for (SourceFile photo : photos) {
      String[] parts = parts(photo);
      if (parts.length <= depth + 1) {
        notes.add(Notes.Reason.BESIDE, photo.path());
      } else {
        planned.add(
            PlannedPhoto.of(photo, parts[depth], Optional.empty(), below(parts, depth + 1)));
      }
    }
    return recognised(Layout.FOLDERS, "one folder for each label", planned);
  }

  /** Whether the folders have names that labels hardly have. */
  boolean isDoubtful() {
    return photos.stream()
        .map(FolderReader::parts)
        .filter(parts -> parts.length > depth + 1)
        .allMatch(parts -> NO_LABEL.matcher(parts[depth].toLowerCase(Locale.ROOT)).matches());
  }

  /** The folders that photos lie in, where these are not the outer ones. */
  Optional<Recognised> innermost(boolean isAsked) {
    List<PlannedPhoto> planned = new ArrayList<>();
    Map<String, String> folderOf = new HashMap<>();
    Set<String> outer = new HashSet<>();
    boolean isOne = true;
    for (SourceFile photo : photos) {
      String[] parts = parts(photo);
      if (parts.length <= depth + 1) {
        notes.add(Notes.Reason.BESIDE, photo.path());
        continue;
      }
      String label = parts[parts.length - 2];
      String folder = photo.folder();
      isOne &= folderOf.computeIfAbsent(label, unseen -> folder).equals(folder);
      outer.add(parts[depth]);
      planned.add(PlannedPhoto.of(photo, label, Optional.empty(), parts[parts.length - 1]));
    }
    // Where folders of one name lie in several others, as a session of each label, they are none.
    boolean isLikely = isOne && folderOf.size() > outer.size();
    return isAsked || isLikely
        ? recognised(
            Layout.INNERMOST_FOLDERS, "folders in folders, the inner ones are the labels", planned)
        : Optional.empty();
  }

  /** Folders for sets, in each of which are those of the labels; or the other way round. */
  Optional<Recognised> sets(boolean isAsked) {
    Set<String> outer = new HashSet<>();
    Set<String> inner = new HashSet<>();
    for (SourceFile photo : photos) {
      String[] parts = parts(photo);
      if (parts.length > depth + 1) {
        outer.add(parts[depth]);
      }
      if (parts.length > depth + 2) {
        inner.add(parts[depth + 1]);
      }
    }
    if (areSets(outer) || (isAsked && outer.stream().anyMatch(FolderReader::isSet))) {
      return setsOutside(outer);
    }
    return areSets(inner) && inner.stream().allMatch(FolderReader::isSet)
        ? setsInside()
        : Optional.empty();
  }

  private static boolean isSet(String folder) {
    return SetFolders.setIn(folder).isPresent();
  }

  private static boolean areSets(Set<String> folders) {
    Set<SplitSet> sets = new HashSet<>();
    folders.forEach(folder -> SetFolders.setIn(folder).ifPresent(sets::add));
    return sets.size() > 1 && sets.contains(SplitSet.TRAINING);
  }

  private Optional<Recognised> setsOutside(Set<String> outer) {
    List<PlannedPhoto> planned = new ArrayList<>();
    int mostDepth =
        outer.stream()
            .filter(folder -> SetFolders.setIn(folder).equals(Optional.of(SplitSet.TRAINING)))
            .mapToInt(folder -> level(inside(folder), depth + 1).depth)
            .max()
            .orElse(depth + 1);
    for (String folder : outer) {
      List<SourceFile> inside = inside(folder);
      Optional<SplitSet> set = SetFolders.setIn(folder);
      int labels =
          set.isPresent()
              ? Math.min(mostDepth, level(inside, depth + 1).depth)
              : Integer.MAX_VALUE - 1;
      for (SourceFile photo : inside) {
        String[] parts = parts(photo);
        if (parts.length > labels + 1) {
          planned.add(PlannedPhoto.of(photo, parts[labels], set, below(parts, labels + 1)));
        } else {
          notes.add(set.isPresent() ? Notes.Reason.NO_LABEL : Notes.Reason.BESIDE, photo.path());
        }
      }
    }
    photos.stream()
        .filter(photo -> parts(photo).length <= depth + 1)
        .forEach(photo -> notes.add(Notes.Reason.BESIDE, photo.path()));
    return recognised(
        Layout.SETS, "folders for sets, and in each one folder for each label", planned);
  }

  private List<SourceFile> inside(String folder) {
    return photos.stream()
        .filter(photo -> parts(photo).length > depth + 1 && parts(photo)[depth].equals(folder))
        .toList();
  }

  private Optional<Recognised> setsInside() {
    List<PlannedPhoto> planned = new ArrayList<>();
    for (SourceFile photo : photos) {
      String[] parts = parts(photo);
      if (parts.length > depth + 2) {
        planned.add(
            PlannedPhoto.of(
                photo, parts[depth], SetFolders.setIn(parts[depth + 1]), below(parts, depth + 2)));
      } else {
        notes.add(Notes.Reason.BESIDE, photo.path());
      }
    }
    return recognised(
        Layout.SETS, "one folder for each label, and in each the folders of the sets", planned);
  }

  private static String below(String[] parts, int from) {
    return String.join("/", List.of(parts).subList(from, parts.length));
  }

  private Optional<Recognised> recognised(
      Layout layout, String description, List<PlannedPhoto> planned) {
    planned.sort(
        Comparator.comparing(
            photo -> ((Origin.OfFile) photo.origin()).file().path(), Names.BY_CODE_POINT));
    return planned.isEmpty()
        ? Optional.empty()
        : Optional.of(new Recognised(layout, description, planned, notes.list()));
  }
}
