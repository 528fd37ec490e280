package org.pupil;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.bottleneck.Precision;
import org.pupil.dataset.DatasetFolder;
import org.pupil.dataset.DatasetSource;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.SplitRule;
import org.pupil.dataset.SplitSettings;
import org.pupil.errors.PupilException;
import org.pupil.files.CacheFolder;
import org.pupil.images.Alpha;
import org.pupil.images.Distortions;
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
 * @param given values by the names of the methods of {@link Teaching}, in the order in which they
 *     were first given
 */
record TeachingSettings(DatasetSource photos, Map<String, Object> given) {
  /** Where everything goes that {@code pupil retrain} leaves, if a program wants it. */
  static final String FOLDER = "folder";

  private static final String ARCHITECTURE = "architecture";
  private static final String HUB_MODULE = "tfhubModule";
  private static final Set<String> OF_STEPS =
      Set.of("howManyTrainingSteps", "learningRate", "trainBatchSize");
  private static final List<String> OF_THE_FOLDER =
      List.of(
          "runName",
          "outputGraph",
          "outputLabels",
          "savedModelDir",
          "summariesDir",
          "intermediateOutputGraphsDir",
          "intermediateStoreFrequency");

  TeachingSettings {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  /** The same with one setting more, or another value of one. */
  TeachingSettings with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(given);
    more.put(name, value);
    return new TeachingSettings(photos, more);
  }

  boolean has(String name) {
    return given.containsKey(name);
  }

  /** The names that a message about these settings may use. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(given.keySet());
    names.addAll(OF_STEPS);
    names.addAll(OF_THE_FOLDER);
    names.addAll(
        List.of(
            ARCHITECTURE,
            HUB_MODULE,
            "modelDir",
            "downloadMirror",
            "bottleneckLayer",
            "bottleneckDir",
            "inputLayer",
            "inputHeight",
            "inputWidth",
            "inputMean",
            "inputStd",
            "strict",
            "labelRule",
            "splitRule",
            "splitSeed",
            "testingPercentage",
            "validationPercentage",
            "validationBatchSize",
            "testBatchSize",
            "evalStepInterval",
            "optimizer",
            "flipLeftRight",
            "randomCrop",
            "randomScale",
            "randomBrightness",
            "threads",
            "finalTensorName"));
    return names;
  }

  private <T> Optional<T> get(String name, Class<T> type) {
    return Optional.ofNullable(given.get(name)).map(type::cast);
  }

  private <T> T get(String name, T otherwise) {
    Object value = given.get(name);
    @SuppressWarnings("unchecked") // each name has one method of Teaching, and so one type
    T typed = value == null ? otherwise : (T) value;
    return typed;
  }

  private OptionalInt getInt(String name) {
    Optional<Integer> value = get(name, Integer.class);
    return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
  }

  /**
   * All settings, checked.
   *
   * @throws PupilException (usage) that names the setting and its value
   */
  RunSettings all() {
    int threads = get("threads", Runtime.getRuntime().availableProcessors());
    require(threads >= 1, "threads must be at least 1, was " + threads);
    SplitRule splitRule = get("splitRule", SplitSettings.DEFAULT.rule());
    Path home = get(FOLDER, Path.class).orElseGet(() -> CacheFolder.ofProcess().path());
    Distortions distortions =
        new Distortions(
            get("flipLeftRight", false),
            get("randomCrop", 0),
            get("randomScale", 0),
            get("randomBrightness", 0));
    return new RunSettings(
        labelledBy(splitRule),
        get("strict", false),
        new SplitSettings(
            splitRule,
            get("testingPercentage", SplitSettings.DEFAULT.testingPercentage()),
            get("validationPercentage", SplitSettings.DEFAULT.validationPercentage()),
            get("splitSeed", SplitSettings.DEFAULT.seed())),
        backbone(home),
        get("downloadMirror", URI.class)
            .map(DownloadAddresses::mirror)
            .orElseGet(DownloadAddresses::official),
        get("alpha", Alpha.WHITE),
        get("precision", Precision.FLOAT32),
        get("bottleneckDir", home.resolve(RunSettings.BOTTLENECKS_FOLDER)),
        distortions,
        training(distortions),
        outputs(home),
        threads,
        PupilVersion.number(),
        options());
  }

  private DatasetSource labelledBy(SplitRule splitRule) {
    if (photos instanceof DatasetFolder folder) {
      return new DatasetFolder(folder.typed(), get("labelRule", LabelRule.unlessGiven(splitRule)));
    }
    require(!has("labelRule"), "labelRule is for a folder of photos: a Dataset has its labels");
    return photos;
  }

  private BackboneRequest backbone(Path home) {
    require(
        !(has(ARCHITECTURE) && has(HUB_MODULE)),
        "give " + ARCHITECTURE + " or " + HUB_MODULE + ", not both");
    BackboneRequest.Source source =
        has(HUB_MODULE)
            ? new BackboneRequest.ByHubModule(get(HUB_MODULE, ""))
            : new BackboneRequest.ByArchitecture(
                get(ARCHITECTURE, BackboneCatalog.defaultArchitecture()));
    return new BackboneRequest(
        source,
        get("modelDir", home.resolve(RunSettings.BACKBONES_FOLDER)),
        get("inputLayer", String.class),
        get("bottleneckLayer", String.class),
        getInt("inputHeight"),
        getInt("inputWidth"),
        get("inputMean", Float.class),
        get("inputStd", Float.class));
  }

  private TrainingSettings training(Distortions distortions) {
    TrainingSettings defaults = TrainingSettings.DEFAULTS;
    Optimizer optimizer =
        get(
            "optimizer",
            Optimizer.unlessGiven(
                given.keySet().stream().anyMatch(OF_STEPS::contains), !distortions.isNone()));
    return new TrainingSettings(
        optimizer,
        get("learningRate", defaults.learningRate()),
        get("howManyTrainingSteps", defaults.howManyTrainingSteps()),
        get("trainBatchSize", defaults.trainBatchSize()),
        get("validationBatchSize", optimizer.isStepwise() ? defaults.validationBatchSize() : -1),
        get("testBatchSize", defaults.testBatchSize()),
        get("evalStepInterval", defaults.evalStepInterval()),
        get("intermediateStoreFrequency", 0),
        get("seed", defaults.seed()));
  }

  private OutputRequest outputs(Path home) {
    for (String name : OF_THE_FOLDER) {
      require(has(FOLDER) || !has(name), name + " is of no use without " + FOLDER);
    }
    return new OutputRequest(
        home,
        get("runName", String.class),
        get("outputGraph", Path.class),
        get("outputLabels", Path.class),
        get("savedModelDir", Path.class),
        get("summariesDir", Path.class),
        get("intermediateOutputGraphsDir", String.class),
        get("finalTensorName", Outputs.DEFAULT_FINAL_TENSOR_NAME));
  }

  /** What the model notes of how it was made, under the names that the command line uses. */
  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    if (photos instanceof DatasetFolder folder) {
      options.put("image_dir", folder.typed());
    }
    given.forEach(
        (name, value) -> options.put(SettingNames.withUnderscores(name), String.valueOf(value)));
    return options;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw PupilException.usage(message);
    }
  }
}
