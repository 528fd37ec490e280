package org.pupil.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * Tells when the folders of the image folder are no labels: when it lies a level too high, or holds
 * one folder for training and one for testing.
 *
 * <p>What is certainly wrong is an error, for a model that knows "train" and "test" is of no use;
 * what is only likely so is a problem.
 */
final class FolderLayout {
  /** What people call a folder of photos of whatever label. */
  private static final Set<String> CONTAINERS =
      Set.of(
          "images",
          "image",
          "imgs",
          "img",
          "photos",
          "pictures",
          "pics",
          "data",
          "dataset",
          "jpegimages",
          "raw");

  private static final int NAMED = 3;

  private final Path imageDir;

  /**
   * By the folder that would be a label, the folders in it; empty for one with photos in itself.
   */
  private final Map<String, SortedSet<String>> folders = new LinkedHashMap<>();

  private final Path base;

  /**
   * Looks at the photos that were found.
   *
   * @param names of the photos, below the image folder
   */
  FolderLayout(Path imageDir, List<String> names) {
    this.imageDir = imageDir;
    List<List<String>> paths = new ArrayList<>();
    for (String name : names) {
      List<String> parts = List.of(name.split("/"));
      paths.add(parts.subList(0, parts.size() - 1));
    }
    int common = commonFolders(paths);
    this.base = at(paths.isEmpty() ? List.of() : paths.get(0).subList(0, common));
    Set<String> withPhotos = new HashSet<>();
    for (List<String> path : paths) {
      if (path.size() > common) {
        SortedSet<String> below =
            folders.computeIfAbsent(path.get(common), folder -> new TreeSet<>(Names.BY_CODE_POINT));
        if (path.size() > common + 1) {
          below.add(path.get(common + 1));
        } else {
          withPhotos.add(path.get(common));
        }
      }
    }
    withPhotos.forEach(folder -> folders.put(folder, new TreeSet<>()));
    if (paths.stream().anyMatch(path -> path.size() == common)) {
      folders.clear(); // photos lie beside these folders, so they are no labels
    }
  }

  /** How many folders all photos are in, one in the other. */
  private static int commonFolders(List<List<String>> paths) {
    int common = paths.isEmpty() ? 0 : paths.get(0).size();
    for (List<String> path : paths) {
      int same = 0;
      while (same < Math.min(common, path.size())
          && path.get(same).equals(paths.get(0).get(same))) {
        same++;
      }
      common = same;
    }
    return common;
  }

  private Path at(List<String> names) {
    Path path = imageDir;
    for (String name : names) {
      path = path.resolve(name);
    }
    return path;
  }

  /**
   * Looks whether these folders can be labels.
   *
   * @return what a person should know
   * @throws PupilException (bad input) with what to type instead, if they are certainly none
   */
  List<Problem> check() {
    Optional<String> training = trainingBesideOthers();
    if (training.isPresent()) {
      throw PupilException.badInput(aboutSets(training.get()));
    }
    if (!base.equals(imageDir) && folders.size() > 1) {
      throw PupilException.badInput(
          Message.of(
              "all photos of %s are in %s, which has the folders %s: if these are the labels, use "
                  .formatted(imageDir, base, some(folders.keySet())),
              Setting.IMAGE_DIR,
              " " + base));
    }
    List<Problem> problems = new ArrayList<>();
    Set<String> shared = shared();
    if (shared.size() > 1 && shared.stream().allMatch(FolderLayout::isSet)) {
      return problems; // each label's photos are divided already
    }
    if (shared.size() > 1) {
      checkShared(shared, problems);
    } else {
      folders.keySet().stream()
          .filter(this::looksLikeNoLabel)
          .forEach(folder -> problems.add(container(folder)));
    }
    return problems;
  }

  private boolean looksLikeNoLabel(String folder) {
    if (CONTAINERS.contains(folder.toLowerCase(Locale.ROOT))) {
      return true;
    }
    // A train can be a label too.
    return isSet(folder)
        && (folders.getOrDefault(folder, new TreeSet<>()).size() > 1
            || folders.keySet().stream().filter(FolderLayout::isSet).count() > 1);
  }

  private static boolean isSet(String folder) {
    return SetFolders.setOf(folder).isPresent();
  }

  private static boolean isTraining(String folder) {
    return SetFolders.setOf(folder).equals(Optional.of(SplitSet.TRAINING));
  }

  /** The folder for training, if there is one beside another for another set. */
  private Optional<String> trainingBesideOthers() {
    Map<String, String> trainingByRest = new HashMap<>();
    for (String folder : folders.keySet()) {
      rest(folder, FolderLayout::isTraining).ifPresent(rest -> trainingByRest.put(rest, folder));
    }
    return folders.keySet().stream()
        .flatMap(folder -> rest(folder, word -> isSet(word) && !isTraining(word)).stream())
        .filter(trainingByRest::containsKey)
        .map(trainingByRest::get)
        .findFirst();
  }

  /**
   * What else is in a name that has a set's word in it: {@code seg_test} is {@code seg} of test.
   */
  private static Optional<String> rest(String folder, Predicate<String> isWord) {
    List<String> parts = List.of(folder.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"));
    return parts.stream().anyMatch(isWord)
        ? Optional.of(
            parts.stream()
                .filter(part -> !part.isEmpty() && !isWord.test(part))
                .collect(Collectors.joining(" ")))
        : Optional.empty();
  }

  private Message aboutSets(String training) {
    SortedSet<String> labels = folders.getOrDefault(training, new TreeSet<>());
    String start =
        "the folders %s in %s are sets, not labels; Pupil keeps photos for the test back by itself: "
            .formatted(some(folders.keySet()), base);
    return labels.isEmpty()
        ? Message.of(start, "make a folder for each label and move the photos there")
        : Message.of(
            start,
            "use ",
            Setting.IMAGE_DIR,
            " " + throughSingles(training) + ", or keep to these sets with ",
            Setting.SPLIT_RULE,
            "=folders");
  }

  /** {@code seg_train/seg_train}, as some archives have it. */
  private Path throughSingles(String training) {
    SortedSet<String> below = folders.getOrDefault(training, new TreeSet<>());
    Path path = base.resolve(training);
    return below.size() == 1 ? path.resolve(below.first()) : path;
  }

  /** Folders of one name that several of the labels' folders hold, which hold nothing else. */
  private Set<String> shared() {
    List<SortedSet<String>> all =
        folders.values().stream().filter(below -> !below.isEmpty()).toList();
    Map<String, Integer> times = new HashMap<>();
    all.forEach(below -> below.forEach(name -> times.merge(name, 1, Integer::sum)));
    return times.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(() -> new TreeSet<>(Names.BY_CODE_POINT)));
  }

  private void checkShared(Set<String> shared, List<Problem> problems) {
    for (String folder : folders.keySet()) {
      if (CONTAINERS.contains(folder.toLowerCase(Locale.ROOT))
          && folders.getOrDefault(folder, new TreeSet<>()).containsAll(shared)) {
        throw PupilException.badInput(
            Message.of(
                "the folders %s in %s hold folders of the same names, %s: if these are the labels, use "
                    .formatted(some(folders.keySet()), base, some(shared)),
                Setting.IMAGE_DIR,
                " " + base.resolve(folder)));
      }
    }
    problems.add(
        new Problem(
            Problem.Kind.PERHAPS_NO_LABELS,
            0,
            "the labels' folders hold folders of the same names, %s: if these are the labels, put the photos of each into one folder"
                .formatted(some(shared))));
  }

  private Problem container(String folder) {
    boolean hasFolders = !folders.getOrDefault(folder, new TreeSet<>()).isEmpty();
    return new Problem(
        Problem.Kind.PERHAPS_NO_LABELS,
        0,
        hasFolders
            ? Message.of(
                "'%s' is used as a label; if it is only a folder around others, use "
                    .formatted(folder),
                Setting.IMAGE_DIR,
                " " + base.resolve(folder))
            : Message.of(
                "'%s' is used as a label; if that is not what its photos show, make a folder for each label"
                    .formatted(folder)));
  }

  /**
   * The folder around the image folder, if that seems to be the one that is meant: it holds several
   * folders of photos.
   */
  static Optional<Path> above(Path imageDir) {
    Path parent = imageDir.toAbsolutePath().normalize().getParent();
    if (parent == null) {
      return Optional.empty();
    }
    try {
      long folders = FolderWalk.entries(parent).stream().filter(FolderLayout::holdsPhotos).count();
      boolean isOneName = imageDir.getNameCount() == 1 || imageDir.getParent() == null;
      Path typed = isOneName ? parent : imageDir.getParent();
      return folders > 1 ? Optional.ofNullable(typed) : Optional.empty();
    } catch (PupilException e) {
      // What cannot be listed is no advice.
      return Optional.empty();
    }
  }

  private static boolean holdsPhotos(Path folder) {
    return Files.isDirectory(folder)
        && FolderWalk.entries(folder).stream()
            .anyMatch(
                file ->
                    InstalledConverters.ofProcess().canRead(FileKind.ofName(Names.fileName(file))));
  }

  private static String some(Set<String> names) {
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    int rest = names.size() - NAMED;
    return rest > 0 ? first + " and " + rest + " more" : first;
  }
}
