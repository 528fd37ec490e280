package org.pupil.finetuning;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.ContentHash;
import org.pupil.dataset.Photo;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.Sha256;
import org.pupil.images.Alpha;
import org.pupil.images.Distortions;
import org.pupil.images.ImageDecoder;
import org.pupil.training.FinalLayer;
import org.pupil.training.HeldOutComparison;
import org.pupil.training.TrainingSettings;

/**
 * Fine-tuning: trains the last layers of a backbone together with the final layer, and says whether
 * that is better on photos that were held back.
 *
 * <p>What the layers below give is computed once for each view of a photo, and kept in a folder, so
 * that an epoch does not begin with pixels; unless all layers are trained.
 */
public final class FineTuning {
  private final FineTuningRequest request;
  private final Surroundings around;
  private final Backbone backbone;
  private final TrainablePart part;

  /**
   * What is the same for everything that is made of the photos.
   *
   * @param folder where maps and checkpoints are kept
   * @param alpha what becomes of transparent pixels
   * @param distortions of which training photos are seen too
   * @param threads how many cores to keep busy, at least 1
   */
  public record Surroundings(Path folder, Alpha alpha, Distortions distortions, int threads) {}

  /** A photo that is trained on or held back, and the index of its label. */
  public record LabelledPhoto(Photo photo, ContentHash content, int label) {}

  /**
   * What it will take.
   *
   * @param cut the layer above which all layers are trained
   * @param photos that are trained on
   * @param heldBack photos that decide
   * @param maps to compute
   * @param bytes on the disk that these take
   * @param epochs that are planned
   * @param askedEpochs that were asked for; more than planned if they do not fit into the time
   * @param views of each photo that are planned
   * @param askedViews likewise
   * @param time about how long all of this takes
   */
  public record Cost(
      String cut,
      int photos,
      int heldBack,
      int maps,
      long bytes,
      int epochs,
      int askedEpochs,
      int views,
      int askedViews,
      Duration time) {}

  /**
   * How an epoch went.
   *
   * @param number from 1 on
   * @param epochs that there are at most
   * @param loss mean loss of the training photos, in nats
   * @param heldBackLoss mean cross entropy of the photos that are held back, in nats
   * @param heldBackAccuracy the part of them that are right
   * @param isBest whether it is the best so far
   */
  public record EpochResult(
      int number,
      int epochs,
      double loss,
      double heldBackLoss,
      double heldBackAccuracy,
      boolean isBest) {}

  /** Hears of the work, in one thread at a time. */
  public interface Listener {
    /** Hears nothing. */
    Listener NONE = new Listener() {};

    /** It is being found out what it will take. */
    default void probing() {}

    /** It begins. */
    default void planned(Cost cost) {}

    /** Not even one epoch fits into the time budget: it does not begin. */
    default void doesNotFit(Duration needed) {}

    /** Maps are computed: so many of all. */
    default void mapped(int done, int all) {}

    /** It goes on after an epoch. */
    default void resumed(int epoch) {}

    /** Steps are done: so many of all, if no epoch is saved. */
    default void step(long done, long all) {}

    /** An epoch is done. */
    default void epoch(EpochResult result) {}

    /** It ends before the last epoch, since none has been better for a while. */
    default void endedEarly(int afterEpoch) {}
  }

  /**
   * What it came to.
   *
   * @param backbone with its new layers
   * @param cut the layer above which they are
   * @param layer the final layer for it, not calibrated yet
   * @param heldBackLogits what both together say of the photos that were held back
   * @param comparison with the final layer alone, on these photos
   * @param steps that were made
   */
  public record Result(
      Backbone backbone,
      String cut,
      FinalLayer layer,
      List<float[]> heldBackLogits,
      HeldOutComparison comparison,
      int steps) {}

  /**
   * Looks at a backbone.
   *
   * @throws PupilException (usage) if it cannot be cut there; (bad model) if it has layers whose
   *     gradient is not known
   */
  public FineTuning(FineTuningRequest request, Surroundings around, Backbone backbone) {
    this.request = request;
    this.around = around;
    this.backbone = backbone;
    this.part = TrainablePart.of(backbone, request.depth());
  }

  /**
   * How to train the final layer to begin with: too weak a penalty would ruin the layers below, so
   * it is chosen by cross-validation.
   */
  public static TrainingSettings startingWith(long seed) {
    return TrainingSettings.DEFAULTS.withSeed(seed).withCalibrate(false);
  }

  /**
   * Trains.
   *
   * @param start the final layer that was trained alone, on {@code training}
   * @param training photos to learn from
   * @param heldBack photos that decide, none of which is in {@code training}; at least one
   * @param before [n][k] logits that {@code start} gives for these, as the backbone was
   * @return empty if not even one epoch fits into the time budget
   * @throws PupilException (unavailable) if the maps do not fit on the disk; (usage) if it is to be
   *     resumed and there is nothing to resume; (diverged) if it came to nothing
   */
  public Optional<Result> run(
      FinalLayer start,
      List<LabelledPhoto> training,
      List<LabelledPhoto> heldBack,
      float[][] before,
      Listener listener) {
    long begin = System.nanoTime();
    Views views = views();
    try (PhotoMaps maps = maps(views, training, heldBack);
        FineTuner tuner =
            new FineTuner(
                part.layers(),
                start,
                request.settings(),
                tuned(maps, training, views.count()),
                tuned(maps, heldBack, views.count()),
                around.threads())) {
      Checkpoint checkpoint = Checkpoint.in(around.folder(), digest(start, training, heldBack));
      Optional<TunerState> earlier =
          request.resume() ? Optional.of(earlier(checkpoint, tuner)) : Optional.empty();
      earlier.ifPresent(tuner::restore);
      FineTuningWork work = new FineTuningWork(part.cut(), maps, tuner, checkpoint, listener);
      if (!work.plan(
          begin,
          earlier.isEmpty() ? request.timeBudget() : Optional.empty(),
          tuned(maps, training, 1),
          heldBack.size())) {
        return Optional.empty();
      }
      earlier.ifPresent(state -> listener.resumed(state.epoch()));
      work.train();
      return Optional.of(result(tuner, before, heldBack));
    }
  }

  private Views views() {
    return request.depth().kind() == FineTuningDepth.Kind.ALL
        ? Views.afresh(around.distortions(), request.settings().seed())
        : Views.kept(around.distortions(), request.settings().seed());
  }

  private PhotoMaps maps(Views views, List<LabelledPhoto> training, List<LabelledPhoto> heldBack) {
    Map<ContentHash, Photo> photos = new LinkedHashMap<>();
    training.forEach(each -> photos.put(each.content(), each.photo()));
    heldBack.forEach(each -> photos.put(each.content(), each.photo()));
    ImageDecoder decoder = new ImageDecoder(backbone.input(), around.alpha());
    if (request.depth().kind() == FineTuningDepth.Kind.ALL) {
      return new PixelMaps(decoder, views, photos);
    }
    CutMaps maps =
        CutMaps.open(around, backbone, part, views, photos, onlyHeldBack(training, heldBack));
    try {
      maps.makeRoom(views.count(), request.mostBytes());
      return maps;
    } catch (RuntimeException e) {
      maps.close();
      throw e;
    }
  }

  private static Set<ContentHash> onlyHeldBack(
      List<LabelledPhoto> training, List<LabelledPhoto> heldBack) {
    Set<ContentHash> only =
        heldBack.stream()
            .map(LabelledPhoto::content)
            .collect(Collectors.toCollection(HashSet::new));
    training.forEach(each -> only.remove(each.content())); // a copy may be trained on
    return only;
  }

  /** A short name for something that has a long description. */
  static String name(String of) {
    return Sha256.of(of.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  private static TunedPhotos tuned(PhotoMaps maps, List<LabelledPhoto> photos, int views) {
    return new TunedPhotos(
        maps,
        photos.stream().map(LabelledPhoto::content).toList(),
        photos.stream().map(LabelledPhoto::label).toList(),
        views);
  }

  private static TunerState earlier(Checkpoint checkpoint, FineTuner tuner) {
    return checkpoint
        .read(tuner)
        .orElseThrow(
            () ->
                PupilException.usage(
                    Message.of(
                        "there is no fine-tuning to go on with: it had other photos or options, or came to its end; leave out ",
                        Setting.RESUME)));
  }

  /** Everything that a training depends on, as a number. */
  private long digest(
      FinalLayer start, List<LabelledPhoto> training, List<LabelledPhoto> heldBack) {
    String text =
        String.join(
            "\n",
            backbone.fingerprint(),
            part.cut(),
            views().toString(),
            request.settings().toString(),
            Arrays.toString(start.weights()),
            photos(training),
            photos(heldBack));
    return Long.parseUnsignedLong(name(text), 16);
  }

  private static String photos(List<LabelledPhoto> photos) {
    return photos.stream().map(each -> each.content() + " " + each.label()).toList().toString();
  }

  private Result result(FineTuner tuner, float[][] before, List<LabelledPhoto> heldBack) {
    float[][] after = tuner.heldBackLogits();
    int[] truth = heldBack.stream().mapToInt(LabelledPhoto::label).toArray();
    Backbone tuned =
        backbone.fineTuned(
            UpperLayersGraph.of(
                part.backbone(), part.cut(), part.layers(), backbone.bottleneckLayer()),
            part.cut());
    return new Result(
        tuned,
        part.cut(),
        tuner.layer(),
        List.of(after),
        HeldOutComparison.of(before, after, truth),
        tuner.steps());
  }
}
