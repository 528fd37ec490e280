package org.pupil.finetuning;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.ContentHash;
import org.pupil.dataset.Photo;
import org.pupil.errors.PupilException;
import org.pupil.files.Sha256;
import org.pupil.finetuning.FineTuningWork.Trained;
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
  private final List<Checkpoint> checkpoints = new ArrayList<>();

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
   * The photos of a fine-tuning, none of which is in two of these.
   *
   * @param learned training photos that it learns from before it is judged
   * @param held training photos that are held back until then
   * @param validation photos that it never learns from
   */
  public record Photos(
      List<LabelledPhoto> learned, List<LabelledPhoto> held, List<LabelledPhoto> validation) {
    /** Copies. */
    public Photos {
      learned = List.copyOf(learned);
      held = List.copyOf(held);
      validation = List.copyOf(validation);
    }

    /** Those that decide: first those of the training photos. */
    public List<LabelledPhoto> heldBack() {
      return both(held, validation);
    }

    List<LabelledPhoto> training() {
      return both(learned, held);
    }

    private static List<LabelledPhoto> both(List<LabelledPhoto> one, List<LabelledPhoto> other) {
      List<LabelledPhoto> both = new ArrayList<>(one);
      both.addAll(other);
      return both;
    }
  }

  /**
   * What it came to.
   *
   * @param backbone with its new layers
   * @param cut the layer above which they are
   * @param layer the final layer for it, not calibrated yet
   * @param heldBackLogits what both together said of the photos that were held back, before they
   *     learned from any of these
   * @param comparison with the final layer alone, on these photos
   * @param steps that were made for them
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
   * Trains; and if it is kept, once more, on all training photos.
   *
   * @param photos to learn from and to decide by; at least one of each
   * @param start the final layer that was trained alone, on those learned from
   * @param startOnAll gives the one that was trained alone on all training photos
   * @param before [n][k] logits that {@code start} gives for those that decide, as the backbone was
   * @return empty if not even one epoch fits into the time budget
   * @throws PupilException (unavailable) if the maps do not fit on the disk; (usage) if it is to be
   *     resumed and there is nothing to resume; (diverged) if it came to nothing
   */
  public Optional<Result> run(
      Photos photos,
      FinalLayer start,
      Supplier<FinalLayer> startOnAll,
      float[][] before,
      FineTuningListener listener) {
    long begin = System.nanoTime();
    Views views = views();
    Checkpoint checkpoint = checkpoint(start, photos.learned(), photos.heldBack());
    try (PhotoMaps maps = maps(views, photos, checkpoint)) {
      FineTuningWork work =
          new FineTuningWork(request, around.threads(), photos, maps, views.count(), listener);
      Optional<Trained> judged = work.judged(part, start, checkpoint, begin);
      if (judged.isEmpty()) {
        return Optional.empty();
      }
      Trained trained = judged.get();
      float[][] after = trained.heldBackLogits();
      int[] truth = photos.heldBack().stream().mapToInt(LabelledPhoto::label).toArray();
      HeldOutComparison comparison = HeldOutComparison.of(before, after, truth);
      listener.judged(comparison);
      if (comparison.isBetter() && trained.plan().onAll()) {
        FinalLayer from = startOnAll.get();
        trained =
            work.onAll(
                TrainablePart.of(backbone, request.depth()),
                from,
                checkpoint(from, photos.training(), List.of()),
                trained);
      }
      return Optional.of(result(trained, after, comparison));
    }
  }

  /** Deletes what a training that was stopped would go on from: what came of it is saved. */
  public void forget() {
    checkpoints.forEach(Checkpoint::delete);
  }

  private MapRoom room() {
    return new MapRoom(around.folder(), request.mostBytes());
  }

  /**
   * Whether there can be room for what is kept, asked before any photo is decoded.
   *
   * @param training how many photos there are to learn from in the end
   * @param validation how many only decide
   * @throws PupilException (unavailable) if there is none
   */
  public void checkRoom(int training, int validation) {
    if (request.depth().kind() != FineTuningDepth.Kind.ALL) {
      Views views = views();
      Path file = CutMaps.file(around, backbone, part, views);
      long maps = (long) training * views.count() + validation;
      long bytes = maps * MapFile.recordBytes(part.layers().input());
      long there = file.toFile().length();
      room()
          .check(
              List.of(new MapRoom.Need(file, Math.min(there, bytes), Math.max(0, bytes - there))));
    }
  }

  private Views views() {
    return request.depth().kind() == FineTuningDepth.Kind.ALL
        ? Views.afresh(around.distortions(), request.settings().seed())
        : Views.kept(around.distortions(), request.settings().seed());
  }

  private PhotoMaps maps(Views views, Photos sets, Checkpoint checkpoint) {
    Map<ContentHash, Photo> photos = new LinkedHashMap<>();
    sets.training().forEach(each -> photos.put(each.content(), each.photo()));
    sets.validation().forEach(each -> photos.put(each.content(), each.photo()));
    ImageDecoder decoder = new ImageDecoder(backbone.input(), around.alpha());
    if (request.depth().kind() == FineTuningDepth.Kind.ALL) {
      return new PixelMaps(decoder, views, photos);
    }
    CutMaps maps = CutMaps.open(around, backbone, part, views, photos, onlyJudging(sets));
    try {
      maps.makeRoom(views.count(), room(), List.of(checkpoint.file()));
      return maps;
    } catch (RuntimeException e) {
      maps.close();
      throw e;
    }
  }

  private static Set<ContentHash> onlyJudging(Photos sets) {
    Set<ContentHash> only =
        sets.validation().stream()
            .map(LabelledPhoto::content)
            .collect(Collectors.toCollection(HashSet::new));
    sets.training().forEach(each -> only.remove(each.content())); // a copy may be trained on
    return only;
  }

  /** A short name for something that has a long description. */
  static String name(String of) {
    return Sha256.of(of.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  /** Of the training that begins with a final layer. */
  private Checkpoint checkpoint(
      FinalLayer start, List<LabelledPhoto> learned, List<LabelledPhoto> heldBack) {
    String all =
        String.join(
            "\n",
            backbone.fingerprint(),
            part.cut(),
            views().toString(),
            request.settings().toString(),
            Arrays.toString(start.weights()),
            photos(learned),
            photos(heldBack));
    Checkpoint checkpoint = Checkpoint.in(around.folder(), Long.parseUnsignedLong(name(all), 16));
    checkpoints.add(checkpoint);
    return checkpoint;
  }

  private static String photos(List<LabelledPhoto> photos) {
    return photos.stream().map(each -> each.content() + " " + each.label()).toList().toString();
  }

  private Result result(Trained trained, float[][] heldBackLogits, HeldOutComparison comparison) {
    TrainablePart layers = trained.part();
    return new Result(
        backbone.fineTuned(
            UpperLayersGraph.of(
                layers.backbone(), layers.cut(), layers.layers(), backbone.bottleneckLayer()),
            layers.cut()),
        layers.cut(),
        trained.layer(),
        List.of(heldBackLogits),
        comparison,
        trained.steps());
  }
}
