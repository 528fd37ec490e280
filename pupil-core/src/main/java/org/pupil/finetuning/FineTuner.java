package org.pupil.finetuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pupil.chance.Chance;
import org.pupil.errors.PupilException;
import org.pupil.finetuning.TrainingStep.Drawn;
import org.pupil.training.FinalLayer;

/**
 * Trains the upper layers of a backbone together with the final layer, from maps at the cut: epoch
 * after epoch, of which the best on photos that are held back counts.
 */
final class FineTuner implements AutoCloseable {
  /** How often it goes back to the last good epoch when the loss has run away. */
  private static final int MOST_SETBACKS = 2;

  /**
   * A mean loss that is so many times what guessing costs has run away. It begins far below that,
   * with a final layer that has learned, and what is only too bold on hard photos stays below it.
   */
  private static final double RUNAWAY = 10;

  private final FineTuningSettings settings;
  private final TunedPhotos photos;
  private final TunedPhotos heldBack;
  private final Head head;
  private final TrainingStep work;
  private final AdamUpdate update;
  private final List<float[]> gradients = new ArrayList<>();
  private final List<float[]> best = new ArrayList<>();
  private TuningPlan plan;
  private int lastEpoch = Integer.MAX_VALUE;
  private int bestEpoch = -1;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int epoch;
  private double rateFactor = 1;

  /**
   * How an epoch went.
   *
   * @param epoch from 1 on
   * @param loss on training photos, in nats, with smoothed labels
   * @param heldBackLoss cross entropy in nats of photos that are held back; NaN if there are none
   * @param heldBackAccuracy the part of them that are right; NaN if there are none
   * @param isBest whether it is the best so far; without photos that are held back, any is
   */
  record Epoch(
      int epoch, double loss, double heldBackLoss, double heldBackAccuracy, boolean isBest) {}

  /** Hears of the training. */
  interface Listener {
    /** A step is done: so many of all, if all epochs are made. */
    default void step(long done, long all) {}

    /** An epoch is done; {@code state} is what it takes to go on from there. */
    void epoch(Epoch epoch, TunerState state);
  }

  /**
   * @param network changed by the training
   * @param start the final layer to begin with
   * @param heldBack photos that say which epoch is the best, none of which is trained on; if there
   *     are none, it is the last
   */
  FineTuner(
      UpperLayers network,
      FinalLayer start,
      FineTuningSettings settings,
      TunedPhotos photos,
      TunedPhotos heldBack,
      int threads) {
    this.settings = settings;
    this.photos = photos;
    this.plan = new TuningPlan(settings.epochs(), photos.views(), true);
    this.heldBack = heldBack;
    this.head = new Head(start);
    this.work = new TrainingStep(network, head, settings, threads);
    this.update = new AdamUpdate(work.parameters());
    for (Parameter parameter : work.parameters()) {
      gradients.add(new float[parameter.size()]);
      best.add(parameter.values().clone());
    }
  }

  /** How much there is to do. */
  TuningPlan plan() {
    return plan;
  }

  /** Epochs that are done. */
  int epoch() {
    return epoch;
  }

  /** The one whose parameters are in the layers after {@link #train}. */
  int bestEpoch() {
    return bestEpoch;
  }

  /** What the rates are multiplied with. */
  double rateFactor() {
    return rateFactor;
  }

  /** Multiplies the rates with a factor, as after what diverged. */
  void slowDown(double factor) {
    rateFactor *= factor;
  }

  /** Does less than everything. */
  void follow(TuningPlan other) {
    plan = other;
  }

  /** Ends after one of the epochs of the plan, whose rates stay what they are. */
  void endAfter(int epochOfPlan) {
    lastEpoch = epochOfPlan;
  }

  /**
   * How many seconds it takes on this machine to learn from a photo, about.
   *
   * @param tried photos whose maps can be read now; at least one
   */
  double secondsOfPhoto(TunedPhotos tried) {
    return work.secondsOfPhoto(tried, settings.batchSize());
  }

  /** Epochs that there are, unless it ends early. */
  int epochs() {
    return Math.min(plan.epochs(), lastEpoch);
  }

  private long stepsOfEpoch() {
    return (photos.size() + settings.batchSize() - 1L) / settings.batchSize();
  }

  /**
   * Trains to the end, and leaves the parameters of the best epoch in the layers.
   *
   * @throws PupilException (diverged) if the loss ran away time and again
   */
  void train(Listener listener) {
    int setbacks = 0;
    TunerState good = state();
    while (epoch < epochs() && (bestEpoch < 0 || epoch - bestEpoch <= settings.patience())) {
      double loss = epoch(listener);
      Optional<Epoch> told = hasRunAway(loss) ? Optional.empty() : judge(loss);
      if (told.isEmpty()) {
        if (setbacks == MOST_SETBACKS) {
          throw PupilException.diverged(
              "fine-tuning diverged %d times, at last with a learning rate of %s: give a lower one"
                  .formatted(setbacks + 1, settings.learningRate() * rateFactor));
        }
        setbacks++;
        double slower = rateFactor / 2;
        restore(good);
        rateFactor = slower;
        continue;
      }
      good = state();
      listener.epoch(told.get(), good);
    }
    useBest();
  }

  private boolean hasRunAway(double loss) {
    return !(loss <= RUNAWAY * Math.log(Math.max(2, head.labels())));
  }

  /** The mean loss; infinite if it ran away before the end. */
  private double epoch(Listener listener) {
    List<Drawn> order = order();
    double total = 0;
    long all = stepsOfEpoch() * plan.epochs();
    for (int from = 0; from < order.size(); from += settings.batchSize()) {
      List<Drawn> batch = order.subList(from, Math.min(order.size(), from + settings.batchSize()));
      long step = update.steps();
      total += work.gradients(photos, batch, step, gradients);
      if (hasRunAway(total / order.size())) { // what is still to come can only add to it
        return Double.POSITIVE_INFINITY;
      }
      update.step(gradients, rateFactor * settings.rate(step, all), settings.averaging(), work);
      listener.step(step + 1, stepsOfEpoch() * epochs());
    }
    return total / order.size();
  }

  /** Each photo once, in the next of its views, in another order in each epoch. */
  private List<Drawn> order() {
    List<Drawn> order = new ArrayList<>();
    for (int photo = 0; photo < photos.size(); photo++) {
      int first = new Chance(settings.seed(), Chance.Purpose.VIEWS, photo).below(plan.views());
      order.add(new Drawn(photo, (first + epoch) % plan.views()));
    }
    Chance chance = new Chance(settings.seed(), Chance.Purpose.PHOTO_ORDER, epoch);
    for (int i = order.size() - 1; i > 0; i--) {
      int j = chance.below(i + 1);
      Drawn other = order.get(j);
      order.set(j, order.get(i));
      order.set(i, other);
    }
    return order;
  }

  /**
   * Ends an epoch: how good the averaged parameters are on the photos that are held back.
   *
   * @return empty if these have run away
   */
  private Optional<Epoch> judge(double loss) {
    update.swapAverages();
    float[][] logits = work.logits(heldBack);
    SmoothedLoss plain = new SmoothedLoss(0);
    double total = 0;
    int right = 0;
    for (int i = 0; i < logits.length; i++) {
      total += plain.of(logits[i], heldBack.label(i), 0, new float[logits[i].length]);
      right += Head.mostLikely(logits[i]) == heldBack.label(i) ? 1 : 0;
    }
    double mean = total / logits.length;
    if (logits.length > 0 && hasRunAway(mean)) {
      return Optional.empty();
    }
    epoch++;
    boolean isBest = logits.length == 0 || mean < bestLoss;
    if (isBest) {
      bestLoss = mean;
      bestEpoch = epoch;
      for (int p = 0; p < best.size(); p++) {
        best.set(p, work.parameters().get(p).values().clone());
      }
    }
    update.swapAverages();
    return Optional.of(new Epoch(epoch, loss, mean, (double) right / logits.length, isBest));
  }

  private void useBest() {
    for (int p = 0; p < best.size(); p++) {
      Parameter parameter = work.parameters().get(p);
      System.arraycopy(best.get(p), 0, parameter.values(), 0, parameter.size());
      parameter.publish();
    }
  }

  private List<float[]> arrays() {
    List<float[]> arrays = new ArrayList<>(update.state());
    arrays.addAll(best);
    return arrays;
  }

  private TunerState state() {
    return new TunerState(plan, epoch, update.steps(), rateFactor, bestEpoch, bestLoss, arrays());
  }

  /** Goes on after the epoch of a state. */
  void restore(TunerState state) {
    plan = state.plan();
    epoch = state.epoch();
    rateFactor = state.rateFactor();
    bestEpoch = state.best();
    bestLoss = state.bestLoss();
    update.setSteps(state.steps());
    List<float[]> mine = arrays();
    for (int i = 0; i < mine.size(); i++) {
      System.arraycopy(state.arrays().get(i), 0, mine.get(i), 0, mine.get(i).length);
    }
    update.publish();
  }

  /** The state that bytes hold; empty if they are damaged, or of another training. */
  Optional<TunerState> read(byte[] bytes, long settingsDigest) {
    int[] lengths = arrays().stream().mapToInt(array -> array.length).toArray();
    return TunerState.fromBytes(bytes, settingsDigest, lengths);
  }

  /** The logits of the photos that are held back, as the layers are now. */
  float[][] heldBackLogits() {
    return work.logits(heldBack);
  }

  /** The bottlenecks of any photos, as the layers are now. */
  float[][] bottlenecks(TunedPhotos any) {
    return work.bottlenecks(any);
  }

  /** Steps that were made. */
  int steps() {
    return (int) update.steps();
  }

  /** The final layer as it is now. */
  FinalLayer layer() {
    return head.layer();
  }

  @Override
  public void close() {
    work.close();
  }
}
