package org.pupil.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pupil.dataset.InstalledConverters;
import org.pupil.dataset.Names;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/** Finds out how a photo set says which label a photo has. */
final class Recogniser {
  private static final int FEWEST_LABELS = 2;

  private final String name;
  private final Candidates files;
  private final IngestListener listener;

  /**
   * @param name what messages call the photo set
   */
  Recogniser(String name, SourceTree tree, IngestListener listener) throws IOException {
    this.name = name;
    this.files = new Candidates(tree, InstalledConverters.ofProcess());
    this.listener = listener;
  }

  /** What was left out whatever the reading. */
  List<Note> notes() {
    return files.notes();
  }

  /**
   * The reading that counts.
   *
   * @param asked empty to find out
   * @throws PupilException (bad input) if there is none, or it has but one label
   */
  Recognised read(Optional<Layout> asked) throws IOException {
    List<Recognised> readings =
        asked.isPresent() ? read(asked.get(), true).stream().toList() : readings();
    List<Recognised> useful = readings.stream().filter(Recogniser::isUseful).toList();
    if (useful.isEmpty()) {
      Optional<Recognised> arrays =
          asked.isEmpty()
              ? read(Layout.ARRAY, false).filter(Recogniser::isUseful)
              : Optional.empty();
      if (arrays.isEmpty()) {
        throw useless(asked, readings);
      }
      return arrays.get();
    }
    return useful.size() == 1 ? useful.get(0) : listener.choose(useful);
  }

  /** Those that make sense, the likeliest first. */
  private List<Recognised> readings() throws IOException {
    Optional<Recognised> table = read(Layout.TABLE, false).filter(Recogniser::isUseful);
    List<Recognised> readings = new ArrayList<>(foldersAndNames());
    if (table.isEmpty()) {
      return readings;
    }
    Optional<Recognised> first = readings.stream().filter(Recogniser::isUseful).findFirst();
    if (first.isPresent() && first.get().agreesWith(table.get())) {
      // The table says more if it says more than the label.
      return List.of(
          table.get().hasGroups() || !table.get().sets().isEmpty() ? table.get() : first.get());
    }
    boolean isLikelier = first.isEmpty() || table.get().count() >= first.get().count();
    readings.add(isLikelier ? 0 : readings.size(), table.get());
    return readings;
  }

  private static boolean isUseful(Recognised reading) {
    return reading.counts().size() >= FEWEST_LABELS;
  }

  private List<Recognised> foldersAndNames() throws IOException {
    List<Recognised> readings = new ArrayList<>();
    Optional<Recognised> sets = read(Layout.SETS, false).filter(Recogniser::isUseful);
    if (sets.isPresent()) {
      return List.of(sets.get());
    }
    FolderReader folders = new FolderReader(files.photos());
    Optional<Recognised> outer = folders.folders(false);
    outer.ifPresent(readings::add);
    boolean isClear =
        outer.isPresent() && outer.get().counts().size() >= FEWEST_LABELS && !folders.isDoubtful();
    read(Layout.INNERMOST_FOLDERS, false)
        .ifPresent(inner -> readings.add(isClear ? readings.size() : 0, inner));
    if (!isClear) {
      read(Layout.PREFIX, false).ifPresent(prefix -> readings.add(0, prefix));
    }
    return readings;
  }

  private Optional<Recognised> read(Layout layout, boolean isAsked) throws IOException {
    return switch (layout) {
      case FOLDERS -> new FolderReader(files.photos()).folders(isAsked);
      case SETS -> new FolderReader(files.photos()).sets(isAsked);
      case INNERMOST_FOLDERS -> new FolderReader(files.photos()).innermost(isAsked);
      case PREFIX -> new PrefixReader(files.photos()).read(isAsked);
      case TABLE -> new TableReader(files.photos(), files.others()).read(isAsked);
      case ARRAY -> new ArrayReader(files.others()).read();
      case COCO -> new BoxReader(files.photos(), files.others()).coco();
      case VOC -> new BoxReader(files.photos(), files.others()).voc();
    };
  }

  private PupilException useless(Optional<Layout> asked, List<Recognised> readings)
      throws IOException {
    if (files.photos().isEmpty()) {
      return noPhotos();
    }
    if (asked.isPresent() && readings.isEmpty()) {
      return PupilException.badInput(
          Message.of(
              name + " cannot be read with ",
              Setting.LAYOUT,
              " "
                  + asked.get().typed()
                  + ": the labels of its %s are not there (first %s)"
                      .formatted(
                          Names.count(files.photos().size(), "photo"),
                          files.photos().get(0).path())));
    }
    Optional<Layout> boxes = asked.isEmpty() ? boxes() : Optional.empty();
    if (boxes.isPresent()) {
      return PupilException.badInput(
          Message.of(
              name + " says where in its photos objects are: to make a photo of each object, add ",
              Setting.LAYOUT,
              " " + boxes.get().typed()));
    }
    Optional<Recognised> one = readings.stream().findFirst();
    if (one.isPresent() && one.get().counts().size() == 1) {
      return PupilException.badInput(
          "%s has only one label, '%s', with %s (%s): at least two are needed"
              .formatted(
                  name,
                  one.get().counts().firstKey(),
                  Names.count(one.get().count(), "photo"),
                  one.get().description()));
    }
    return PupilException.badInput(
        Message.of(
            "which labels the %s of %s have cannot be told (first %s): put those of each label into a folder of its own, or say how to read them with "
                .formatted(
                    Names.count(files.photos().size(), "photo"),
                    name,
                    files.photos().get(0).path()),
            Setting.LAYOUT));
  }

  /** The kind of annotations that there are. */
  private Optional<Layout> boxes() throws IOException {
    for (Layout layout : List.of(Layout.COCO, Layout.VOC)) {
      if (read(layout, false).isPresent()) {
        return Optional.of(layout);
      }
    }
    return Optional.empty();
  }

  private PupilException noPhotos() {
    if (!files.archives().isEmpty()) {
      return PupilException.badInput(
          Message.of(
              "%s holds no photos, but %s (%s): to read one, add "
                  .formatted(
                      name,
                      Names.count(files.archives().size(), "archive"),
                      some(files.archives())),
              Setting.INNER,
              " " + files.archives().get(0).path()));
    }
    String leftOut =
        files.notes().stream()
            .map(note -> note.message().toString())
            .collect(Collectors.joining("; "));
    return PupilException.badInput(
        "%s holds no photos%s: photos are JPEG, PNG, GIF, BMP, WebP or TIFF"
            .formatted(
                name,
                !leftOut.isEmpty()
                    ? " (" + leftOut + ")"
                    : files.others().isEmpty()
                        ? ""
                        : ", but %s of other kinds (first %s)"
                            .formatted(
                                Names.count(files.others().size(), "file"),
                                files.others().get(0).path())));
  }

  private static String some(List<SourceFile> files) {
    String first = files.stream().limit(3).map(SourceFile::path).collect(Collectors.joining(", "));
    return files.size() > 3 ? first + " and " + (files.size() - 3) + " more" : first;
  }
}
