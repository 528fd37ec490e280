package org.pupil.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.pupil.errors.PupilException;

/**
 * Which column of a table holds what.
 *
 * @param table for messages
 * @param names of the columns; without a line of names what stands in the first row
 * @param hasNames whether the first line has names
 * @param file index of the column of the files
 * @param label index of the column of the labels
 * @param set index of the column of the sets; negative if there is none
 * @param group index of the column of the groups; negative if there is none
 */
record TableColumns(
    Path table, List<String> names, boolean hasNames, int file, int label, int set, int group) {
  private static final Set<String> FILE =
      Set.of(
          "file",
          "filename",
          "filepath",
          "path",
          "image",
          "imagepath",
          "imagefile",
          "imagename",
          "imageid",
          "img",
          "photo",
          "picture",
          "id");
  private static final Set<String> LABEL =
      Set.of(
          "label",
          "labels",
          "class",
          "classname",
          "category",
          "target",
          "species",
          "breed",
          "kind",
          "tag",
          "diagnosis",
          "y");
  private static final Set<String> SPLIT = Set.of("split", "set", "subset", "partition", "usage");
  private static final Set<String> GROUP =
      Set.of(
          "group",
          "groups",
          "groupid",
          "individual",
          "patient",
          "patientid",
          "subject",
          "subjectid",
          "person",
          "plant",
          "animal",
          "burst",
          "session");

  TableColumns {
    names = List.copyOf(names);
  }

  /**
   * Finds the columns.
   *
   * @param first the fields of the first line
   * @throws PupilException (bad input) if they cannot be told
   */
  static TableColumns of(Path table, List<String> first) {
    if (first.isEmpty()) {
      throw PupilException.badInput(table + " is empty: it must have a row for each photo");
    }
    List<String> plain = first.stream().map(TableColumns::plain).toList();
    int file = find(plain, FILE);
    int label = find(plain, LABEL);
    if (file < 0 && label < 0 && first.size() == 2) {
      Optional<TableColumns> nameless = withoutNames(table, first);
      if (nameless.isPresent()) {
        return nameless.get();
      }
    }
    if (first.size() == 2 && (file < 0) != (label < 0)) {
      file = file < 0 ? 1 - label : file;
      label = 1 - file;
    }
    if (file < 0 || label < 0) {
      throw PupilException.badInput(
          "%s: which column has the %s cannot be told (its columns are %s): call them file and label"
              .formatted(table, file < 0 ? "files" : "labels", String.join(", ", first)));
    }
    return new TableColumns(
        table, first, true, file, label, find(plain, SPLIT), find(plain, GROUP));
  }

  private static Optional<TableColumns> withoutNames(Path table, List<String> first) {
    for (int column = 0; column < 2; column++) {
      if (FileKind.ofName(first.get(column).strip()) == FileKind.PHOTO) {
        return Optional.of(new TableColumns(table, first, false, column, 1 - column, -1, -1));
      }
    }
    return Optional.empty();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static int find(List<String> plain, Set<String> names) {
    return IntStream.range(0, plain.size())
        .filter(column -> names.contains(plain.get(column)))
        .findFirst()
        .orElse(-1);
  }

  /** What the column of the files is called; a number if the columns have no names. */
  String fileName() {
    return hasNames ? names.get(file) : String.valueOf(file + 1);
  }

  /** What the column of the labels is called; a number if the columns have no names. */
  String labelName() {
    return hasNames ? names.get(label) : String.valueOf(label + 1);
  }

  /** Fields of an object as a row. */
  List<String> inOrder(Map<String, String> fields) {
    return names.stream().map(name -> fields.getOrDefault(name, "")).toList();
  }

  /**
   * Reads a row.
   *
   * @return empty for a blank one
   * @throws PupilException (bad input) if it lacks a file or a label, or names an unknown set
   */
  Optional<LabelTable.Row> row(long line, List<String> fields) {
    if (fields.stream().allMatch(String::isBlank)) {
      return Optional.empty();
    }
    String path = field(fields, file);
    String name = field(fields, label);
    if (path.isEmpty() || name.isEmpty()) {
      throw PupilException.badInput(
          "%s, line %d has no %s: complete it or delete it"
              .formatted(table, line, path.isEmpty() ? "file" : "label"));
    }
    String setName = set < 0 ? "" : field(fields, set);
    Optional<SplitSet> of = SetFolders.setOf(setName);
    if (of.isEmpty() && !setName.isEmpty()) {
      throw PupilException.badInput(
          "%s, line %d: the set must be train, val or test, was %s"
              .formatted(table, line, setName));
    }
    return Optional.of(
        new LabelTable.Row(
            line, path.replace('\\', '/'), name, of, group < 0 ? "" : field(fields, group)));
  }

  private static String field(List<String> fields, int column) {
    return column < fields.size() ? fields.get(column).strip() : "";
  }
}
