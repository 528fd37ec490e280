package org.pupil.ingest;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.dataset.Names;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.images.Alpha;
import org.pupil.images.PhotoPreview;
import org.pupil.pictures.ContactSheet;

/** The contact sheet of a photo set: some photos of each label, taken from all over it. */
final class Overview {
  /** A sheet of more labels is too long to look at. */
  private static final int MOST_LABELS = 40;

  /** Larger files would take longer to decode than the sheet is worth. */
  private static final long LARGEST = 32L << 20;

  private Overview() {}

  /**
   * Draws it.
   *
   * @param folder where the photos are
   * @return a PNG file
   */
  static byte[] png(Path folder, List<Placed> photos) throws IOException {
    Map<String, List<Placed>> byLabel = new LinkedHashMap<>();
    photos.forEach(
        photo -> byLabel.computeIfAbsent(photo.label(), unseen -> new ArrayList<>()).add(photo));
    List<ContactSheet.Row> rows = new ArrayList<>();
    for (Map.Entry<String, List<Placed>> label : byLabel.entrySet()) {
      if (rows.size() == MOST_LABELS) {
        break;
      }
      rows.add(
          new ContactSheet.Row(
              "%s: %s".formatted(label.getKey(), Names.count(label.getValue().size(), "photo")),
              some(folder, label.getValue())));
    }
    return ContactSheet.png(rows);
  }

  /** Photos at equal distances; one that cannot be decoded is passed over. */
  private static List<BufferedImage> some(Path folder, List<Placed> photos) throws IOException {
    List<BufferedImage> shown = new ArrayList<>();
    int columns = Math.min(ContactSheet.COLUMNS, photos.size());
    for (int column = 0; column < columns; column++) {
      Path file =
          folder.resolve(photos.get((int) ((long) column * photos.size() / columns)).path());
      if (Files.size(file) <= LARGEST) {
        preview(Files.readAllBytes(file)).ifPresent(shown::add);
      }
    }
    return shown;
  }

  /** Empty if it cannot be decoded, as check and retrain will say. */
  private static Optional<BufferedImage> preview(byte[] photo) {
    try {
      return Optional.of(PhotoPreview.upright(photo, Alpha.WHITE, ContactSheet.SIDE));
    } catch (UndecodableImageException e) {
      return Optional.empty();
    }
  }
}
