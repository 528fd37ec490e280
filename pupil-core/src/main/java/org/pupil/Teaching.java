package org.pupil;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.pupil.bottleneck.Precision;
import org.pupil.dataset.DatasetFolder;
import org.pupil.dataset.DatasetSource;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.SplitRule;
import org.pupil.engine.EngineName;
import org.pupil.engine.Engines;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.images.Alpha;
import org.pupil.images.PerChannel;
import org.pupil.model.Model;
import org.pupil.run.QuietRun;
import org.pupil.run.RunListener;
import org.pupil.run.RunSettings;
import org.pupil.run.TrainingRun;
import org.pupil.training.Optimizer;
import org.pupil.training.TrainingResult.Divergence;

/**
 * A training run that has not begun: what it learns from, and its settings. {@link Pupil#teaching}
 * makes one.
 *
 * <pre>{@code
 * Classifier classifier =
 *     Pupil.teaching(Path.of("photos")).architecture("mobilenet_0.25_224").seed(7).run();
 * }</pre>
 *
 * <p>Immutable: each method returns a new one with one more setting. The names are those of the
 * flags of {@code pupil retrain}, which {@code docs/cli/retrain.md} explains. All settings are
 * checked by {@link #run}, together and before any work; the message of what it throws then names
 * the setting and its value: {@code learningRate must be positive, was -0.1}.
 */
public final class Teaching {
  private final TeachingSettings settings;
  private final TeachingListener listener;
  private final Optional<TeachingControl> control;

  private Teaching(
      TeachingSettings settings, TeachingListener listener, Optional<TeachingControl> control) {
    this.settings = settings;
    this.listener = listener;
    this.control = control;
  }

  static Teaching from(Path photos) {
    Objects.requireNonNull(photos, "photos");
    return from(new DatasetFolder(photos.toString(), LabelRule.FOLDER));
  }

  static Teaching from(DatasetSource photos) {
    Objects.requireNonNull(photos, "photos");
    return new Teaching(
        new TeachingSettings(photos, Map.of()), TeachingListener.NONE, Optional.empty());
  }

  private Teaching with(Setting setting, Object value) {
    Objects.requireNonNull(value, setting::toString);
    return new Teaching(settings.with(setting, value), listener, control);
  }

  /**
   * Trains.
   *
   * @return the classifier; the caller closes it
   * @throws PupilException (usage) if a setting makes no sense; (bad input) if the photos cannot be
   *     used; (bad model) if the backbone cannot; (unavailable) if something is not there, such as
   *     the network; (diverged) if the learning rate is so high that training diverged
   * @throws CancellationException if it was cancelled by {@link TeachingControl#cancel}, or the
   *     calling thread was interrupted; the thread then stays marked as interrupted
   */
  public Classifier run() {
    RunSettings all = settings.all();
    TeachingControl ofThisRun = control.orElseGet(TeachingControl::new);
    RunListener report = new TeachingReport(listener, ofThisRun, Clock.systemUTC());
    return settings.has(Setting.FOLDER)
        ? kept(all, ofThisRun, report)
        : quiet(all, ofThisRun, report);
  }

  private static Classifier quiet(RunSettings all, TeachingControl control, RunListener report) {
    QuietRun run = new QuietRun(all, Clock.systemUTC(), System.getenv(), report);
    QuietRun.Result done = TeachingWork.await(control, run::run);
    done.result().divergence().ifPresent(Teaching::diverged);
    return new Classifier(
        done.model(),
        Engines.named(all.engine()),
        Optional.of(done.test()),
        Optional.of(done.evaluationText()));
  }

  private static Classifier kept(RunSettings all, TeachingControl control, RunListener report) {
    TrainingRun run = new TrainingRun(all, Clock.systemUTC(), System.getenv(), report);
    try {
      var done = TeachingWork.await(control, run::run);
      done.divergence().ifPresent(Teaching::diverged);
      Model model = Model.read(done.outputs().graph());
      return new Classifier(
          model,
          Engines.named(all.engine()),
          Optional.of(done.test()),
          SavedFiles.evaluationBeside(done.outputs().graph()));
    } catch (CancellationException e) {
      run.stopped(); // for a board that shows the run
      throw e;
    }
  }

  private static void diverged(Divergence divergence) {
    throw PupilException.diverged(
        Message.of(
            "training diverged at step %d (cross entropy %s): lower "
                .formatted(divergence.step(), divergence.crossEntropy()),
            Setting.LEARNING_RATE));
  }

  /** Hears how the run goes. Default: nobody does. */
  public Teaching listener(TeachingListener value) {
    return new Teaching(settings, Objects.requireNonNull(value, "listener"), control);
  }

  /** What can cancel the run, or end it early. It serves for one run. */
  public Teaching control(TeachingControl value) {
    return new Teaching(settings, listener, Optional.of(Objects.requireNonNull(value, "control")));
  }

  /**
   * Whether a photo that cannot be read ends the run, rather than being left out. Default: false.
   */
  public Teaching strict(boolean value) {
    return with(Setting.STRICT, value);
  }

  /**
   * How a folder's name becomes a label; not for a {@link org.pupil.dataset.Dataset}, which has its
   * labels. Default: as it is; {@link LabelRule#RETRAIN} with {@link SplitRule#RETRAIN}.
   */
  public Teaching labelRule(LabelRule value) {
    return with(Setting.LABEL_RULE, value);
  }

  /** Percentage of the photos held back to test the classifier, 0 to 99. Default: 10. */
  public Teaching testingPercentage(int value) {
    return with(Setting.TESTING_PERCENTAGE, value);
  }

  /** Percentage of the photos held back to check it while it trains, 0 to 99. Default: 10. */
  public Teaching validationPercentage(int value) {
    return with(Setting.VALIDATION_PERCENTAGE, value);
  }

  /** How photos are divided into these sets. Default: {@link SplitRule#STRATIFIED}. */
  public Teaching splitRule(SplitRule value) {
    return with(Setting.SPLIT_RULE, value);
  }

  /** A different number gives a different split. Default: 0. */
  public Teaching splitSeed(long value) {
    return with(Setting.SPLIT_SEED, value);
  }

  /**
   * Whether photos that are nearly the same stay together in one set. Default: true, but with
   * {@link SplitRule#RETRAIN}, which goes by names alone.
   */
  public Teaching groupNearDuplicates(boolean value) {
    return with(Setting.GROUP_NEAR_DUPLICATES, value);
  }

  /**
   * The backbone: a name such as {@code mobilenet_0.25_224}, or the path of a frozen graph or a
   * SavedModel. Default: {@code efficientnet_lite0_288}.
   */
  public Teaching architecture(String value) {
    return with(Setting.ARCHITECTURE, value);
  }

  /** A backbone from TensorFlow Hub instead: its address, or the path of its folder or archive. */
  public Teaching tfhubModule(String value) {
    return with(Setting.TFHUB_MODULE, value);
  }

  /**
   * Where downloaded backbones are kept. Default: in {@link #folder}, else in Pupil's cache folder.
   */
  public Teaching modelDir(Path value) {
    return with(Setting.MODEL_DIR, value);
  }

  /** Where backbones are downloaded from, rather than from Google's servers. */
  public Teaching downloadMirror(URI value) {
    return with(Setting.DOWNLOAD_MIRROR, value);
  }

  /** The node that gives the bottleneck. Default: the backbone's pooled features. */
  public Teaching bottleneckLayer(String value) {
    return with(Setting.BOTTLENECK_LAYER, value);
  }

  /** The node that takes images. Default: the backbone's own. */
  public Teaching inputLayer(String value) {
    return with(Setting.INPUT_LAYER, value);
  }

  /** Rows of the images, 1 to 4096. Default: the backbone's own. */
  public Teaching inputHeight(int value) {
    return with(Setting.INPUT_HEIGHT, value);
  }

  /** Columns of the images, 1 to 4096. Default: the backbone's own. */
  public Teaching inputWidth(int value) {
    return with(Setting.INPUT_WIDTH, value);
  }

  /** Channel value, 0 to 255, that is fed as 0. Default: the backbone's own. */
  public Teaching inputMean(float value) {
    return with(Setting.INPUT_MEAN, PerChannel.of(value));
  }

  /** Values of red, green and blue, 0 to 255, that are fed as 0. */
  public Teaching inputMean(float red, float green, float blue) {
    return with(Setting.INPUT_MEAN, new PerChannel(red, green, blue));
  }

  /** Divisor of channel values after that. Default: the backbone's own. */
  public Teaching inputStd(float value) {
    return with(Setting.INPUT_STD, PerChannel.of(value));
  }

  /** Divisors of red, green and blue after that. */
  public Teaching inputStd(float red, float green, float blue) {
    return with(Setting.INPUT_STD, new PerChannel(red, green, blue));
  }

  /**
   * Where bottlenecks are kept, so that each is computed once. Default: in {@link #folder}, else in
   * Pupil's cache folder.
   */
  public Teaching bottleneckDir(Path value) {
    return with(Setting.BOTTLENECK_DIR, value);
  }

  /** What becomes of transparent pixels. Default: {@link Alpha#WHITE}. */
  public Teaching alpha(Alpha value) {
    return with(Setting.ALPHA, value);
  }

  /**
   * What runs the networks. {@link EngineName#TENSORFLOW} needs the module {@code pupil-tensorflow}
   * on the class path. Default: {@link EngineName#AUTO}, which is ONNX Runtime, and TensorFlow for
   * a backbone that cannot be converted to ONNX, if the module is there.
   */
  public Teaching engine(EngineName value) {
    return with(Setting.ENGINE, value);
  }

  /**
   * The backbone's arithmetic; {@link Precision#BFLOAT16} needs TensorFlow, as {@link #engine}
   * says, and {@link Precision#fastest} tells whether it pays. Default: {@link Precision#FLOAT32}.
   */
  public Teaching precision(Precision value) {
    return with(Setting.PRECISION, value);
  }

  /** How many cores to keep busy, at least 1: changes the time, not the result. Default: all. */
  public Teaching threads(int value) {
    return with(Setting.THREADS, value);
  }

  /**
   * How the final layer is trained. Default: {@link Optimizer#AUTO}, or {@link
   * Optimizer#GRADIENT_DESCENT} where a learning rate, steps, a batch size or distortions without
   * variants are given.
   */
  public Teaching optimizer(Optimizer value) {
    return with(Setting.OPTIMIZER, value);
  }

  /** How far each step changes the layer, positive. Default: 0.01. */
  public Teaching learningRate(double value) {
    return with(Setting.LEARNING_RATE, value);
  }

  /** Steps, each on one batch of photos. Default: 4000. */
  public Teaching howManyTrainingSteps(int value) {
    return with(Setting.HOW_MANY_TRAINING_STEPS, value);
  }

  /** Training photos in each step; -1 for all of them. Default: 100. */
  public Teaching trainBatchSize(int value) {
    return with(Setting.TRAIN_BATCH_SIZE, value);
  }

  /**
   * Penalty on large weights, positive: half of it times the sum of the squared weights is added to
   * the sum of the training photos' cross entropies. Default: {@link Optimizer#AUTO} chooses it by
   * cross-validation, other optimizers have none.
   */
  public Teaching l2Penalty(double value) {
    return with(Setting.L2_PENALTY, value);
  }

  /**
   * Validation photos in each evaluation; -1 for all of them. Default: 100, or all with {@link
   * Optimizer#AUTO}.
   */
  public Teaching validationBatchSize(int value) {
    return with(Setting.VALIDATION_BATCH_SIZE, value);
  }

  /** Test photos in the final evaluation; -1 for all of them. Default: all. */
  public Teaching testBatchSize(int value) {
    return with(Setting.TEST_BATCH_SIZE, value);
  }

  /** Steps between evaluations, at least 1. Default: 10. */
  public Teaching evalStepInterval(int value) {
    return with(Setting.EVAL_STEP_INTERVAL, value);
  }

  /**
   * Which layers of the backbone are trained too: {@code none}, {@code last}, {@code all}, or those
   * above the layer of a name. They are kept only if they are better on photos that are held back.
   * Default: {@code none}.
   */
  public Teaching fineTune(String value) {
    return with(Setting.FINE_TUNE, value);
  }

  /** How often fine-tuning sees each photo at most, at least 1. Default: 8. */
  public Teaching fineTuneEpochs(int value) {
    return with(Setting.FINE_TUNE_EPOCHS, value);
  }

  /** The largest rate at which fine-tuning changes the layers, positive. Default: 0.0005. */
  public Teaching fineTuneLearningRate(double value) {
    return with(Setting.FINE_TUNE_LEARNING_RATE, value);
  }

  /** Bytes on the disk that fine-tuning may take for what it keeps. Default: ten billion. */
  public Teaching cacheSize(long value) {
    return with(Setting.CACHE_SIZE, value);
  }

  /** How long fine-tuning may take: there are fewer epochs if they do not fit. Default: any. */
  public Teaching timeBudget(Duration value) {
    return with(Setting.TIME_BUDGET, value);
  }

  /** Whether to go on with a fine-tuning that was ended from outside. Default: false. */
  public Teaching resume(boolean value) {
    return with(Setting.RESUME, value);
  }

  /**
   * How many in a hundred photos like the training photos are to count as familiar: above 0, at
   * most 100, which refuses none; 95 unless set. See {@link Answer#unlikeTraining}.
   */
  public Teaching familiarPercentage(double value) {
    return with(Setting.FAMILIAR_PERCENTAGE, value);
  }

  /** The same number gives the same classifier, bit for bit. Default: 0. */
  public Teaching seed(long value) {
    return with(Setting.SEED, value);
  }

  /**
   * Whether the layer's probabilities are calibrated after training, by photos that it has not
   * seen, where that helps. Default: true, or false with {@link Optimizer#GRADIENT_DESCENT}.
   */
  public Teaching calibrate(boolean value) {
    return with(Setting.CALIBRATE, value);
  }

  /** Distortion: mirrors training photos at random. Default: false. */
  public Teaching flipLeftRight(boolean value) {
    return with(Setting.FLIP_LEFT_RIGHT, value);
  }

  /** Distortion: a margin to crop at random places, in percent. Default: 0. */
  public Teaching randomCrop(int value) {
    return with(Setting.RANDOM_CROP, value);
  }

  /** Distortion: enlarges by up to so many percent. Default: 0. */
  public Teaching randomScale(int value) {
    return with(Setting.RANDOM_SCALE, value);
  }

  /** Distortion: brightens or darkens by up to so many percent. Default: 0. */
  public Teaching randomBrightness(int value) {
    return with(Setting.RANDOM_BRIGHTNESS, value);
  }

  /** Distortion: turns by up to so many degrees to either side. Default: 0. */
  public Teaching randomRotation(int value) {
    return with(Setting.RANDOM_ROTATION, value);
  }

  /** Distortion: changes hue, saturation and contrast by up to so many percent. Default: 0. */
  public Teaching randomColour(int value) {
    return with(Setting.RANDOM_COLOUR, value);
  }

  /** Distortion: erases a rectangle of up to so many percent of the area. Default: 0. */
  public Teaching randomErase(int value) {
    return with(Setting.RANDOM_ERASE, value);
  }

  /**
   * How many distorted copies are made of each training photo, once; their features are cached. 0
   * distorts photos afresh in every step, as the Python scripts did, which takes long. Default: 8.
   * Counts only with a distortion.
   */
  public Teaching distortionVariants(int value) {
    return with(Setting.DISTORTION_VARIANTS, value);
  }

  /** Name of the model's output. Default: {@code final_result}. */
  public Teaching finalTensorName(String value) {
    return with(Setting.FINAL_TENSOR_NAME, value);
  }

  /**
   * Keeps the run as {@code pupil retrain} does: its model, its scores and its logs, below this
   * folder. Default: nothing is kept but bottlenecks, and there are no logs.
   */
  public Teaching folder(Path value) {
    return with(Setting.FOLDER, value);
  }

  /** The run's name in {@link #folder}. Default: {@code run-1}, {@code run-2} ... */
  public Teaching runName(String value) {
    return with(Setting.RUN_NAME, value);
  }

  /** The model's file, if not in {@link #folder}, without which this makes no sense. */
  public Teaching outputGraph(Path value) {
    return with(Setting.OUTPUT_GRAPH, value);
  }

  /** The labels' file, if not in {@link #folder}, without which this makes no sense. */
  public Teaching outputLabels(Path value) {
    return with(Setting.OUTPUT_LABELS, value);
  }

  /** Where to save the model as a SavedModel too. With {@link #folder}. Default: nowhere. */
  public Teaching savedModelDir(Path value) {
    return with(Setting.SAVED_MODEL_DIR, value);
  }

  /**
   * Where to save the model as an ONNX file for other programs too, as {@link Classifier#saveOnnx}
   * does, compared on the test photos. With {@link #folder}. Default: nowhere.
   */
  public Teaching onnx(Path value) {
    return with(Setting.ONNX, value);
  }

  /** The folder of the logs, if not in {@link #folder}, without which this makes no sense. */
  public Teaching summariesDir(Path value) {
    return with(Setting.SUMMARIES_DIR, value);
  }

  /** Where to save models during training; ends with a slash. With {@link #folder}. */
  public Teaching intermediateOutputGraphsDir(String value) {
    return with(Setting.INTERMEDIATE_OUTPUT_GRAPHS_DIR, value);
  }

  /** Steps between these models; 0 for none. With {@link #folder}. Default: 0. */
  public Teaching intermediateStoreFrequency(int value) {
    return with(Setting.INTERMEDIATE_STORE_FREQUENCY, value);
  }
}
