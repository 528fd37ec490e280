package org.pupil.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pupil.Answer;
import org.pupil.Classifier;
import org.pupil.Pupil;

/**
 * Sorts a folder of photos: copies each into a folder named after its label. Photos about which the
 * classifier is not sure go to a folder {@code unsure}, and files that are no photos stay where
 * they are. Nothing is moved, deleted or overwritten.
 *
 * <pre>PhotoSorter MODEL FROM TO</pre>
 */
public final class PhotoSorter {
  private static final String UNSURE = "unsure";

  private final Classifier classifier;
  private final Path to;
  private final Map<String, Integer> counts = new TreeMap<>();

  private PhotoSorter(Classifier classifier, Path to) {
    this.classifier = classifier;
    this.to = to;
  }

  /**
   * Runs the program.
   *
   * @param arguments the folder of a saved classifier, the folder of photos, and the folder to copy
   *     to
   * @throws IOException if a file cannot be read or copied
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      System.err.println("usage: PhotoSorter MODEL FROM TO");
      System.exit(2);
    }
    try (Classifier classifier = Pupil.open(Path.of(arguments[0]))) {
      new PhotoSorter(classifier, Path.of(arguments[2])).sort(Path.of(arguments[1]));
    }
  }

  private void sort(Path from) throws IOException {
    List<Path> photos;
    try (Stream<Path> files = Files.list(from)) {
      photos = files.filter(Files::isRegularFile).sorted().toList();
    }
    // All cores work on the photos; the answers come in their order.
    List<Answer> answers = classifier.labelAll(photos.stream()).toList();
    for (int i = 0; i < photos.size(); i++) {
      sort(photos.get(i), answers.get(i));
    }
    counts.forEach((label, count) -> System.out.println(label + ": " + count));
  }

  private void sort(Path photo, Answer answer) throws IOException {
    if (answer.error().isPresent()) {
      System.err.println(photo + ": " + answer.error().get());
      return;
    }
    boolean isUnsure = answer.undecided() || answer.unlikeTraining();
    String label = isUnsure ? UNSURE : answer.best().label();
    Path folder = Files.createDirectories(to.resolve(label));
    Files.copy(photo, free(folder, photo.getFileName().toString()));
    counts.merge(label, 1, Integer::sum);
  }

  /** A name in a folder that nobody has: {@code cat.jpg}, {@code 2-cat.jpg} ... */
  private static Path free(Path folder, String name) {
    Path file = folder.resolve(name);
    for (int number = 2; Files.exists(file); number++) {
      file = folder.resolve(number + "-" + name);
    }
    return file;
  }
}
