package org.pupil.app;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;
import org.pupil.familiarity.FamiliaritySettings;
import org.pupil.images.Distortions;
import org.pupil.run.OutputRequest;
import org.pupil.run.PupilVersion;
import org.pupil.run.RunListener;
import org.pupil.run.RunSettings;
import org.pupil.training.TrainingSettings;
import org.pupil.tuning.TuningResult;
import org.pupil.tuning.TuningRun;
import org.pupil.tuning.TuningSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code pupil tune}: which settings of retrain do best on some photos. */
@Command(
    name = "tune",
    aliases = "search",
    header = "Finds the settings of retrain that do best on your photos.",
    description = {
      "",
      "Tries many settings. Each trial is judged by cross-validation: the training and validation photos are dealt to parts, and each part is labelled by a layer that was trained without it. Bottlenecks come from the cache, so a trial takes a second or so. The test photos are not looked at until the end: they judge the winner, and only it.",
      "",
      "The first trial is retrain without flags, so you see what was gained, and whether it is more than chance. The line that trains the winner again is printed at the end, and its model is saved. pupil board shows the trials while they run, on its page HParams.",
      "",
      "  pupil tune --image_dir examples/photos",
      "  pupil tune --image_dir examples/photos --time_budget 3m --explain",
      "  pupil tune --image_dir examples/photos --space \"architecture=mobilenet_0.25_224|efficientnet_lite0_224,l2_penalty=log:0.01..10\"",
      ""
    },
    customSynopsis = "pupil tune --image_dir FOLDER [FLAG...]",
    sortOptions = false)
final class TuneCommand implements Callable<ExitStatus> {
  private final Terminal terminal;
  private final Clock clock;
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(validate = false, order = 1, heading = "%nWhat to search, and how%n")
  private SearchOptions search = new SearchOptions();

  @ArgGroup(validate = false, order = 2, heading = "%nFind the photos and split them%n")
  private FindOptions find = new FindOptions();

  @ArgGroup(validate = false, order = 3, heading = "%nBackbone, where it is not searched over%n")
  private BackboneOptions backbone = new BackboneOptions();

  @ArgGroup(validate = false, order = 4, heading = "%nBottlenecks%n")
  private BottleneckOptions bottlenecks = new BottleneckOptions();

  TuneCommand(Terminal terminal, Clock clock, Map<String, String> environment) {
    this.terminal = terminal;
    this.clock = clock;
    this.environment = environment;
  }

  @Override
  public ExitStatus call() {
    TuningSettings tuning = search.settings(terminal, bottlenecks.threads());
    RunSettings base = base();
    Launcher launcher = Launcher.of(environment);
    TuneTalk talk = new TuneTalk(terminal, clock, launcher.line(shown("tune", typed())));
    RunListener finding = new EvaluationTalk(terminal, clock, base.training());
    TuningRun run =
        new TuningRun(base, tuning, clock, environment, finding, new RunListener() {}, talk);
    TuningResult result;
    try {
      result = new StopWatcher(talk::stopped).during(run::run);
    } finally {
      talk.close();
    }
    Map<String, String> flags = ofRetrain();
    flags.putAll(result.flags());
    String command = launcher.line(shown("retrain", flags));
    if (search.json()) {
      TuneJson.print(terminal.out(), result, command);
    } else {
      new TunePrinter(terminal, search.explain()).print(result, command);
    }
    terminal.checkOut();
    if (result.run().divergence().isPresent()) {
      throw PupilException.diverged(
          "the winner ran away when it was trained again: the last good layer was saved in "
              + result.run().outputs().graph());
    }
    return ExitStatus.OK;
  }

  /** As retrain makes them without the flags that are searched over. */
  private RunSettings base() {
    TrainingSettings defaults = TrainingSettings.DEFAULTS;
    TrainingSettings training =
        new TrainingSettings(
            defaults.optimizer(),
            defaults.learningRate(),
            defaults.howManyTrainingSteps(),
            defaults.trainBatchSize(),
            TrainingSettings.validationBatchSizeUnlessGiven(defaults.optimizer()),
            defaults.testBatchSize(),
            defaults.evalStepInterval(),
            defaults.intermediateStoreFrequency(),
            search.seed());
    return new RunSettings(
        find.photos(),
        find.strict(),
        find.split(),
        backbone.request(),
        backbone.addresses(),
        bottlenecks.alpha(),
        bottlenecks.precision(backbone.request().format()),
        bottlenecks.engine(),
        bottlenecks.bottleneckDir(),
        Distortions.NONE,
        training,
        search.fineTuning(),
        new FamiliaritySettings(FamiliaritySettings.DEFAULT_PERCENTAGE, search.seed()),
        OutputRequest.below(DefaultPlaces.FOLDER),
        bottlenecks.threads(),
        PupilVersion.number(),
        ofRetrain());
  }

  private Map<String, String> ofRetrain() {
    Map<String, String> given = typed();
    given.keySet().removeAll(SearchOptions.OF_TUNE_ALONE);
    return given;
  }

  /** The flags as they were given. */
  private Map<String, String> typed() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification before it calls");
    }
    Map<String, String> given = new LinkedHashMap<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      given.put(
          option.longestName().substring(2),
          option.stringValues().isEmpty()
              ? "true"
              : option.stringValues().stream().collect(Collectors.joining(" ")));
    }
    return given;
  }

  private static String shown(String command, Map<String, String> flags) {
    StringBuilder line = new StringBuilder(command);
    flags.forEach(
        (name, value) -> line.append(" --").append(name).append(' ').append(ShellWord.of(value)));
    return line.toString();
  }
}
