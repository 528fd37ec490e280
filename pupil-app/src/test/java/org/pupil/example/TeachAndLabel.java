package org.pupil.example;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.pupil.Answer;
import org.pupil.Classifier;
import org.pupil.Progress;
import org.pupil.Pupil;
import org.pupil.Teaching;
import org.pupil.TeachingControl;
import org.pupil.TeachingListener;
import org.pupil.dataset.Dataset;
import org.pupil.explain.Explanation;

/** The Java of {@code README.md} and {@code docs/java.md}: each part between two marks. */
public final class TeachAndLabel {
  private TeachAndLabel() {}

  /** Teaches from a folder of photos, saves, and labels one photo. */
  public static void teach(Path photos, Path model, Path photo) {
    // begin
    try (Classifier classifier = Pupil.teach(photos)) {
      classifier.save(model);
      System.out.println("Right on test photos: " + classifier.evaluation().get().accuracy());
      System.out.println(classifier.label(photo).best());
    }
    // end
  }

  /** Opens what was saved, and labels many photos. */
  public static void label(Path model, List<Path> photos) {
    // begin
    try (Classifier classifier = Pupil.open(model)) {
      for (Answer answer : classifier.labelAll(photos.stream()).toList()) {
        System.out.println(
            answer.photo() + ": " + answer.error().orElseGet(() -> answer.best() + ""));
      }
    }
    // end
  }

  /** Opens what was saved, and asks why a photo is labelled as it is. */
  public static void explain(Path model, Path photo) {
    // begin
    try (Classifier classifier = Pupil.open(model)) {
      Explanation why = classifier.explain(photo);
      System.out.println(why.sentence()); // cat 0.62, dog 0.37: undecided; looks most like ...
    }
    // end
  }

  /** Teaches with other settings, and shows how it goes. */
  public static Classifier teachOtherwise(Path photos, TeachingControl control) {
    // begin
    Teaching teaching =
        Pupil.teaching(photos)
            .architecture("mobilenet_0.25_128")
            .howManyTrainingSteps(500)
            .seed(7)
            .control(control) // control.cancel() or control.finishNow(), from any thread
            .listener(
                new TeachingListener() {
                  @Override
                  public void progress(Progress progress) {
                    System.out.println(progress.stage() + " " + progress.done());
                  }
                });
    Classifier classifier = teaching.run();
    // end
    return classifier;
  }

  /** Says that photos are to be distorted. */
  public static Teaching distorted(Path photos) {
    // begin
    Teaching teaching =
        Pupil.teaching(photos)
            .flipLeftRight(true)
            .randomCrop(10)
            .randomColour(20)
            .distortionVariants(4);
    // end
    return teaching;
  }

  /** Puts photos together that are no folder. */
  public static Dataset photosInMemory(Path tom, byte[] bytes, BufferedImage image) {
    // begin
    Dataset dataset =
        Dataset.builder()
            .add("cat", tom) // a Path
            .add("dog", "rex.png", bytes)
            .add("dog", image) // a BufferedImage
            .build();
    // end
    return dataset;
  }
}
