package org.pupil.app;

import java.nio.file.Path;
import org.pupil.engine.EngineName;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.labelling.Overrides;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkFormat;
import org.pupil.run.RunSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The flags of the commands that label photos with a model: how it is run. */
final class LabellingOptions {
  private final CommandOption<Integer> threads;

  private final CommandOption<String> engine =
      CommandOption.of(
          String.class,
          RunSettings.DEFAULT_ENGINE.toString(),
          OptionSpec.builder(EngineFlag.NAME)
              .paramLabel(EngineFlag.VALUES)
              .description(EngineFlag.DESCRIPTION));

  private final ForeignGraphOptions foreign = new ForeignGraphOptions();

  /**
   * @param threads what there are so many of at a time, in a sentence
   */
  LabellingOptions(String threads) {
    this.threads =
        CommandOption.of(
            Integer.class,
            Runtime.getRuntime().availableProcessors(),
            OptionSpec.builder("--threads")
                .paramLabel("N")
                .description(threads + " Default: the number of cores."));
  }

  void addTo(CommandSpec command) {
    command.addOption(threads.spec()).addOption(engine.spec());
    foreign.addTo(command);
  }

  /**
   * How many cores are used.
   *
   * @throws PupilException (usage) if it is not positive
   */
  int threads() {
    int given = threads.value();
    if (given < 1) {
      throw PupilException.usage("--threads must be at least 1, was " + given);
    }
    return given;
  }

  /**
   * What runs the network.
   *
   * @param model the file of the model
   * @throws PupilException (usage) if there is no such engine, or it does not run such models;
   *     (unavailable) if it is not there
   */
  NetworkEngine engine(Path model) {
    EngineName name = EngineFlag.of(engine.value());
    Engines.check(name, NetworkFormat.of(model));
    return Engines.named(name);
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
