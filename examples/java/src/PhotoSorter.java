package org.pupil.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pupil.Answer;
import org.pupil.Classifier;
import org.pupil.Pupil;

/**
 * Sorts photos by what they show: copies each from one folder into a folder named after its label,
 * and those that the classifier is not sure of into a folder {@code unsure}. The challenge of the
 * workshop.
 *
 * <pre>PhotoSorter MODEL PHOTOS SORTED</pre>
 *
 * <p>Nothing is moved, deleted or overwritten. A photo that is already there is left alone, so this
 * can be stopped and started again.
 */
public final class PhotoSorter {
  private static final String UNSURE = "unsure";

  private PhotoSorter() {}

  /**
   * Runs the program.
   *
   * @param arguments the folder of a saved classifier, the folder of photos, and the folder to copy
   *     to
   * @throws IOException if the folder of photos cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      System.err.println("usage: PhotoSorter MODEL PHOTOS SORTED");
      System.exit(2);
    }
    Path sorted = Path.of(arguments[2]).toAbsolutePath().normalize();
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(arguments[1]))) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    // All cores work on the photos; the answers come in their order, while they are read.
    try (Classifier classifier = Pupil.open(Path.of(arguments[0]));
        Stream<Answer> answers = classifier.labelAll(files.stream())) {
      answers.forEach(answer -> sort(answer, sorted));
    }
  }

  private static void sort(Answer answer, Path sorted) {
    Path photo = Path.of(answer.photo());
    if (answer.error().isPresent()) {
      System.err.println(photo + ": " + answer.error().get());
      return;
    }
    boolean isUnsure = answer.unlikeTraining() || answer.undecided();
    Path folder = sorted.resolve(isUnsure ? UNSURE : answer.best().label()).normalize();
    if (!sorted.equals(folder.getParent())) {
      System.err.println(photo + ": the label is no name for a folder: " + answer.best().label());
      return;
    }
    try {
      copy(photo, folder);
      System.out.println(photo + " -> " + folder.getFileName());
    } catch (IOException e) {
      System.err.println(photo + " cannot be copied: " + e);
    }
  }

  /** A copy that is not whole yet has another name: whoever stops this finds no half photos. */
  private static void copy(Path photo, Path folder) throws IOException {
    Path copy = folder.resolve(photo.getFileName());
    Files.createDirectories(folder);
    if (Files.notExists(copy)) {
      Path part = folder.resolve(photo.getFileName() + ".part");
      Files.deleteIfExists(part);
      Files.copy(photo, part);
      Files.move(part, copy);
    }
  }
}
