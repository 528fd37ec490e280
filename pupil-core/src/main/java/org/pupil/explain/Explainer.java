package org.pupil.explain;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pupil.background.Background;
import org.pupil.dataset.PhotoSource;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.Labeller;
import org.pupil.labelling.LabellingGraph;
import org.pupil.labelling.Overrides;
import org.pupil.labelling.Trust;
import org.pupil.model.Model;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkResult;

/** A model that is open and says why it labels a photo as it does. Owns native memory. */
public final class Explainer implements AutoCloseable {
  /** Labels that the heat map shows unless somebody says otherwise. */
  public static final int SHOWN = 3;

  /** Similar photos that are named unless somebody says otherwise. */
  public static final int SIMILAR = 5;

  private static final String NO_HEAT_MAP =
      "no heat map: the features of this model are not the mean of a map, so no place on the photo has a share of its own";
  private static final String NO_SIMILAR = "no similar photos: ";

  private final LabellingGraph model;
  private final Optional<ReadableEnd> end;
  private final PhotoVariants variants;
  private final Background<Network> network;
  private final int threads;

  private Explainer(
      LabellingGraph model,
      Optional<ReadableEnd> end,
      PhotoVariants variants,
      Background<Network> network,
      int threads) {
    this.model = model;
    this.end = end;
    this.variants = variants;
    this.network = network;
    this.threads = threads;
  }

  /**
   * Loads a model. Its network is opened in another thread, while the first photo is decoded.
   *
   * @param overrides what a person says about it, {@link Overrides#NONE} for one that Pupil made
   * @param engine runs the model
   * @param threads how many images of a photo, itself and its changed copies, are computed at a
   *     time, at least 1
   * @throws PupilException as {@link org.pupil.labelling.Labeller#open}, but what the engine has
   *     against the model is thrown by {@link #explain}
   */
  public static Explainer open(Model file, Overrides overrides, NetworkEngine engine, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    LabellingGraph model = LabellingGraph.of(file, overrides);
    Optional<ReadableEnd> end = ReadableEnd.of(model, file.path().toString());
    NetworkGraph graph = end.map(ReadableEnd::network).orElse(model.network());
    Background<Network> network =
        Background.begin(
            "network", () -> engine.open(graph, model.input(), NetworkEngine.Purpose.FEW_PHOTOS));
    try {
      PhotoVariants variants = new PhotoVariants(model.input(), model.alpha());
      return new Explainer(model, end, variants, network, threads);
    } catch (RuntimeException e) {
      close(network);
      throw e;
    }
  }

  /**
   * Explains what the model says of a photo. Safe for use by many threads at once.
   *
   * @param photo read once
   * @param shown how many labels the heat map shows at most, at least 1
   * @param training where similar photos are looked for
   * @param similar how many similar photos to name, at least 0
   * @throws UndecodableImageException if it is no image
   * @throws IOException if it cannot be read
   * @throws PupilException (bad model) if the engine does not accept the model, it has another
   *     number of outputs than labels, or it fails on the image
   */
  public Explanation explain(PhotoSource photo, int shown, TrainingPhotos training, int similar)
      throws IOException {
    PhotoVariants.Images images = images(photo);
    NetworkRuns runs = NetworkRuns.of(network.await(), images, threads);
    NetworkResult result = runs.first();
    float[] vectors = runs.all(LabellingGraph.PROBABILITIES);
    Labeller.checkOutputs(vectors.length, images.count(), model.labels());
    List<LabelProbability> labels = ranked(vectors, 0);
    List<Message> missing = new ArrayList<>();
    Optional<HeatMap> heatMap =
        end.flatMap(found -> found.evidence(result))
            .map(
                evidence ->
                    heatMap(images.picture(), fileName(photo.name()), labels, evidence, shown));
    if (heatMap.isEmpty()) {
      missing.add(Message.of(NO_HEAT_MAP));
    }
    List<SimilarPhoto> found =
        similar == 0 ? List.of() : similar(photo, result, labels, training, similar, missing);
    Optional<Trust> trust = Labeller.trust(model.trust(), result, 0, runs.inFirst(), labels);
    return new Explanation(photo.name(), labels, trust, heatMap, found, changes(vectors), missing);
  }

  /** What is wrong with the model is told rather than what is wrong with a photo. */
  private PhotoVariants.Images images(PhotoSource photo) throws IOException {
    try {
      return variants.of(photo.read());
    } catch (IOException | RuntimeException e) {
      network.await();
      throw e;
    }
  }

  /**
   * Only where the evidence for a photo's likeliest label lies, at the cost of labelling it once.
   * Safe for use by many threads at once.
   *
   * @param longestSide the most rows and columns of the picture of the photo, at least 1
   * @return empty if no place on the photo has a share of its own in the answer
   * @throws IOException if the photo cannot be read, or is no image
   * @throws PupilException (bad model) if the model fails on the image
   */
  public Optional<HeatMap> heatMap(PhotoSource photo, int longestSide) throws IOException {
    if (end.isEmpty()) {
      return Optional.empty();
    }
    PhotoVariants.Images image = variants.unchanged(photo.read(), longestSide);
    NetworkResult result = network.await().run(image.pixels(), image.count());
    float[] probabilities = result.values(LabellingGraph.PROBABILITIES);
    Labeller.checkOutputs(probabilities.length, 1, model.labels());
    return end.get()
        .evidence(result)
        .map(
            evidence ->
                heatMap(
                    image.picture(),
                    fileName(photo.name()),
                    ranked(probabilities, 0),
                    evidence,
                    1));
  }

  private List<SimilarPhoto> similar(
      PhotoSource photo,
      NetworkResult result,
      List<LabelProbability> labels,
      TrainingPhotos training,
      int most,
      List<Message> missing) {
    if (training.missing().isPresent() || end.isEmpty()) {
      Message why =
          training.missing().orElseGet(() -> Message.of("the model's features are not known"));
      missing.add(Message.of(NO_SIMILAR, why));
      return List.of();
    }
    SimilarPhotos search = new SimilarPhotos(training, end.get().layer(), model.labels());
    List<SimilarPhoto> found = search.find(photo, end.get().features(result), labels, most);
    if (found.isEmpty()) {
      missing.add(Message.of(NO_SIMILAR, training.unknown()));
    }
    return found;
  }

  /** The last part of a path; all of another name. */
  private static String fileName(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return last.isEmpty() ? name : last;
  }

  private List<ChangedAnswer> changes(float[] vectors) {
    List<ChangedAnswer> answers = new ArrayList<>();
    int from = 0;
    for (Change change : Change.values()) {
      from += model.labels().size();
      answers.add(new ChangedAnswer(change, ranked(vectors, from)));
    }
    return answers;
  }

  private List<LabelProbability> ranked(float[] vectors, int from) {
    return Labeller.ranked(vectors, from, model.labels());
  }

  private HeatMap heatMap(
      BufferedImage picture,
      String name,
      List<LabelProbability> ranked,
      Evidence evidence,
      int shown) {
    List<HeatMap.Panel> panels = new ArrayList<>();
    // Of two labels the one's map is the other's with the opposite signs.
    boolean areTwo = ranked.size() == 2;
    Optional<String> against = areTwo ? Optional.of(ranked.get(1).label()) : Optional.empty();
    for (LabelProbability label : ranked.subList(0, areTwo ? 1 : Math.min(shown, ranked.size()))) {
      int index = model.labels().names().indexOf(label.label());
      panels.add(
          new HeatMap.Panel(label.label(), label.probability(), against, evidence.of(index)));
    }
    return new HeatMap(picture, name, panels);
  }

  /** Waits for what is being explained, then frees the native memory. */
  @Override
  public void close() {
    close(network);
  }

  private static void close(Background<Network> network) {
    Network opened;
    try {
      opened = network.await();
    } catch (RuntimeException | Error e) {
      return; // there is nothing to close, and whoever awaited the network was told
    }
    opened.close();
  }
}
