package org.pupil.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupil.familiarity.FamiliaritySettings;
import org.pupil.finetuning.FineTuningRequest;
import org.pupil.images.Distortions;
import org.pupil.ingest.IngestListener;
import org.pupil.run.OutputRequest;
import org.pupil.run.PupilVersion;
import org.pupil.run.RunSettings;
import org.pupil.training.TrainingSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** The flags of stops 1 to 5, for the commands that train models; and what was typed. */
abstract class TrainingCommand {
  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(validate = false, order = 1, heading = "%nFind the photos and split them%n")
  private FindOptions find = new FindOptions();

  @ArgGroup(validate = false, order = 2, heading = "%nBackbone%n")
  private BackboneOptions backbone = new BackboneOptions();

  @ArgGroup(validate = false, order = 3, heading = "%nBottlenecks%n")
  private BottleneckOptions bottlenecks = new BottleneckOptions();

  final FindOptions find() {
    return find;
  }

  /** How many cores to keep busy. */
  final int threads() {
    return bottlenecks.threads();
  }

  /**
   * The settings of a training run by these flags, and what others say.
   *
   * @param archive hears how photos are unpacked, if they are in an archive
   */
  final RunSettings settings(
      IngestListener archive,
      Distortions distortions,
      TrainingSettings training,
      FineTuningRequest fineTuning,
      FamiliaritySettings familiarity,
      OutputRequest outputs,
      Map<String, String> options) {
    return new RunSettings(
        find.photos(archive),
        find.strict(),
        find.split(),
        backbone.request(),
        backbone.addresses(),
        bottlenecks.alpha(),
        bottlenecks.precision(backbone.request().format()),
        bottlenecks.engine(),
        bottlenecks.bottleneckDir(),
        distortions,
        training,
        fineTuning,
        familiarity,
        outputs,
        bottlenecks.threads(),
        PupilVersion.number(),
        options);
  }

  /** The flags as they were given, without dashes, in their order. */
  final Map<String, String> givenFlags() {
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
}
