package org.pupil.tuning;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.BackboneRequest.ByArchitecture;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.finetuning.FineTuningRequest;
import org.pupil.images.Distortions;
import org.pupil.run.OutputRequest;
import org.pupil.run.RunSettings;
import org.pupil.training.Optimizer;
import org.pupil.training.TrainingSettings;

/** What the settings of a training run become with the values of a configuration. */
final class TrialSettings {
  private static final Pattern SIZED = Pattern.compile("(.+)_\\d+");

  private final RunSettings base;

  /**
   * @param base settings of {@code retrain} as it is unless told otherwise, with what a person said
   *     besides
   */
  TrialSettings(RunSettings base) {
    this.base = base;
  }

  /**
   * The settings of a training run, such as {@code retrain} makes of {@link #flags}.
   *
   * @throws PupilException (usage) if a value makes no sense
   */
  RunSettings of(Configuration configuration) {
    return of(configuration, base.outputs());
  }

  /** The same with other outputs. */
  RunSettings of(Configuration configuration, OutputRequest outputs) {
    Map<String, String> options = new LinkedHashMap<>(base.options());
    options.putAll(flags(configuration));
    return new RunSettings(
        base.photos(),
        base.strict(),
        base.split(),
        backbone(configuration),
        base.addresses(),
        base.alpha(),
        base.precision(),
        base.engine(),
        base.bottleneckDir(),
        distortions(configuration),
        training(configuration),
        fineTuning(configuration),
        base.familiarity(),
        outputs,
        base.threads(),
        base.version(),
        options);
  }

  /** What a person types after {@code retrain}, without the dashes, for the same. */
  Map<String, String> flags(Configuration configuration) {
    Map<String, String> flags = new LinkedHashMap<>();
    if (!backbone(configuration).equals(base.backbone())
        && backbone(configuration).source() instanceof ByArchitecture architecture) {
      flags.put(Hyperparameter.ARCHITECTURE.typed(), architecture.name());
    }
    if (!configuration.equals(Configuration.NONE)) {
      flags.put(Hyperparameter.OPTIMIZER.typed(), configuration.optimizer().flagValue());
    }
    configuration
        .values()
        .forEach(
            (name, value) -> {
              if (name != Hyperparameter.ARCHITECTURE && name != Hyperparameter.INPUT_SIZE) {
                flags.put(name.typed(), value);
              }
            });
    return flags;
  }

  private BackboneRequest backbone(Configuration configuration) {
    Optional<String> architecture = configuration.get(Hyperparameter.ARCHITECTURE);
    Optional<String> size = configuration.get(Hyperparameter.INPUT_SIZE);
    if (architecture.isEmpty() && size.isEmpty()) {
      return base.backbone();
    }
    BackboneRequest.Source source =
        architecture.isPresent()
            ? new ByArchitecture(architecture.get())
            : base.backbone().source();
    if (size.isPresent()) {
      source = sized(source, size.get());
    }
    return new BackboneRequest(
        source,
        base.backbone().modelDir(),
        base.backbone().inputLayer(),
        base.backbone().bottleneckLayer(),
        base.backbone().inputHeight(),
        base.backbone().inputWidth(),
        base.backbone().inputMean(),
        base.backbone().inputStd());
  }

  private static BackboneRequest.Source sized(BackboneRequest.Source source, String size) {
    String name = source instanceof ByArchitecture architecture ? architecture.name() : "";
    Matcher sized = SIZED.matcher(name);
    if (!sized.matches() || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      throw PupilException.usage(
          Message.of(
              "input_size goes only with an ",
              Setting.ARCHITECTURE,
              " that has its size at the end of its name, such as efficientnet_lite0_288"));
    }
    return new ByArchitecture(sized.group(1) + "_" + size);
  }

  private TrainingSettings training(Configuration configuration) {
    if (configuration.equals(Configuration.NONE)) {
      return base.training();
    }
    TrainingSettings training = base.training();
    Optimizer optimizer = configuration.optimizer();
    return new TrainingSettings(
        optimizer,
        configuration
            .get(Hyperparameter.LEARNING_RATE)
            .map(Double::parseDouble)
            .orElse(training.learningRate()),
        number(
            configuration, Hyperparameter.HOW_MANY_TRAINING_STEPS, training.howManyTrainingSteps()),
        number(configuration, Hyperparameter.TRAIN_BATCH_SIZE, training.trainBatchSize()),
        TrainingSettings.validationBatchSizeUnlessGiven(optimizer),
        training.testBatchSize(),
        training.evalStepInterval(),
        training.intermediateStoreFrequency(),
        training.seed(),
        optimizer.isCalibratedUnlessGiven(),
        configuration
            .get(Hyperparameter.L2_PENALTY)
            .map(value -> OptionalDouble.of(Double.parseDouble(value)))
            .orElse(OptionalDouble.empty()));
  }

  private Distortions distortions(Configuration configuration) {
    Distortions known = base.distortions();
    return new Distortions(
        configuration
            .get(Hyperparameter.FLIP_LEFT_RIGHT)
            .map(Boolean::parseBoolean)
            .orElse(known.flipLeftRight()),
        number(configuration, Hyperparameter.RANDOM_CROP, known.randomCrop()),
        number(configuration, Hyperparameter.RANDOM_SCALE, known.randomScale()),
        number(configuration, Hyperparameter.RANDOM_BRIGHTNESS, known.randomBrightness()),
        number(configuration, Hyperparameter.RANDOM_ROTATION, known.randomRotation()),
        number(configuration, Hyperparameter.RANDOM_COLOUR, known.randomColour()),
        number(configuration, Hyperparameter.RANDOM_ERASE, known.randomErase()),
        number(configuration, Hyperparameter.DISTORTION_VARIANTS, known.variants()));
  }

  private FineTuningRequest fineTuning(Configuration configuration) {
    FineTuningRequest known = base.fineTuning();
    double rate =
        configuration
            .get(Hyperparameter.FINE_TUNE_LEARNING_RATE)
            .map(Double::parseDouble)
            .orElse(known.settings().learningRate());
    int epochs = number(configuration, Hyperparameter.FINE_TUNE_EPOCHS, known.settings().epochs());
    return new FineTuningRequest(
        configuration.fineTuning().orElse(known.depth()),
        known.settings().with(epochs, rate, base.training().seed()),
        known.mostBytes(),
        known.timeBudget(),
        known.resume());
  }

  private static int number(Configuration configuration, Hyperparameter name, int otherwise) {
    return configuration.get(name).map(Integer::parseInt).orElse(otherwise);
  }
}
