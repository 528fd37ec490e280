package org.pupil.app;

import java.nio.file.Path;
import org.pupil.files.CacheFolder;
import org.pupil.inventory.Storage;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The flags that say where Pupil keeps what it can make again. */
final class StorageOptions {
  private final CommandOption<Path> bottlenecks =
      CommandOption.of(
          Path.class,
          DefaultPlaces.BOTTLENECKS,
          OptionSpec.builder("--bottleneck_dir")
              .paramLabel("DIR")
              .description("The folder of the cache, as for retrain. Default: ${DEFAULT-VALUE}"));

  private final CommandOption<Path> backbones =
      CommandOption.of(
          Path.class,
          DefaultPlaces.BACKBONES,
          OptionSpec.builder("--model_dir")
              .paramLabel("DIR")
              .description(
                  "The folder of downloaded backbones, as for retrain. Default: ${DEFAULT-VALUE}"));

  void addTo(CommandSpec spec) {
    spec.addOption(bottlenecks.spec());
    spec.addOption(backbones.spec());
  }

  Path backbones() {
    return backbones.value();
  }

  Storage storage() {
    return new Storage(
        CacheFolder.ofProcess(), bottlenecks.value(), DefaultPlaces.DATASETS, backbones.value());
  }
}
