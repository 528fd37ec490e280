package org.pupil.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.dataset.Names;
import org.pupil.dataset.SetFolders;
import org.pupil.dataset.SplitSet;

/** Makes a photo of each object that annotations tell of; those of one photo are a group. */
final class BoxReader {
  private final PhotoIndex photos;
  private final List<SourceFile> others;

  BoxReader(List<SourceFile> photos, List<SourceFile> others) {
    this.photos = new PhotoIndex(photos);
    this.others = others;
  }

  /** The reading of annotations as COCO has them; empty if there are none. */
  Optional<Recognised> coco() throws IOException {
    return read(Layout.COCO, ".json", CocoFile::boxes);
  }

  /** The reading of annotations as Pascal VOC has them; empty if there are none. */
  Optional<Recognised> voc() throws IOException {
    return read(Layout.VOC, ".xml", VocFile::boxes);
  }

  private interface Format {
    List<Box> boxes(SourceFile file) throws IOException;
  }

  private Optional<Recognised> read(Layout layout, String extension, Format format)
      throws IOException {
    List<PlannedPhoto> planned = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    int small = 0;
    int missing = 0;
    String firstMissing = "";
    for (SourceFile file : others) {
      if (!file.name().endsWith(extension)) {
        continue;
      }
      Optional<SplitSet> set = SetFolders.setIn(PhotoIndex.withoutExtension(file.name()));
      for (Box box : format.boxes(file)) {
        Optional<SourceFile> photo = photos.find(box.file(), file.folder());
        if (!box.isLargeEnough()) {
          small++;
        } else if (photo.isEmpty()) {
          firstMissing = missing == 0 ? box.file() : firstMissing;
          missing++;
        } else {
          planned.add(
              photo(box, photo.get(), layout == Layout.COCO ? set : Optional.empty(), numbers));
        }
      }
    }
    List<Note> notes = new ArrayList<>();
    if (small > 0) {
      notes.add(
          new Note(
              small,
              "left out %s of fewer than 8 rows or columns"
                  .formatted(Names.count(small, "object"))));
    }
    if (missing > 0) {
      notes.add(
          new Note(
              missing,
              "left out %s of photos that are not there (first %s)"
                  .formatted(Names.count(missing, "object"), firstMissing)));
    }
    return planned.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Recognised(
                layout, "boxes around objects, each of which becomes a photo", planned, notes));
  }

  private static PlannedPhoto photo(
      Box box, SourceFile photo, Optional<SplitSet> set, Map<String, Integer> numbers) {
    int number = numbers.merge(photo.path(), 1, Integer::sum);
    return new PlannedPhoto(
        new Origin.Made(() -> box.cropped(photo)),
        box.label(),
        set,
        PhotoIndex.withoutExtension(photo.name()),
        "%s_%d.png".formatted(PhotoIndex.withoutExtension(photo.name()), number));
  }
}
