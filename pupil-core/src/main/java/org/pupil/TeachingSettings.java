package org.pupil;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.dataset.DatasetFolder;
import org.pupil.dataset.DatasetSource;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.SplitRule;
import org.pupil.dataset.SplitSettings;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.familiarity.FamiliaritySettings;
import org.pupil.files.CacheFolder;
import org.pupil.finetuning.FineTuningDepth;
import org.pupil.finetuning.FineTuningRequest;
import org.pupil.finetuning.FineTuningSettings;
import org.pupil.images.Distortions;
import org.pupil.images.PerChannel;
import org.pupil.run.OutputRequest;
import org.pupil.run.Outputs;
import org.pupil.run.PupilVersion;
import org.pupil.run.RunSettings;
import org.pupil.training.Optimizer;
import org.pupil.training.TrainingSettings;

/**
 * The settings that a program gave, by name, and what they come to together with the defaults.
 *
 * @param photos what it learns from
 * @param given values in the order in which they were first given
 */
record TeachingSettings(DatasetSource photos, Map<Setting, Object> given) {
  private static final Set<Setting> OF_STEPS =
      Set.of(Setting.HOW_MANY_TRAINING_STEPS, Setting.LEARNING_RATE, Setting.TRAIN_BATCH_SIZE);
  private static final List<Setting> OF_THE_FOLDER =
      List.of(
          Setting.RUN_NAME,
          Setting.OUTPUT_GRAPH,
          Setting.OUTPUT_LABELS,
          Setting.SAVED_MODEL_DIR,
          Setting.ONNX,
          Setting.SUMMARIES_DIR,
          Setting.INTERMEDIATE_OUTPUT_GRAPHS_DIR,
          Setting.INTERMEDIATE_STORE_FREQUENCY);

  TeachingSettings {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  /** The same with one setting more, or another value of one. */
  TeachingSettings with(Setting setting, Object value) {
    Map<Setting, Object> more = new LinkedHashMap<>(given);
    more.put(setting, value);
    return new TeachingSettings(photos, more);
  }

  boolean has(Setting setting) {
    return given.containsKey(setting);
  }

  private <T> Optional<T> get(Setting setting, Class<T> type) {
    return Optional.ofNullable(given.get(setting)).map(type::cast);
  }

  private <T> T get(Setting setting, T otherwise) {
    Object value = given.get(setting);
    @SuppressWarnings("unchecked") // each name has one method of Teaching, and so one type
    T typed = value == null ? otherwise : (T) value;
    return typed;
  }

  private OptionalInt getInt(Setting setting) {
    Optional<Integer> value = get(setting, Integer.class);
    return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
  }

  /**
   * All settings, checked.
   *
   * @throws PupilException (usage) that names the setting and its value
   */
  RunSettings all() {
    SplitRule splitRule = get(Setting.SPLIT_RULE, SplitSettings.DEFAULT.rule());
    Path home = get(Setting.FOLDER, Path.class).orElseGet(() -> CacheFolder.ofProcess().path());
    Distortions distortions =
        new Distortions(
            get(Setting.FLIP_LEFT_RIGHT, false),
            get(Setting.RANDOM_CROP, 0),
            get(Setting.RANDOM_SCALE, 0),
            get(Setting.RANDOM_BRIGHTNESS, 0),
            get(Setting.RANDOM_ROTATION, 0),
            get(Setting.RANDOM_COLOUR, 0),
            get(Setting.RANDOM_ERASE, 0),
            get(Setting.DISTORTION_VARIANTS, Distortions.DEFAULT_VARIANTS));
    return new RunSettings(
        labelledBy(splitRule),
        get(Setting.STRICT, false),
        new SplitSettings(
            splitRule,
            get(Setting.TESTING_PERCENTAGE, SplitSettings.DEFAULT.testingPercentage()),
            get(Setting.VALIDATION_PERCENTAGE, SplitSettings.DEFAULT.validationPercentage()),
            get(Setting.SPLIT_SEED, SplitSettings.DEFAULT.seed()),
            get(
                Setting.GROUP_NEAR_DUPLICATES,
                SplitSettings.groupsNearDuplicatesUnlessGiven(splitRule))),
        backbone(home),
        get(Setting.DOWNLOAD_MIRROR, URI.class)
            .map(DownloadAddresses::mirror)
            .orElseGet(DownloadAddresses::official),
        get(Setting.ALPHA, RunSettings.DEFAULT_ALPHA),
        get(Setting.PRECISION, RunSettings.DEFAULT_PRECISION),
        get(Setting.ENGINE, RunSettings.DEFAULT_ENGINE),
        get(Setting.BOTTLENECK_DIR, home.resolve(RunSettings.BOTTLENECKS_FOLDER)),
        distortions,
        training(distortions),
        fineTuning(),
        new FamiliaritySettings(
            get(Setting.FAMILIAR_PERCENTAGE, FamiliaritySettings.DEFAULT_PERCENTAGE),
            get(Setting.SEED, TrainingSettings.DEFAULTS.seed())),
        outputs(home),
        get(Setting.THREADS, Runtime.getRuntime().availableProcessors()),
        PupilVersion.number(),
        options());
  }

  private DatasetSource labelledBy(SplitRule splitRule) {
    if (photos instanceof DatasetFolder folder) {
      return new DatasetFolder(
          folder.typed(),
          get(Setting.LABEL_RULE, LabelRule.unlessGiven(splitRule)),
          splitRule == SplitRule.FOLDERS);
    }
    require(
        !has(Setting.LABEL_RULE),
        Message.of(Setting.LABEL_RULE, " is for a folder of photos: a Dataset has its labels"));
    return photos;
  }

  private BackboneRequest backbone(Path home) {
    require(
        !(has(Setting.ARCHITECTURE) && has(Setting.TFHUB_MODULE)),
        Message.of("give ", Setting.ARCHITECTURE, " or ", Setting.TFHUB_MODULE, ", not both"));
    BackboneRequest.Source source =
        has(Setting.TFHUB_MODULE)
            ? new BackboneRequest.ByHubModule(get(Setting.TFHUB_MODULE, ""))
            : new BackboneRequest.ByArchitecture(
                get(Setting.ARCHITECTURE, BackboneCatalog.defaultArchitecture()));
    return new BackboneRequest(
        source,
        get(Setting.MODEL_DIR, home.resolve(RunSettings.BACKBONES_FOLDER)),
        get(Setting.INPUT_LAYER, String.class),
        get(Setting.BOTTLENECK_LAYER, String.class),
        getInt(Setting.INPUT_HEIGHT),
        getInt(Setting.INPUT_WIDTH),
        get(Setting.INPUT_MEAN, PerChannel.class),
        get(Setting.INPUT_STD, PerChannel.class));
  }

  private TrainingSettings training(Distortions distortions) {
    TrainingSettings defaults = TrainingSettings.DEFAULTS;
    Optimizer optimizer =
        get(
            Setting.OPTIMIZER,
            Optimizer.unlessGiven(
                given.keySet().stream().anyMatch(OF_STEPS::contains), distortions.isAfresh()));
    return new TrainingSettings(
        optimizer,
        get(Setting.LEARNING_RATE, defaults.learningRate()),
        get(Setting.HOW_MANY_TRAINING_STEPS, defaults.howManyTrainingSteps()),
        get(Setting.TRAIN_BATCH_SIZE, defaults.trainBatchSize()),
        get(
            Setting.VALIDATION_BATCH_SIZE,
            TrainingSettings.validationBatchSizeUnlessGiven(optimizer)),
        get(Setting.TEST_BATCH_SIZE, defaults.testBatchSize()),
        get(Setting.EVAL_STEP_INTERVAL, defaults.evalStepInterval()),
        get(Setting.INTERMEDIATE_STORE_FREQUENCY, defaults.intermediateStoreFrequency()),
        get(Setting.SEED, defaults.seed()),
        get(Setting.CALIBRATE, optimizer.isCalibratedUnlessGiven()),
        get(Setting.L2_PENALTY, Double.class)
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty()));
  }

  private FineTuningRequest fineTuning() {
    FineTuningSettings defaults = FineTuningSettings.DEFAULTS;
    return new FineTuningRequest(
        FineTuningDepth.of(get(Setting.FINE_TUNE, FineTuningDepth.NONE.toString())),
        defaults.with(
            get(Setting.FINE_TUNE_EPOCHS, defaults.epochs()),
            get(Setting.FINE_TUNE_LEARNING_RATE, defaults.learningRate()),
            get(Setting.SEED, TrainingSettings.DEFAULTS.seed())),
        get(Setting.CACHE_SIZE, FineTuningRequest.DEFAULT_MOST_BYTES),
        get(Setting.TIME_BUDGET, Duration.class),
        get(Setting.RESUME, false));
  }

  private OutputRequest outputs(Path home) {
    for (Setting setting : OF_THE_FOLDER) {
      require(
          has(Setting.FOLDER) || !has(setting),
          Message.of(setting, " is of no use without ", Setting.FOLDER));
    }
    get(Setting.FOLDER, Path.class)
        .ifPresent(
            folder ->
                require(
                    Files.isDirectory(folder) || Files.notExists(folder),
                    Message.of(Setting.FOLDER, " must be a folder, was the file " + folder)));
    return OutputRequest.builder(home)
        .runName(get(Setting.RUN_NAME, String.class))
        .graph(get(Setting.OUTPUT_GRAPH, Path.class))
        .labels(get(Setting.OUTPUT_LABELS, Path.class))
        .savedModelDir(get(Setting.SAVED_MODEL_DIR, Path.class))
        .onnx(get(Setting.ONNX, Path.class))
        .summariesDir(get(Setting.SUMMARIES_DIR, Path.class))
        .intermediateGraphsDir(get(Setting.INTERMEDIATE_OUTPUT_GRAPHS_DIR, String.class))
        .finalTensorName(get(Setting.FINAL_TENSOR_NAME, Outputs.DEFAULT_FINAL_TENSOR_NAME))
        .build();
  }

  /** What the model notes of how it was made, under the names that the command line uses. */
  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    if (photos instanceof DatasetFolder folder) {
      options.put(Setting.IMAGE_DIR.withUnderscores(), folder.typed());
    }
    given.forEach(
        (setting, value) -> options.put(setting.withUnderscores(), String.valueOf(value)));
    return options;
  }

  private static void require(boolean holds, Message message) {
    if (!holds) {
      throw PupilException.usage(message);
    }
  }
}
