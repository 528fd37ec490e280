package org.pupil.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.pupil.errors.PupilException;

/**
 * Finds photos in a folder that holds folders for sets, {@code train} and {@code test} say, and in
 * each of these one folder for each label; or the other way round.
 *
 * <p>A photo {@code train/cat/tom.jpg} has the name {@code cat/train/tom.jpg}, so that the first
 * part is the label whichever way round the folders are.
 */
final class DividedFolder {
  private DividedFolder() {}

  /** Whether the folders in a folder are those of sets: one for training, and another. */
  static boolean isOne(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    List<SplitSet> sets =
        setFolders(folder).stream()
            .flatMap(path -> SetFolders.setIn(Names.fileName(path)).stream())
            .distinct()
            .toList();
    return sets.size() > 1 && sets.contains(SplitSet.TRAINING);
  }

  private static List<Path> setFolders(Path folder) {
    return FolderWalk.entries(folder).stream()
        .filter(Files::isDirectory)
        .filter(path -> SetFolders.setIn(Names.fileName(path)).isPresent())
        .toList();
  }

  /**
   * Finds the photos.
   *
   * @param fewest how many labels there must be, 1 or 2
   * @throws PupilException (bad input) as {@link PhotoFolder#scan}
   */
  static Dataset scan(Path folder, String typed, LabelRule rule, int fewest) {
    List<Path> setFolders = setFolders(folder);
    List<Dataset> sets =
        setFolders.stream().map(path -> PhotoFolder.scan(path, path.toString(), rule, 1)).toList();
    TreeSet<String> names = new TreeSet<>(Names.BY_CODE_POINT);
    sets.forEach(set -> names.addAll(set.labels().names()));
    if (names.size() < fewest) {
      throw PupilException.badInput(
          "only one label, '%s', in the sets of %s: at least two folders with photos are needed"
              .formatted(names.first(), folder));
    }
    Labels labels = new Labels(List.copyOf(names));
    List<Photo> photos = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      String setName = Names.nfc(Names.fileName(setFolders.get(i)));
      Optional<SplitSet> set = SetFolders.setIn(setName);
      for (Photo photo : sets.get(i).photos()) {
        int label = labels.names().indexOf(sets.get(i).labels().name(photo.label()));
        photos.add(
            new Photo(
                photo.source(),
                inSet(photo.name(), setName),
                label,
                inSet(photo.group(), setName),
                set));
      }
      sets.get(i).problems().stream()
          .filter(problem -> problem.kind() != Problem.Kind.FEW_PHOTOS)
          .forEach(problems::add);
    }
    photos.sort(
        (a, b) ->
            a.label() != b.label()
                ? Integer.compare(a.label(), b.label())
                : Names.BY_CODE_POINT.compare(a.name(), b.name()));
    Dataset all = new Dataset(labels, photos, problems, typed);
    int[] counts = all.countByLabel();
    List<Problem> few = new ArrayList<>(problems);
    for (int label = 0; label < counts.length; label++) {
      Problem.fewPhotos(labels.name(label), counts[label]).ifPresent(few::add);
    }
    return new Dataset(labels, photos, few, typed);
  }

  /** {@code cat/train/tom.jpg} for {@code cat/tom.jpg} of the folder {@code train}. */
  private static String inSet(String name, String set) {
    int slash = name.indexOf('/');
    return name.substring(0, slash + 1) + set + name.substring(slash);
  }

  /** The same photos, of the sets that the folders below those of their labels stand for. */
  static Dataset withSets(Dataset dataset) {
    List<Photo> photos =
        dataset.photos().stream()
            .map(
                photo ->
                    new Photo(
                        photo.source(),
                        photo.name(),
                        photo.label(),
                        photo.group(),
                        setOf(photo.name())))
            .toList();
    return new Dataset(dataset.labels(), photos, dataset.problems(), dataset.place());
  }

  private static Optional<SplitSet> setOf(String name) {
    String[] parts = name.split("/", -1);
    return parts.length > 2 ? SetFolders.setOf(parts[1]) : Optional.empty();
  }
}
