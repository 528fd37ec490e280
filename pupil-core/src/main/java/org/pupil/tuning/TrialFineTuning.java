package org.pupil.tuning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneRequest;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.finetuning.FineTuning;
import org.pupil.finetuning.FineTuning.LabelledPhoto;
import org.pupil.finetuning.FineTuningDepth;
import org.pupil.finetuning.RepeatedFineTuning;
import org.pupil.finetuning.SharedMaps;
import org.pupil.images.Distortions;
import org.pupil.run.RunSettings;
import org.pupil.training.FinalLayer;
import org.pupil.training.HeldBackPhotos;
import org.pupil.training.HeldOutComparison;
import org.pupil.training.RepeatedFolds;
import org.pupil.training.Trainer;
import org.pupil.training.TrainingData;
import org.pupil.training.TrainingListener;
import org.pupil.training.TrainingResult;
import org.pupil.tuning.CachedTrialPhotos.OfBackbone;

/**
 * The fine-tuning of trials: as that of a training run, but that the photos of a fold are seen by
 * nothing that is trained, and choose nothing. A part of the other photos is held back, and says
 * which epoch is the best, and whether that is better than the final layer alone.
 */
final class TrialFineTuning implements AutoCloseable {
  private record Kind(BackboneRequest backbone, FineTuningDepth depth, Distortions distortions) {
    static Kind of(RunSettings run) {
      return new Kind(run.backbone(), run.fineTuning().depth(), run.distortions());
    }
  }

  private final SharedMaps maps;
  private final long mostBytes;
  private final long seed;
  private final Map<Kind, RepeatedFineTuning> kinds = new HashMap<>();
  private final Map<Kind, PupilException> failures = new LinkedHashMap<>();

  /** A training takes memory for the gradients of all that it trains. */
  private final Semaphore permits;

  /**
   * What came of a fold.
   *
   * @param layer the final layer, calibrated if that is asked for
   * @param bottlenecks [n] of [d]: of the photos that the fold holds out, by the trained layers
   */
  record Tuned(FinalLayer layer, List<float[]> bottlenecks) {}

  /**
   * Looks at the backbones.
   *
   * @param base what all trials have in common
   * @param wanted settings of everything that trials may fine-tune; perhaps none
   * @throws PupilException (usage, or bad model) if a depth is possible with no backbone;
   *     (unavailable) if another process uses the maps
   */
  TrialFineTuning(
      RunSettings base,
      List<RunSettings> wanted,
      SearchPhotos photos,
      Map<BackboneRequest, OfBackbone> made) {
    this.mostBytes = base.fineTuning().mostBytes();
    this.seed = base.training().seed();
    this.permits = new Semaphore(base.threads());
    this.maps =
        new SharedMaps(base.fineTuningDir(), base.alpha(), seed, base.threads(), labelled(photos));
    try {
      for (RunSettings run : wanted) {
        made.get(run.backbone()).backbone().ifPresent(backbone -> add(run, backbone));
      }
      checkDepths();
    } catch (RuntimeException e) {
      maps.close();
      throw e;
    }
  }

  private static List<LabelledPhoto> labelled(SearchPhotos photos) {
    return IntStream.range(0, photos.photos().size())
        .mapToObj(
            i ->
                new LabelledPhoto(
                    photos.photos().get(i),
                    photos.contents().get(i),
                    photos.photos().get(i).label()))
        .toList();
  }

  private void add(RunSettings run, Backbone backbone) {
    try {
      kinds.put(Kind.of(run), maps.add(backbone, run.fineTuning().depth(), run.distortions()));
    } catch (PupilException e) {
      if (e.kind() == PupilException.Kind.UNAVAILABLE) {
        throw e;
      }
      failures.put(Kind.of(run), e);
    }
  }

  /** A layer that some backbones have, others need not have; but one of them. */
  private void checkDepths() {
    failures.forEach(
        (kind, failure) -> {
          if (kinds.keySet().stream().noneMatch(other -> other.depth().equals(kind.depth()))) {
            throw failure;
          }
        });
  }

  /**
   * Sees whether fine-tuning can come to anything, and makes room for the maps that trials begin
   * with.
   *
   * @param data all photos of the search
   * @throws PupilException (bad input) if so few photos are held back that it would never be kept;
   *     (unavailable) if there is no room
   */
  void check(TrainingData data, RepeatedFolds folds) {
    if (kinds.isEmpty()) {
      return;
    }
    int most =
        IntStream.range(0, folds.count())
            .map(fold -> HeldBackPhotos.of(data.only(folds.learnt(fold)), seed).length)
            .max()
            .orElse(0);
    if (most < HeldOutComparison.FEWEST) {
      throw PupilException.badInput(
          Message.of(
              "too few photos to search over fine_tune: within a fold, %d are held back to decide whether to keep the trained layers, and that takes %d: add photos, give more "
                  .formatted(most, HeldOutComparison.FEWEST),
              Setting.FOLDS,
              ", or leave fine_tune out"));
    }
    maps.makeRoom(mostBytes);
  }

  /**
   * Says what the maps take, and computes them.
   *
   * @param isOver whether there is no more time: then maps may stay missing
   */
  void prepare(TuningListener listener, BooleanSupplier isOver) {
    if (!kinds.isEmpty() && !isOver.getAsBoolean()) {
      listener.onFineTuning(maps.cost());
      maps.compute(listener::onMaps, isOver);
    }
  }

  /**
   * Fine-tunes without the photos of a fold.
   *
   * @param run settings of the trial
   * @param data all photos of the search
   * @param learnt those that may be learnt from
   * @param heldOut those that judge
   * @param onWork is called many times a second; what it throws ends the training
   * @return empty if the final layer alone is to be kept
   * @throws PupilException if it cannot be done, or diverged
   */
  Optional<Tuned> run(
      RunSettings run, TrainingData data, int[] learnt, int[] heldOut, Runnable onWork) {
    RepeatedFineTuning tuning = kinds.get(Kind.of(run));
    if (tuning == null) {
      throw failures.get(Kind.of(run));
    }
    TrainingData plain = data.withoutVariants();
    int[] heldBack = heldBack(plain.only(learnt), learnt, seed);
    if (heldBack.length < HeldOutComparison.FEWEST) {
      return Optional.empty();
    }
    int[] training = without(learnt, heldBack);
    TrainingData deciding = plain.only(heldBack);
    FinalLayer start = start(plain.only(training), seed, onWork);
    float[][] before =
        IntStream.range(0, deciding.size())
            .mapToObj(photo -> start.logits(deciding.row(photo)))
            .toArray(float[][]::new);
    permits.acquireUninterruptibly();
    try {
      RepeatedFineTuning.Outcome outcome =
          tuning.run(
              run.fineTuning().settings(),
              start,
              new RepeatedFineTuning.Parts(boxed(training), boxed(heldBack), boxed(heldOut)),
              before,
              onWork);
      return outcome.comparison().isBetter()
          ? Optional.of(new Tuned(layer(outcome, deciding, run), outcome.judged()))
          : Optional.empty();
    } finally {
      permits.release();
    }
  }

  private static int[] heldBack(TrainingData learn, int[] places, long seed) {
    return IntStream.of(HeldBackPhotos.of(learn, seed)).map(i -> places[i]).toArray();
  }

  /** What is left of ascending numbers without some of them. */
  private static int[] without(int[] all, int[] some) {
    List<Integer> left = new ArrayList<>();
    int next = 0;
    for (int each : all) {
      if (next < some.length && some[next] == each) {
        next++;
      } else {
        left.add(each);
      }
    }
    return left.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<Integer> boxed(int[] places) {
    return IntStream.of(places).boxed().toList();
  }

  private static FinalLayer start(TrainingData learn, long seed, Runnable onWork) {
    TrainingListener working =
        new TrainingListener() {
          @Override
          public void onWork() {
            onWork.run();
          }
        };
    return new Trainer(FineTuning.startingWith(seed), 1)
        .train(learn, learn.only(new int[0]), working)
        .layer();
  }

  private static FinalLayer layer(
      RepeatedFineTuning.Outcome outcome, TrainingData deciding, RunSettings run) {
    return TrainingResult.fineTuned(
            outcome.layer(),
            outcome.steps(),
            outcome.heldBackLogits().toArray(float[][]::new),
            IntStream.range(0, deciding.size()).map(deciding::label).toArray(),
            IntStream.range(0, deciding.size()).map(deciding::group).toArray(),
            run.training().calibrate())
        .layer();
  }

  @Override
  public void close() {
    maps.close();
  }
}
