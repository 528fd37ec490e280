package org.pupil.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;

/**
 * A table whose rows name photos beside it and their labels, see {@link LabelTable}.
 *
 * @param table the file
 */
public record DatasetTable(Path table) implements DatasetSource {
  private static final List<String> EXTENSIONS = List.of(".jpg", ".jpeg", ".png");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

  @Override
  public Dataset open() {
    return open(DatasetFolder.FEWEST_LABELS);
  }

  @Override
  public Dataset openForTesting() {
    return open(1);
  }

  private Dataset open(int fewest) {
    return new Reading(LabelTable.read(table, table)).dataset(fewest);
  }

  /** Whether a path that a table names leads nowhere but below its folder. */
  public static boolean staysInside(String file) {
    return !file.startsWith("/")
        && !DRIVE.matcher(file).matches()
        && !List.of(file.split("/", -1)).contains("..");
  }

  /** A photo that a row names. */
  private record Found(LabelTable.Row row, PhotoFile file) {}

  /** One reading of a table. */
  private static final class Reading {
    private final LabelTable table;
    private final Path folder;
    private final List<LabelTable.Row> missing = new ArrayList<>();
    private final List<LabelTable.Row> twice = new ArrayList<>();
    private final List<LabelTable.Row> contradicting = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Map<String, Found>> byLabel = new TreeMap<>(Names.BY_CODE_POINT);

    Reading(LabelTable table) {
      this.table = table;
      this.folder = table.file().toAbsolutePath().getParent();
    }

    Dataset dataset(int fewest) {
      checkInside();
      find();
      tell();
      if (byLabel.size() < fewest) {
        throw PupilException.badInput(
            byLabel.isEmpty()
                ? table.file() + " names no photos: it must have a row for each"
                : "%s has only one label, '%s': at least two are needed"
                    .formatted(table.file(), byLabel.keySet().iterator().next()));
      }
      List<String> labels = List.copyOf(byLabel.keySet());
      List<Photo> photos = new ArrayList<>();
      for (int label = 0; label < labels.size(); label++) {
        Map<String, Found> found = byLabel.getOrDefault(labels.get(label), Map.of());
        Problem.fewPhotos(labels.get(label), found.size()).ifPresent(problems::add);
        for (Map.Entry<String, Found> photo : found.entrySet()) {
          photos.add(photo(photo.getKey(), photo.getValue(), label));
        }
      }
      return new Dataset(new Labels(labels), photos, problems, "");
    }

    private static Photo photo(String name, Found found, int label) {
      String group = found.row.group();
      return new Photo(
          found.file,
          name,
          label,
          group.isEmpty() ? Photo.groupOf(name) : "group " + group,
          found.row.set());
    }

    private void checkInside() {
      List<LabelTable.Row> outside =
          table.rows().stream().filter(row -> !staysInside(row.file())).toList();
      if (!outside.isEmpty()) {
        throw PupilException.badInput(
            "%s: %s files outside of its folder (first line %d: %s): put the photos beside the table, and name them from there"
                .formatted(
                    table.file(),
                    outside.size() == 1 ? "1 row names" : outside.size() + " rows name",
                    outside.get(0).line(),
                    outside.get(0).file()));
      }
    }

    private void find() {
      Map<String, String> labelOfFile = new HashMap<>();
      for (LabelTable.Row row : table.rows()) {
        String label = LabelNames.checked(row.label());
        String before = labelOfFile.putIfAbsent(row.file(), label);
        if (before != null) {
          (before.equals(label) ? twice : contradicting).add(row);
          continue;
        }
        Optional<PhotoFile> file = file(row.file());
        if (file.isEmpty()) {
          missing.add(row);
        } else {
          byLabel
              .computeIfAbsent(label, unseen -> new TreeMap<>(Names.BY_CODE_POINT))
              .put(
                  label.replace('/', '_') + "/" + Names.nfc(row.file()),
                  new Found(row, file.get()));
        }
      }
    }

    /** The file of that name, or one with an extension, as many tables leave it out. */
    private Optional<PhotoFile> file(String name) {
      try {
        Path exact = folder.resolve(name);
        if (Files.isRegularFile(exact)) {
          return Optional.of(PhotoFile.of(shown(name)));
        }
        for (String extension : EXTENSIONS) {
          if (Files.isRegularFile(folder.resolve(name + extension))) {
            return Optional.of(PhotoFile.of(shown(name + extension)));
          }
        }
      } catch (InvalidPathException | IOException e) {
        return Optional.empty();
      }
      return Optional.empty();
    }

    /** Paths are shown as the table's was typed. */
    private Path shown(String name) {
      return table.file().resolveSibling(name);
    }

    private void tell() {
      if (!contradicting.isEmpty()) {
        throw PupilException.badInput(
            "%s: %s another label than an earlier one for the same file (first line %d: %s): leave one label for each photo"
                .formatted(
                    table.file(),
                    contradicting.size() == 1 ? "1 row has" : contradicting.size() + " rows have",
                    contradicting.get(0).line(),
                    contradicting.get(0).file()));
      }
      if (!missing.isEmpty()) {
        if (byLabel.isEmpty()) {
          throw PupilException.badInput(
              "%s: none of its %s is there (first %s): name the files as they are called from the folder of the table"
                  .formatted(
                      table.file(),
                      Names.count(missing.size(), "file"),
                      shown(missing.get(0).file())));
        }
        problems.add(
            problem(
                Problem.Kind.MISSING,
                missing,
                "left out %s not to be found (first line %d: %s): copy what is missing there, or delete the rows",
                "file"));
      }
      if (!twice.isEmpty()) {
        problems.add(
            problem(
                Problem.Kind.TWICE,
                twice,
                "%s named once more (first line %d: %s), which makes no difference",
                "file"));
      }
    }

    private Problem problem(
        Problem.Kind kind, List<LabelTable.Row> rows, String message, String noun) {
      return new Problem(
          kind,
          rows.size(),
          Message.of(
              table.file()
                  + ": "
                  + message.formatted(
                      Names.count(rows.size(), noun), rows.get(0).line(), rows.get(0).file())),
          Optional.empty(),
          rows.stream().map(row -> table.file().resolveSibling(row.file())).toList());
    }
  }
}
