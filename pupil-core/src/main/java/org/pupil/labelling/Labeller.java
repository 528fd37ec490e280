package org.pupil.labelling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupil.background.Background;
import org.pupil.dataset.Labels;
import org.pupil.dataset.PhotoSource;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.errors.PupilException;
import org.pupil.images.ImageDecoder;
import org.pupil.model.Model;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkResult;
import org.pupil.network.PhotoPipeline;

/** A model that is open and labels photos. Owns native memory. */
public final class Labeller implements AutoCloseable {
  /** From so many photos on it pays to rewrite the graph before it runs. */
  private static final int MANY_PHOTOS = 64;

  private final Labels labels;
  private final ImageDecoder decoder;
  private final Network network;
  private final Optional<TrustRule> trust;
  private final int threads;

  private Labeller(LabellingGraph model, ImageDecoder decoder, Network network, int threads) {
    this.labels = model.labels();
    this.trust = model.trust();
    this.decoder = decoder;
    this.network = network;
    this.threads = threads;
  }

  /**
   * Loads a model.
   *
   * @param overrides what a person says about it, {@link Overrides#NONE} for one that Pupil made
   * @param engine runs the model
   * @param threads how many photos are worked on at a time, at least 1
   * @param expectedPhotos about how many photos will come: for few the model starts quickly, for
   *     many it runs faster
   * @throws PupilException (usage) if the overrides say an impossible size or scaling; (bad model)
   *     if the graph has no such layers, does not hang together or has operations that may do more
   *     than compute, no labels are known, the engine does not accept the graph, its layers do not
   *     take images and give numbers, or it is plain that it has another number of outputs than
   *     there are labels
   */
  public static Labeller open(
      Model model, Overrides overrides, NetworkEngine engine, int threads, int expectedPhotos) {
    return open(LabellingGraph.of(model, overrides), engine, threads, expectedPhotos);
  }

  static Labeller open(
      LabellingGraph model, NetworkEngine engine, int threads, int expectedPhotos) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    // Both take their time to be made ready, so each has a core.
    Background<ImageDecoder> decoder =
        Background.begin("decoder", () -> new ImageDecoder(model.input(), model.alpha()));
    Network network = network(model, engine, expectedPhotos);
    try {
      network.outputs().get(0).size().ifPresent(size -> checkOutputs(size, 1, model.labels()));
      model.trust().ifPresent(rule -> checkFeatures(rule, network));
      return new Labeller(model, decoder.await(), network, threads);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** An engine that does not know the number before it runs lets the first run fail. */
  private static void checkFeatures(TrustRule rule, Network network) {
    int own = rule.familiarity().photos().dimension();
    int found = network.outputs().get(1).size().orElse(own);
    if (found != own) {
      throw features(own, found);
    }
  }

  private static PupilException features(int own, int found) {
    return PupilException.badModel(
        "the model gives %d features of a photo, but those that it keeps of its training photos have"
                .formatted(found)
            + " %d: train it again".formatted(own));
  }

  private static Network network(LabellingGraph model, NetworkEngine engine, int expectedPhotos) {
    return engine.open(
        model.network(),
        model.input(),
        expectedPhotos < MANY_PHOTOS
            ? NetworkEngine.Purpose.FEW_PHOTOS
            : NetworkEngine.Purpose.MANY_PHOTOS);
  }

  /** Whether its answers say how far they can be trusted. */
  public boolean knowsTrust() {
    return trust.isPresent();
  }

  /** The labels that it knows, in the order of the model's outputs. */
  public Labels labels() {
    return labels;
  }

  /**
   * Labels photos.
   *
   * @param consumer receives the answers in the order of the photos, each as soon as it and those
   *     before it are there; it is called by one thread at a time
   * @throws PupilException (bad model) if the model has another number of outputs than labels, or
   *     fails on the images
   * @throws RuntimeException what the consumer threw; it is then not called again
   */
  public void label(List<PhotoSource> photos, Consumer<LabelledPhoto> consumer) {
    InOrder answers = new InOrder(photos.size(), consumer);
    new PhotoPipeline<Integer>(decoder, network, threads)
        .run(
            IntStream.range(0, photos.size()).boxed().toList(),
            index -> photos.get(index).read(),
            new PhotoPipeline.Visitor<>() {
              @Override
              public void computed(List<Integer> batch, NetworkResult result) {
                List<LabelledPhoto> labelled =
                    labelled(batch.stream().map(photos::get).toList(), result);
                for (int i = 0; i < labelled.size(); i++) {
                  answers.give(batch.get(i), labelled.get(i));
                }
              }

              @Override
              public void failed(Integer index, String reason) {
                answers.give(
                    index,
                    new LabelledPhoto(
                        photos.get(index), List.of(), Optional.empty(), Optional.of(reason)));
              }
            });
  }

  /**
   * Labels one photo in the calling thread. Safe for use by many threads at once.
   *
   * @param photo the photo
   * @param content the whole content of its file
   * @return its labels; never an error
   * @throws UndecodableImageException if it is no image
   * @throws PupilException (bad model) as {@link #label(List, Consumer)}
   */
  public LabelledPhoto label(PhotoSource photo, byte[] content) throws UndecodableImageException {
    return labelled(List.of(photo), network.run(decoder.decode(content), 1)).get(0);
  }

  /** What a run says of its photos. */
  private List<LabelledPhoto> labelled(List<PhotoSource> photos, NetworkResult result) {
    float[] vectors = result.values(LabellingGraph.PROBABILITIES);
    checkOutputs(vectors.length, photos.size(), labels);
    List<LabelledPhoto> labelled = new ArrayList<>(photos.size());
    for (int i = 0; i < photos.size(); i++) {
      List<LabelProbability> ranked = ranked(vectors, i * labels.size(), labels);
      Optional<Trust> own = trust(trust, result, i, photos.size(), ranked);
      labelled.add(new LabelledPhoto(photos.get(i), ranked, own, Optional.empty()));
    }
    return labelled;
  }

  /**
   * Checks that there is a name for each output.
   *
   * @throws PupilException (bad model) if labels and model do not fit
   */
  public static void checkOutputs(int values, int photos, Labels labels) {
    if (values != photos * (long) labels.size()) {
      throw PupilException.badModel(
          "the model has "
              + values / photos
              + " outputs, but there are "
              + labels.size()
              + " labels: give the labels file that was written with the graph");
    }
  }

  /**
   * Labels with their probabilities, ranked as in {@link LabelledPhoto}.
   *
   * @param vectors of which the probabilities from {@code from} on are taken, one for each label
   */
  public static List<LabelProbability> ranked(float[] vectors, int from, Labels labels) {
    List<LabelProbability> ranked = new ArrayList<>(labels.size());
    for (int i = labels.size() - 1; i >= 0; i--) {
      ranked.add(new LabelProbability(labels.name(i), vectors[from + i]));
    }
    ranked.sort(Comparator.comparingDouble(LabelProbability::probability).reversed());
    return Collections.unmodifiableList(ranked);
  }

  /**
   * How far an answer can be trusted.
   *
   * @param rule of the model, if it has one
   * @param result of {@code photos} photos, with their {@value LabellingGraph#FEATURES}
   * @param photo which of them
   * @param ranked its labels, as {@link #ranked} gives them
   * @return empty if the model has no rule
   * @throws PupilException (bad model) if rule and network do not fit
   */
  public static Optional<Trust> trust(
      Optional<TrustRule> rule,
      NetworkResult result,
      int photo,
      int photos,
      List<LabelProbability> ranked) {
    if (rule.isEmpty()) {
      return Optional.empty();
    }
    int dimension = rule.get().familiarity().photos().dimension();
    float[] features = result.values(LabellingGraph.FEATURES);
    if (features.length != photos * (long) dimension) {
      throw features(dimension, features.length / photos);
    }
    return Optional.of(rule.get().of(features, photo * dimension, ranked));
  }

  @Override
  public void close() {
    network.close();
  }

  /** Holds answers back until those before them are there. */
  private static final class InOrder {
    private final Consumer<LabelledPhoto> consumer;
    private final @Nullable LabelledPhoto[] waiting;
    private int next;
    private boolean refused;

    InOrder(int photos, Consumer<LabelledPhoto> consumer) {
      this.consumer = consumer;
      this.waiting = new LabelledPhoto[photos];
    }

    synchronized void give(int index, LabelledPhoto labelled) {
      waiting[index] = labelled;
      while (!refused && next < waiting.length && waiting[next] != null) {
        refused = true; // unless it returns
        consumer.accept(waiting[next]);
        refused = false;
        waiting[next] = null;
        next++;
      }
    }
  }
}
