package org.pupil.finetuning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.BottleneckKey;
import org.pupil.bottleneck.ContentHash;
import org.pupil.bottleneck.Precision;
import org.pupil.dataset.Photo;
import org.pupil.errors.PupilException;
import org.pupil.files.Reason;
import org.pupil.files.Sha256;
import org.pupil.files.WholeFile;
import org.pupil.images.Alpha;
import org.pupil.training.FinalLayer;
import org.pupil.training.HeldOutComparison;

/**
 * Fine-tuning: trains the last layers of a backbone together with the final layer, and says whether
 * that is better on photos that were held back.
 *
 * <p>What the layers below give is computed once for each photo and its mirror image, and kept in a
 * folder, so that an epoch does not begin with pixels.
 */
public final class FineTuning {
  private final Request request;
  private final Backbone backbone;
  private final TrainablePart part;

  /**
   * What is asked for.
   *
   * @param depth from which layer on; not {@link FineTuningDepth#NONE}
   * @param folder where maps are kept
   * @param mostBytes what the maps of this backbone may take in it
   * @param resume whether to go on where a training that was ended from outside was
   * @param alpha what becomes of transparent pixels
   */
  public record Request(
      FineTuningDepth depth,
      FineTuningSettings settings,
      Path folder,
      long mostBytes,
      boolean resume,
      Alpha alpha,
      int threads) {}

  /** A photo that is trained on or held back, and the index of its label. */
  public record LabelledPhoto(Photo photo, ContentHash content, int label) {}

  /** Hears of the work. */
  public interface Listener {
    /** What it will take: maps to compute, and bytes that these take on the disk. */
    default void planned(int maps, long bytes) {}

    /** Maps are computed: so many of all. */
    default void mapped(int done, int all) {}

    /** Steps are done: so many of all, if no epoch is saved. */
    default void step(long done, long all) {}

    /** It goes on after an epoch. */
    default void resumed(int epoch) {}

    /** An epoch is done; losses are in nats. */
    default void epoch(
        int epoch, int epochs, double loss, double heldBackLoss, double heldBackAccuracy) {}
  }

  /**
   * What it came to.
   *
   * @param backbone with its new layers
   * @param layer the final layer for it, not calibrated yet
   * @param comparison with the final layer alone, on the photos that were held back
   */
  public record Result(Backbone backbone, FinalLayer layer, HeldOutComparison comparison) {}

  /**
   * Looks at a backbone.
   *
   * @throws PupilException (usage) if it cannot be cut there; (bad model) if it has layers whose
   *     gradient is not known
   */
  public FineTuning(Request request, Backbone backbone) {
    this.request = request;
    this.backbone = backbone;
    this.part =
        request.depth().kind() == FineTuningDepth.Kind.LAST
            ? TrainablePart.of(backbone)
            : TrainablePart.of(backbone, request.depth().layer());
  }

  /** The layer at which the backbone is cut. */
  public String cut() {
    return part.cut();
  }

  /**
   * Trains.
   *
   * @param start the final layer that was trained alone
   * @param training photos to learn from
   * @param heldBack photos that decide, none of which is in {@code training}; at least one
   * @param before [n][k] logits that {@code start} gives for these, as the backbone was
   * @throws PupilException (unavailable) if the maps do not fit; (diverged) if it came to nothing
   */
  public Result run(
      FinalLayer start,
      List<LabelledPhoto> training,
      List<LabelledPhoto> heldBack,
      float[][] before,
      Listener listener) {
    BottleneckKey key = BottleneckKey.of(backbone, request.alpha(), Precision.FLOAT32);
    Path file = request.folder().resolve(name(key.toString() + part.cut()) + ".maps");
    try (MapFile maps = MapFile.open(file, part.layers().input())) {
      compute(maps, training, heldBack, listener);
      TunedPhotos learn = photos(maps, training, MapComputer.VIEWS);
      TunedPhotos held = photos(maps, heldBack, MapComputer.VIEWS);
      try (FineTuner tuner =
          new FineTuner(part.layers(), start, request.settings(), learn, held, request.threads())) {
        train(tuner, start, learn, held, listener);
        return result(tuner, before, heldBack);
      }
    }
  }

  private static String name(String of) {
    return Sha256.of(of.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  private void compute(
      MapFile maps, List<LabelledPhoto> training, List<LabelledPhoto> heldBack, Listener listener) {
    Map<ContentHash, Photo> photos = new LinkedHashMap<>();
    training.forEach(each -> photos.put(each.content(), each.photo()));
    heldBack.forEach(each -> photos.put(each.content(), each.photo()));
    MapComputer computer =
        new MapComputer(backbone, part, request.alpha(), maps, request.threads());
    int missing = computer.missing(photos);
    long bytes = (long) missing * MapFile.recordBytes(maps.shape());
    checkRoom(maps, bytes);
    listener.planned(missing, bytes);
    computer.compute(photos, listener::mapped);
  }

  private void checkRoom(MapFile maps, long bytes) {
    long all = bytes + maps.bytes();
    if (all > request.mostBytes()) {
      throw PupilException.unavailable(
          "fine-tuning needs %d MB for the maps of these photos, and may use %d MB: allow more, or choose a later layer"
              .formatted(all >> 20, request.mostBytes() >> 20));
    }
    try {
      long free = Files.getFileStore(request.folder()).getUsableSpace();
      if (bytes > free) {
        throw PupilException.unavailable(
            "fine-tuning needs %d MB in %s, where %d MB are free"
                .formatted(bytes >> 20, request.folder(), free >> 20));
      }
    } catch (IOException e) {
      throw PupilException.unavailable(
          "cannot see how much room there is in " + request.folder() + ": " + Reason.of(e), e);
    }
  }

  private static TunedPhotos photos(MapFile maps, List<LabelledPhoto> photos, int views) {
    return new TunedPhotos(
        maps,
        photos.stream().map(LabelledPhoto::content).toList(),
        photos.stream().map(LabelledPhoto::label).toList(),
        views);
  }

  private void train(
      FineTuner tuner, FinalLayer start, TunedPhotos learn, TunedPhotos held, Listener listener) {
    long digest = digest(start, learn, held);
    Path checkpoint = request.folder().resolve(Long.toHexString(digest) + ".checkpoint");
    if (request.resume()) {
      TunerState state =
          read(checkpoint)
              .flatMap(bytes -> tuner.read(bytes, digest))
              .orElseThrow(
                  () ->
                      PupilException.usage(
                          "there is no fine-tuning to go on with: its photos or options were others, or it ended; start anew"));
      tuner.restore(state);
      listener.resumed(state.epoch());
    }
    tuner.train(
        new FineTuner.Listener() {
          @Override
          public void step(long done, long all) {
            listener.step(done, all);
          }

          @Override
          public void epoch(FineTuner.Epoch epoch, TunerState state) {
            WholeFile.write(checkpoint, state.toBytes(digest));
            listener.epoch(
                epoch.epoch(),
                request.settings().epochs(),
                epoch.loss(),
                epoch.heldBackLoss(),
                epoch.heldBackAccuracy());
          }
        });
    try {
      Files.deleteIfExists(checkpoint);
    } catch (IOException e) {
      throw PupilException.unavailable("cannot delete " + checkpoint + ": " + Reason.of(e), e);
    }
  }

  private static Optional<byte[]> read(Path checkpoint) {
    try {
      return Files.exists(checkpoint)
          ? Optional.of(Files.readAllBytes(checkpoint))
          : Optional.empty();
    } catch (IOException e) {
      throw PupilException.unavailable("cannot read " + checkpoint + ": " + Reason.of(e), e);
    }
  }

  /** Everything that a training depends on, as a number. */
  private long digest(FinalLayer start, TunedPhotos learn, TunedPhotos held) {
    String text =
        String.join(
            "\n",
            backbone.fingerprint(),
            part.cut(),
            request.settings().toString(),
            Arrays.toString(start.weights()),
            learn.contents() + " " + learn.labels(),
            held.contents() + " " + held.labels());
    return Long.parseUnsignedLong(name(text), 16);
  }

  private Result result(FineTuner tuner, float[][] before, List<LabelledPhoto> heldBack) {
    HeldOutComparison comparison =
        HeldOutComparison.of(
            before,
            tuner.heldBackLogits(),
            heldBack.stream().mapToInt(LabelledPhoto::label).toArray());
    Backbone tuned =
        backbone.fineTuned(
            UpperLayersGraph.of(
                part.backbone(), part.cut(), part.layers(), backbone.bottleneckLayer()));
    return new Result(tuned, tuner.layer(), comparison);
  }
}
