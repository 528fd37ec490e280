import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pupil.Answer;
import org.pupil.Classifier;
import org.pupil.Pupil;

/**
 * Sorts photos by what they show: copies each from one folder into a folder with its label, and
 * those that the classifier is not sure of into the folder "unsure". The challenge of the workshop.
 *
 * <pre>
 *   java -cp "pupil-app/target/pupil/lib/*" examples/PhotoSorter.java MODEL PHOTOS SORTED
 * </pre>
 *
 * A photo that is already there is left alone, so this can be stopped and started again.
 */
public final class PhotoSorter {
  private static final String UNSURE = "unsure";

  private PhotoSorter() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      System.err.println("give three folders: MODEL PHOTOS SORTED");
      System.exit(2);
    }
    Path photos = Path.of(arguments[1]);
    Path sorted = Path.of(arguments[2]);
    List<Path> files;
    try (Stream<Path> found = Files.list(photos)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
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
    Path folder = sorted.resolve(isUnsure ? UNSURE : answer.best().label());
    Path copy = folder.resolve(photo.getFileName());
    try {
      Files.createDirectories(folder);
      if (Files.notExists(copy)) {
        // A copy that is not whole yet has another name: whoever stops this finds no half photos.
        Path part = folder.resolve(photo.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.copy(photo, part);
        Files.move(part, copy);
      }
      System.out.println(copy + "  " + answer.best());
    } catch (IOException e) {
      System.err.println(photo + " cannot be copied: " + e);
    }
  }
}
