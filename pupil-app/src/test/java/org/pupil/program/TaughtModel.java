package org.pupil.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model of two labels, taught once for all tests of this virtual machine: {@code bird} and {@code
 * fruit}, 12 photos each, the quickest backbone.
 */
enum TaughtModel {
  BIRDS_AND_FRUIT;

  private final Path folder;

  TaughtModel() {
    try {
      folder = Files.createTempDirectory("pupil-taught-");
      Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Photos.birdsAndFruit(folder.resolve("photos"), 12, 12);
    PupilProgram.in(folder)
        .run("retrain", "--image_dir=photos", Photos.QUICK)
        .succeeded()
        .outContains("Model: pupil-model/graph.pb");
  }

  /** The folder that was taught in: it has {@code photos} and {@code pupil-model}. */
  Path folder() {
    return folder;
  }

  Path graph() {
    return folder.resolve("pupil-model/graph.pb");
  }

  Path photos() {
    return folder.resolve("photos");
  }

  /** Bottlenecks of its photos. */
  Path bottlenecks() {
    return folder.resolve("pupil-model/bottlenecks");
  }

  private void delete() {
    TestFiles.deleteTree(folder);
  }
}
