package org.pupil.app;

import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.labelling.Overrides;
import org.pupil.network.NetworkEngine;
import org.pupil.run.RunSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The flags of the commands that label photos with a model: how it is run. */
final class LabellingOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many photos to process at a time. Default: the number of cores.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = EngineFlag.NAME,
      paramLabel = EngineFlag.VALUES,
      description = EngineFlag.DESCRIPTION)
  private String engine = RunSettings.DEFAULT_ENGINE.toString();

  @ArgGroup(
      validate = false,
      heading =
          "%nOnly for graphs that Pupil did not make, or to override what a model says about itself%n")
  private ForeignGraphOptions foreign = new ForeignGraphOptions();

  /**
   * How many photos are processed at a time.
   *
   * @throws PupilException (usage) if it is not positive
   */
  int threads() {
    if (threads < 1) {
      throw PupilException.usage("--threads must be at least 1, was " + threads);
    }
    return threads;
  }

  /**
   * What runs the network.
   *
   * @throws PupilException (usage) if there is no such engine; (unavailable) if it is not there
   */
  NetworkEngine engine() {
    return Engines.named(EngineFlag.of(engine));
  }

  /**
   * What a person says about the model.
   *
   * @throws PupilException as {@link ForeignGraphOptions#overrides}
   */
  Overrides overrides() {
    return foreign.overrides();
  }
}
