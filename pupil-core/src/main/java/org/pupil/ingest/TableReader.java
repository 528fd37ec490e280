package org.pupil.ingest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pupil.dataset.DatasetTable;
import org.pupil.dataset.LabelTable;
import org.pupil.dataset.SetFolders;
import org.pupil.dataset.SplitSet;
import org.pupil.errors.PupilException;

/** Reads photo sets with a table of files and labels, or several. */
final class TableReader {
  private static final double MOST = 0.5;

  private final List<SourceFile> photos;
  private final List<SourceFile> tables;
  private final Notes notes = new Notes();
  private final List<Note> more = new ArrayList<>();
  private final PhotoIndex index;

  TableReader(List<SourceFile> photos, List<SourceFile> others) {
    this.photos = photos;
    this.tables = others.stream().filter(file -> LabelTable.isNamedAsTable(file.name())).toList();
    this.index = new PhotoIndex(photos);
  }

  /**
   * The reading, if there is a table that names most of its files as they are.
   *
   * @throws PupilException (bad input) if it is asked for and the tables are of no use
   */
  Optional<Recognised> read(boolean isAsked) {
    List<PlannedPhoto> planned = new ArrayList<>();
    Map<String, String> labelOf = new HashMap<>();
    List<String> used = new ArrayList<>();
    for (SourceFile file : tables) {
      Optional<LabelTable> table = table(file, isAsked);
      if (table.isPresent() && add(table.get(), file, planned, labelOf, isAsked)) {
        used.add(file.path());
      }
    }
    if (planned.isEmpty()) {
      return Optional.empty();
    }
    Set<String> named = labelOf.keySet();
    photos.stream()
        .filter(photo -> !named.contains(photo.path()))
        .forEach(photo -> notes.add(Notes.Reason.NO_ROW, photo.path()));
    more.addAll(notes.list());
    return Optional.of(
        new Recognised(
            Layout.TABLE,
            "a table of files and labels, " + String.join(", ", used),
            planned,
            more));
  }

  private static Optional<LabelTable> table(SourceFile file, boolean isAsked) {
    try {
      return Optional.of(LabelTable.read(file.content(), Path.of(file.path())));
    } catch (PupilException e) {
      if (isAsked) {
        throw e;
      }
      return Optional.empty(); // a table of something else
    }
  }

  private boolean add(
      LabelTable table,
      SourceFile file,
      List<PlannedPhoto> planned,
      Map<String, String> labelOf,
      boolean isAsked) {
    List<LabelTable.Row> missing = new ArrayList<>();
    List<LabelTable.Row> outside = new ArrayList<>();
    Map<LabelTable.Row, SourceFile> found = new HashMap<>();
    for (LabelTable.Row row : table.rows()) {
      if (!DatasetTable.staysInside(row.file())) {
        outside.add(row);
        continue;
      }
      Optional<SourceFile> photo = index.find(row.file(), file.folder());
      photo.ifPresentOrElse(one -> found.put(row, one), () -> missing.add(row));
    }
    if (found.isEmpty() || (!isAsked && found.size() < MOST * table.rows().size())) {
      if (isAsked) {
        throw PupilException.badInput(
            "%s: none of its %d files is there (first %s)"
                .formatted(
                    table.file(),
                    table.rows().size(),
                    table.rows().isEmpty() ? "none" : table.rows().get(0).file()));
      }
      return false;
    }
    Optional<SplitSet> setOfTable = SetFolders.setIn(PhotoIndex.withoutExtension(file.name()));
    Set<LabelTable.Row> twice = new HashSet<>();
    for (LabelTable.Row row : table.rows()) {
      SourceFile photo = found.get(row);
      if (photo == null) {
        continue;
      }
      String before = labelOf.putIfAbsent(photo.path(), row.label());
      if (before != null && !before.equals(row.label())) {
        throw PupilException.badInput(
            "%s, line %d: %s is '%s' here and '%s' before: leave one label for each photo"
                .formatted(table.file(), row.line(), row.file(), row.label(), before));
      }
      if (before != null) {
        twice.add(row);
        continue;
      }
      planned.add(
          new PlannedPhoto(
              new Origin.OfFile(photo),
              row.label(),
              row.set().or(() -> tables.size() > 1 ? setOfTable : Optional.empty()),
              row.group(),
              photo.name()));
    }
    note(table, missing, "%s name%s files that are not there (first line %d: %s)");
    note(
        table,
        outside,
        "%s name%s files outside of its folder, which are not read (first line %d: %s)");
    note(table, List.copyOf(twice), "%s name%s a file once more (first line %d: %s)");
    return true;
  }

  private void note(LabelTable table, List<LabelTable.Row> rows, String message) {
    if (!rows.isEmpty()) {
      LabelTable.Row first = rows.get(0);
      for (LabelTable.Row row : rows) {
        first = row.line() < first.line() ? row : first;
      }
      more.add(
          new Note(
              rows.size(),
              table.file()
                  + ": "
                  + message.formatted(
                      rows.size() == 1 ? "1 row" : rows.size() + " rows",
                      rows.size() == 1 ? "s" : "",
                      first.line(),
                      first.file())));
    }
  }
}
