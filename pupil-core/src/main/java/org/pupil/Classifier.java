package org.pupil;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.PupilException;
import org.pupil.evaluation.Evaluation;
import org.pupil.explain.Explainer;
import org.pupil.explain.Explanation;
import org.pupil.explain.TrainingPhotos;
import org.pupil.files.CacheFolder;
import org.pupil.labelling.Labeller;
import org.pupil.labelling.OnnxExport;
import org.pupil.labelling.Overrides;
import org.pupil.model.Model;
import org.pupil.model.ModelDescription;
import org.pupil.model.Provenance;
import org.pupil.network.NetworkEngine;
import org.pupil.run.RunSettings;

/**
 * An image classifier that was trained. {@link Pupil} makes them.
 *
 * <pre>{@code
 * try (Classifier classifier = Pupil.open(Path.of("model"))) {
 *   Answer answer = classifier.label(Path.of("new.jpg"));
 *   System.out.println(answer.best().label() + " of " + classifier.labels());
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads at once: {@code label} works in the thread that calls it, {@link
 * #labelAll} in threads of its own. Both give a photo the same labels, but the last digits of the
 * probabilities may differ. It owns native memory, which {@link #close} frees.
 */
public final class Classifier implements AutoCloseable {
  /** Programs open a classifier for many photos, so it pays off to optimize the network first. */
  private static final int MANY_PHOTOS = 1000;

  /** Photos for each core that are labelled at a time: some batches of the network. */
  private static final int AT_A_TIME = 32;

  private final Model model;
  private final ModelDescription description;
  private final Optional<Evaluation> evaluation;
  private final Optional<String> evaluationText;
  private final NetworkEngine engine;
  private final Labeller labeller;
  private final int threads = Runtime.getRuntime().availableProcessors();

  /** Opened when something is explained for the first time. */
  private @Nullable Explainer explainer;

  /** Labelling holds the read lock, closing the write lock. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  /** Set before waiting for the lock, so that no caller queues behind {@link #close}. */
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param engine runs the model
   * @param evaluation what it reached on its test photos, where that is known
   * @param evaluationText the same as {@code evaluation.json} has it
   */
  Classifier(
      Model model,
      NetworkEngine engine,
      Optional<Evaluation> evaluation,
      Optional<String> evaluationText) {
    this.model = model;
    this.description =
        model
            .description()
            .orElseThrow(
                () ->
                    PupilException.badModel(
                        model.path()
                            + " was not made by Pupil: it does not say what its labels are"));
    this.evaluation = evaluation;
    this.evaluationText = evaluationText;
    this.engine = engine;
    this.labeller = Labeller.open(model, Overrides.NONE, engine, threads, MANY_PHOTOS);
  }

  /** The labels it can give, in the order of the model's outputs. */
  public List<String> labels() {
    return description.labels();
  }

  /**
   * How it was made: from how many photos, on which backbone, and what it reached on test photos.
   */
  public Provenance provenance() {
    return description.provenance();
  }

  /**
   * What it reached on its test photos, label by label; empty if it was opened and not just
   * trained. {@link Provenance#test} has the accuracy in either case.
   */
  public Optional<Evaluation> evaluation() {
    return evaluation;
  }

  /**
   * Labels a photo in a file: JPEG, PNG, GIF, BMP, WebP or TIFF; HEIC, AVIF or JPEG XL where the
   * system has a program that converts it.
   *
   * @throws PupilException (bad input) if it cannot be read or is no image
   * @throws IllegalStateException if the classifier is closed
   */
  public Answer label(Path photo) {
    return label(PhotoSource.file(photo));
  }

  /**
   * Labels a photo from the content of its file.
   *
   * @throws PupilException (bad input) if it is no image
   * @throws IllegalStateException if the classifier is closed
   */
  public Answer label(byte[] photo) {
    return label(PhotoSource.bytes("the photo", photo));
  }

  /**
   * Labels a photo from the content of its file.
   *
   * @param photo read to its end, and not closed
   * @throws PupilException (bad input) if it cannot be read or is no image
   * @throws IllegalStateException if the classifier is closed
   */
  public Answer label(InputStream photo) {
    return label(PhotoSource.stream("the photo", photo));
  }

  /**
   * Labels an image that is in memory. Its answer is that of the same image in a PNG file.
   *
   * @throws PupilException (bad input) if it has too many pixels
   * @throws IllegalStateException if the classifier is closed
   */
  public Answer label(BufferedImage photo) {
    return label(PhotoSource.image("the photo", photo));
  }

  private Answer label(PhotoSource photo) {
    return answer(photo).orThrow();
  }

  /** Reads the photo first: whoever closes the classifier need not wait for a slow stream. */
  private Answer answer(PhotoSource photo) {
    checkOpen();
    try {
      byte[] content = photo.read();
      return whileOpen(() -> Answer.of(labeller.label(photo, content)));
    } catch (IOException e) {
      return new Answer(
          photo.name(), List.of(), Optional.empty(), Optional.of(PhotoSource.reason(e)));
    }
  }

  /**
   * Labels many photos, on all cores.
   *
   * @param photos their files
   * @return an answer for each, in their order; a photo that cannot be read has an error in its
   *     answer. The work is done while the stream is read, some photos at a time, so photos and
   *     answers are never all in memory. Reading on throws {@link IllegalStateException} if the
   *     classifier is closed meanwhile, or if the reading thread is interrupted, which it then
   *     stays
   */
  public Stream<Answer> labelAll(Stream<Path> photos) {
    return labelSources(photos.map(PhotoSource::file));
  }

  /**
   * Labels many photos that need not be files, on all cores.
   *
   * @param photos their names and contents; a content is read once, by another thread
   * @return as {@link #labelAll}
   */
  public Stream<Answer> labelSources(Stream<PhotoSource> photos) {
    Iterator<Answer> answers =
        new Answers(
            photos.map(photo -> Objects.requireNonNull(photo, "photo")).iterator(),
            some -> whileOpen(() -> answers(some)),
            AT_A_TIME * threads);
    int ordered = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(answers, ordered), false)
        .onClose(photos::close);
  }

  private List<Answer> answers(List<PhotoSource> photos) {
    List<Answer> answers = new ArrayList<>(photos.size());
    labeller.label(photos, photo -> answers.add(Answer.of(photo)));
    return answers;
  }

  /**
   * Explains why a photo in a file is labelled as it is: where on it the evidence lies, which
   * training photos are most similar, and what changes when the photo is changed a little. Similar
   * photos are found where the model says that its training photos and their bottlenecks are, as
   * long as they still are there; {@link Explanation#missing} says what could not be had. The first
   * call takes longer: it opens the network once more.
   *
   * @throws PupilException (bad input) if it cannot be read or is no image
   * @throws IllegalStateException if the classifier is closed
   */
  public Explanation explain(Path photo) {
    return explain(PhotoSource.file(photo));
  }

  /**
   * Explains why a photo is labelled as it is, from the content of its file.
   *
   * @throws PupilException (bad input) as {@link #explain(Path)}
   * @throws IllegalStateException if the classifier is closed
   */
  public Explanation explain(byte[] photo) {
    return explain(PhotoSource.bytes("the photo", photo));
  }

  private Explanation explain(PhotoSource photo) {
    Path usual = CacheFolder.ofProcess().path().resolve(RunSettings.BOTTLENECKS_FOLDER);
    try {
      return whileOpen(
          () -> {
            try (TrainingPhotos training =
                TrainingPhotos.find(model, Optional.empty(), Optional.empty(), usual)) {
              return explainer().explain(photo, Explainer.SHOWN, training, Explainer.SIMILAR);
            }
          });
    } catch (IOException e) {
      throw PupilException.badInput(photo.name() + ": " + PhotoSource.reason(e), e);
    }
  }

  private synchronized Explainer explainer() {
    Explainer opened =
        explainer == null ? Explainer.open(model, Overrides.NONE, engine, threads) : explainer;
    explainer = opened;
    return opened;
  }

  /** Something to do with the photos, which may find that one is no image. */
  @FunctionalInterface
  private interface Work<T, E extends Exception> {
    T done() throws E;
  }

  private <T, E extends Exception> T whileOpen(Work<T, E> work) throws E {
    if (!use.readLock().tryLock()) {
      throw closed();
    }
    try {
      checkOpen();
      return work.done();
    } finally {
      use.readLock().unlock();
    }
  }

  private void checkOpen() {
    if (closed.get()) {
      throw closed();
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the classifier is closed");
  }

  /**
   * Saves it: {@code graph.pb}, {@code labels.txt} and, where its scores are known, {@code
   * evaluation.json}. {@link Pupil#open(Path)} and {@code pupil label_image} open what is saved. A
   * classifier can be saved when it is closed, too.
   *
   * @param folder a folder of its own: one that is not there yet, or is empty, or holds a saved
   *     classifier, which is replaced. It appears whole or not at all
   * @throws PupilException (unavailable) if it cannot be written or holds anything else
   */
  public void save(Path folder) {
    SavedFiles.write(folder, model, labels(), evaluationText);
  }

  /**
   * Saves it as an ONNX file for other programs: images [n,3,height,width] in [0, 1] in, {@code
   * probabilities} [n,labels] out, labels and description in the metadata. Before that, ONNX
   * Runtime runs the file on a few images that are made up, and what it says is compared with what
   * the classifier says. A classifier can be saved when it is closed, too.
   *
   * @param file appears whole or not at all; an old one is replaced
   * @throws PupilException (bad model) if the model cannot be converted to ONNX, or gives other
   *     probabilities there; (unavailable) if the file cannot be written; (usage) if its name ends
   *     with {@code .pb}
   */
  public void saveOnnx(Path file) {
    OnnxExport.of(model, Overrides.NONE).write(file, List.of(), engine, threads);
  }

  private synchronized void closeExplainer() {
    if (explainer != null) {
      explainer.close();
    }
  }

  /** Waits for the photos that are being labelled, then frees the native memory. */
  @Override
  public void close() {
    boolean first = closed.compareAndSet(false, true);
    use.writeLock().lock();
    try {
      if (first) {
        labeller.close();
        closeExplainer();
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
