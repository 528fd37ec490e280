package org.pupil.ingest;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.pupil.dataset.SetFolders;
import org.pupil.dataset.SplitSet;

/** Reads arrays of small pictures that have an array of labels beside them. */
final class ArrayReader {
  /** Words that tell pictures from labels, and formats; what is left tells the sets apart. */
  private static final Set<String> WORDS =
      Set.of(
          "images",
          "image",
          "x",
          "data",
          "pictures",
          "labels",
          "label",
          "y",
          "targets",
          "idx1",
          "idx3",
          "idx4",
          "ubyte",
          "npy",
          "gz");

  private final List<SourceFile> files;

  ArrayReader(List<SourceFile> files) {
    this.files = files;
  }

  /** The reading, if there are pictures and labels that fit. */
  Optional<Recognised> read() throws IOException {
    Map<String, NumberArray> labels = new HashMap<>();
    List<NumberArray> pictures = new ArrayList<>();
    for (SourceFile file : files) {
      Optional<NumberArray> array = NumberArray.of(file);
      if (array.isPresent() && array.get().isLabels()) {
        labels.put(key(file), array.get());
      } else if (array.isPresent() && array.get().isPictures()) {
        pictures.add(array.get());
      }
    }
    List<PlannedPhoto> planned = new ArrayList<>();
    List<String> used = new ArrayList<>();
    for (NumberArray array : pictures) {
      NumberArray own = labels.get(key(array.file()));
      if (own != null && own.shape().get(0).equals(array.shape().get(0))) {
        add(array, own.numbers(), planned);
        used.add(array.file().path());
      }
    }
    return planned.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Recognised(
                Layout.ARRAY,
                "arrays of pictures, " + String.join(", ", used),
                planned,
                List.of()));
  }

  private static String key(SourceFile file) {
    StringJoiner key = new StringJoiner(" ");
    for (String word : file.path().toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)) {
      if (!WORDS.contains(word)) {
        key.add(word);
      }
    }
    return key.toString();
  }

  private static Optional<SplitSet> set(SourceFile file) {
    return file.name().toLowerCase(Locale.ROOT).startsWith("t10k")
        ? Optional.of(SplitSet.TESTING)
        : SetFolders.setIn(file.name());
  }

  private static void add(NumberArray array, long[] labels, List<PlannedPhoto> planned) {
    Optional<SplitSet> set = set(array.file());
    String prefix = set.isPresent() ? "" : key(array.file()).replace(' ', '_');
    for (int i = 0; i < labels.length; i++) {
      int index = i;
      planned.add(
          new PlannedPhoto(
              new Origin.Made(() -> Pngs.of(image(array, index))),
              String.valueOf(labels[i]),
              set,
              "",
              "%s%06d.png".formatted(prefix.isEmpty() ? "" : prefix + "_", i)));
    }
  }

  private static BufferedImage image(NumberArray array, int index) throws IOException {
    int height = array.shape().get(1);
    int width = array.shape().get(2);
    boolean isColour = array.shape().size() == 4 && array.shape().get(3) == 3;
    byte[] bytes = array.picture(index);
    BufferedImage image =
        new BufferedImage(
            width, height, isColour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
    if (!isColour) {
      image.getRaster().setDataElements(0, 0, width, height, bytes);
      return image;
    }
    for (int i = 0; i < width * height; i++) {
      int rgb =
          (bytes[3 * i] & 0xFF) << 16 | (bytes[3 * i + 1] & 0xFF) << 8 | (bytes[3 * i + 2] & 0xFF);
      image.setRGB(i % width, i / width, rgb);
    }
    return image;
  }
}
