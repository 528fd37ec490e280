package org.pupil.examples;

import java.nio.file.Path;
import org.pupil.Answer;
import org.pupil.Classifier;
import org.pupil.Pupil;

/**
 * Trains a classifier on a folder of photos, saves it, and labels a photo that it has not seen.
 *
 * <pre>TeachAndLabelPhotos PHOTOS MODEL PHOTO</pre>
 */
public final class TeachAndLabelPhotos {
  private TeachAndLabelPhotos() {}

  /**
   * Runs the program.
   *
   * @param arguments a folder with a folder of photos for each label, the folder to save to, and a
   *     photo
   */
  public static void main(String[] arguments) {
    if (arguments.length != 3) {
      System.err.println("usage: TeachAndLabelPhotos PHOTOS MODEL PHOTO");
      System.exit(2);
    }
    try (Classifier classifier = Pupil.teach(Path.of(arguments[0]))) {
      classifier.save(Path.of(arguments[1]));
      classifier
          .evaluation()
          .ifPresent(test -> System.out.printf("Right on test photos: %.3f%n", test.accuracy()));

      Answer answer = classifier.label(Path.of(arguments[2]));
      answer
          .labels()
          .forEach(label -> System.out.printf("%-10s %.3f%n", label.label(), label.probability()));
      if (answer.unlikeTraining()) {
        System.out.println("But the photo is unlike anything it was trained on.");
      }
    }
  }
}
