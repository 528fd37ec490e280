package org.pupil;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.DatasetSource;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.model.Model;

/**
 * The front door: trains classifiers, and opens those that were saved.
 *
 * <pre>{@code
 * try (Classifier classifier = Pupil.teach(Path.of("photos"))) {
 *   classifier.save(Path.of("model"));
 * }
 * try (Classifier classifier = Pupil.open(Path.of("model"))) {
 *   System.out.println(classifier.label(Path.of("new.jpg")).best());
 * }
 * }</pre>
 */
public final class Pupil {
  private Pupil() {}

  /**
   * Trains a classifier with the settings of {@code pupil retrain}.
   *
   * @param photos a folder with a folder of photos for each label, named like it
   * @throws PupilException as {@link Teaching#run}
   */
  public static Classifier teach(Path photos) {
    return teaching(photos).run();
  }

  /**
   * Trains a classifier with the settings of {@code pupil retrain}.
   *
   * @param photos labelled photos from anywhere, such as a {@link Dataset}
   * @throws PupilException as {@link Teaching#run}
   */
  public static Classifier teach(DatasetSource photos) {
    return teaching(photos).run();
  }

  /**
   * Prepares a training run, to be given settings and then {@linkplain Teaching#run() run}.
   *
   * @param photos a folder with a folder of photos for each label, named like it
   * @return a training run that has not begun, with the default of each setting
   */
  public static Teaching teaching(Path photos) {
    return Teaching.from(photos);
  }

  /**
   * Prepares a training run, to be given settings and then {@linkplain Teaching#run() run}.
   *
   * @param photos labelled photos from anywhere, such as a {@link Dataset}:
   *     <pre>{@code
   * DatasetBuilder photos = Dataset.builder();
   * photos.add("cat", Path.of("tom.jpg"));
   * photos.add("dog", "rex.png", bytes);
   * Classifier classifier = Pupil.teaching(photos.build()).seed(7).run();
   * }</pre>
   *
   * @return a training run that has not begun, with the default of each setting
   */
  public static Teaching teaching(DatasetSource photos) {
    return Teaching.from(photos);
  }

  /**
   * Opens a classifier.
   *
   * @param model the folder that {@link Classifier#save} or {@code pupil retrain} wrote, or the
   *     {@code .pb} or {@code .onnx} file in it
   * @throws PupilException (bad model) if there is none, it is damaged, or Pupil did not make it
   */
  public static Classifier open(Path model) {
    Objects.requireNonNull(model, "model");
    Path graph = Files.isDirectory(model) ? SavedFiles.graphIn(model) : model;
    if (!Files.exists(graph)) {
      throw PupilException.badModel("there is no model " + graph);
    }
    return new Classifier(
        Model.read(graph), Engines.auto(), Optional.empty(), SavedFiles.evaluationBeside(graph));
  }

  /**
   * Opens a classifier from the content of its {@code .pb} or {@code .onnx} file, such as a
   * resource on the class path:
   *
   * <pre>{@code
   * try (InputStream in = MyProgram.class.getResourceAsStream("graph.pb");
   *     Classifier classifier = Pupil.open(in)) {
   *   System.out.println(classifier.labels());
   * }
   * }</pre>
   *
   * @param model read to its end, and not closed
   * @throws PupilException (bad model) if it cannot be read, is damaged, or Pupil did not make it
   */
  public static Classifier open(InputStream model) {
    Objects.requireNonNull(model, "model");
    return new Classifier(Model.read(model), Engines.auto(), Optional.empty(), Optional.empty());
  }
}
