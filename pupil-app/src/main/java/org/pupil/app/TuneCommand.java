package org.pupil.app;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pupil.errors.PupilException;
import org.pupil.familiarity.FamiliaritySettings;
import org.pupil.run.OutputRequest;
import org.pupil.run.RunListener;
import org.pupil.run.RunSettings;
import org.pupil.tuning.TuningResult;
import org.pupil.tuning.TuningRun;
import org.pupil.tuning.TuningSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

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
final class TuneCommand extends TrainingCommand implements Callable<ExitStatus> {
  private final Terminal terminal;
  private final Clock clock;
  private final Map<String, String> environment;

  @ArgGroup(validate = false, order = 0, heading = "%nWhat to search, and how%n")
  private SearchOptions search = new SearchOptions();

  TuneCommand(Terminal terminal, Clock clock, Map<String, String> environment) {
    this.terminal = terminal;
    this.clock = clock;
    this.environment = environment;
  }

  @Override
  public ExitStatus call() {
    TuningSettings tuning = search.settings(terminal, threads());
    RunSettings base = base();
    Launcher launcher = Launcher.of(environment);
    TuneTalk talk = new TuneTalk(terminal, clock, launcher.line(shown("tune", givenFlags())));
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
    TrainOptions unlessTold = new TrainOptions();
    return settings(
        DatasetTalk.quietly(terminal, clock, find().imageDir()),
        unlessTold.distortions(),
        unlessTold.settings(0).withSeed(search.seed()),
        search.fineTuning(),
        new FamiliaritySettings(FamiliaritySettings.DEFAULT_PERCENTAGE, search.seed()),
        OutputRequest.below(DefaultPlaces.FOLDER),
        ofRetrain());
  }

  private Map<String, String> ofRetrain() {
    Map<String, String> given = givenFlags();
    given.keySet().removeAll(SearchOptions.OF_TUNE_ALONE);
    return given;
  }

  private static String shown(String command, Map<String, String> flags) {
    StringBuilder line = new StringBuilder(command);
    flags.forEach(
        (name, value) -> line.append(" --").append(name).append(' ').append(ShellWord.of(value)));
    return line.toString();
  }
}
