package org.pupil.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;
import org.pupil.files.InputFile;

/**
 * Makes a {@link Dataset} of photos that are added one by one, from wherever they are.
 *
 * <p>The same photos under the same labels and names give the same classifier as from a folder, in
 * whatever order they are added: labels and photos are sorted, and names decide the split. A photo
 * that is given without a name is called by the hash of its bytes.
 *
 * <p>Photos in memory stay there until the training run is over: they may be read again. Not for
 * use by several threads at once.
 */
public final class DatasetBuilder {
  private final Map<String, Map<String, PhotoSource>> byLabel = new TreeMap<>(Names.BY_CODE_POINT);

  DatasetBuilder() {}

  /**
   * Adds a file, called by its file name.
   *
   * @throws PupilException (bad input) if there is none, it is a folder, a pipe or a device, or the
   *     label has a photo of this name
   */
  public DatasetBuilder add(String label, Path photo) {
    Objects.requireNonNull(photo, "photo");
    try {
      InputFile.checkRegular(photo);
      return put(label, Names.fileName(photo), PhotoFile.of(photo));
    } catch (IOException e) {
      throw PupilException.badInput(photo + ": " + FileTrouble.reason(e), e);
    }
  }

  /**
   * Adds the content of a photo's file.
   *
   * @param photo not copied, and not to be changed afterwards
   */
  public DatasetBuilder add(String label, byte[] photo) {
    Objects.requireNonNull(photo, "photo");
    return put(label, unused(label, Hash.shortSha256(photo)), photo);
  }

  /**
   * Adds the content of a photo's file.
   *
   * @param photo read to its end, and not closed
   * @throws PupilException (bad input) if it cannot be read
   */
  public DatasetBuilder add(String label, InputStream photo) {
    return add(label, read(label, PhotoSource.stream("a photo", photo)));
  }

  /** Adds an image as it is now: its photo has the bytes of a PNG file. */
  public DatasetBuilder add(String label, BufferedImage photo) {
    return add(label, ImageBytes.of(Objects.requireNonNull(photo, "photo")));
  }

  /**
   * Adds the content of a photo's file under a name.
   *
   * @param name such as {@code tom.jpg}; with another one it may be in another set of the split
   * @param photo not copied, and not to be changed afterwards
   * @throws PupilException (bad input) if the label has a photo of this name
   */
  public DatasetBuilder add(String label, String name, byte[] photo) {
    return put(label, name, photo);
  }

  /**
   * Adds a photo from anywhere under the name of its source. It must be readable more than once.
   *
   * @throws PupilException (bad input) if the label has a photo of this name
   */
  public DatasetBuilder add(String label, PhotoSource photo) {
    return put(label, Objects.requireNonNull(photo, "photo").name(), photo);
  }

  private DatasetBuilder put(String label, String name, byte[] photo) {
    return put(label, name, PhotoSource.bytes(label + "/" + name, photo));
  }

  private DatasetBuilder put(String label, String name, PhotoSource photo) {
    Objects.requireNonNull(name, "name");
    if (photosOf(label).putIfAbsent(Names.nfc(name), photo) != null) {
      throw PupilException.badInput(
          "two photos of the label '%s' have the name %s: give each a name of its own"
              .formatted(label, name));
    }
    return this;
  }

  private Map<String, PhotoSource> photosOf(String label) {
    return byLabel.computeIfAbsent(
        LabelNames.checked(Objects.requireNonNull(label, "label")),
        unseen -> new TreeMap<>(Names.BY_CODE_POINT));
  }

  /** A copy has the name of the first but for its end, and so stays in the same set. */
  private String unused(String label, String name) {
    Map<String, PhotoSource> there = photosOf(label);
    String free = name;
    for (int copy = 2; there.containsKey(free); copy++) {
      free = name + Photo.NOT_HASHED + copy;
    }
    return free;
  }

  private static byte[] read(String label, PhotoSource photo) {
    try {
      return photo.read();
    } catch (UndecodableImageException e) {
      throw PupilException.badInput(
          "%s of the label '%s': %s".formatted(photo.name(), label, e.getMessage()), e);
    } catch (IOException e) {
      throw PupilException.badInput(
          "%s of the label '%s': %s".formatted(photo.name(), label, FileTrouble.reason(e)), e);
    }
  }

  /**
   * Makes the data set.
   *
   * @throws PupilException (bad input) if there are fewer than two labels, or slashes give two
   *     photos one name: {@code c} of the label {@code a/b}, and {@code b/c} of {@code a}
   */
  public Dataset build() {
    if (byLabel.size() < 2) {
      throw PupilException.badInput(
          byLabel.isEmpty()
              ? "no photos to learn from: add photos of at least two labels"
              : "only one label, '%s': add photos of at least one other"
                  .formatted(byLabel.keySet().iterator().next()));
    }
    List<Photo> photos = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<Problem> problems = new ArrayList<>();
    List<String> labels = List.copyOf(byLabel.keySet());
    for (int label = 0; label < labels.size(); label++) {
      Map<String, PhotoSource> found =
          byLabel.getOrDefault(labels.get(label), new LinkedHashMap<>());
      Problem.fewPhotos(labels.get(label), found.size()).ifPresent(problems::add);
      for (Map.Entry<String, PhotoSource> photo : found.entrySet()) {
        String name = labels.get(label) + "/" + photo.getKey();
        if (!names.add(name)) {
          throw PupilException.badInput(
              "photos of two labels come to the name %s: change a slash in a label or a name"
                  .formatted(name));
        }
        photos.add(new Photo(photo.getValue(), name, label));
      }
    }
    return new Dataset(new Labels(labels), photos, problems, "");
  }
}
