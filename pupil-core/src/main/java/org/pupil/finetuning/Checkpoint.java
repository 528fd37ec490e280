package org.pupil.finetuning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.files.Reason;
import org.pupil.files.WholeFile;

/**
 * Where the state of a training is kept after each epoch, until it is over.
 *
 * @param file of this training only
 * @param digest of all that the training depends on
 */
record Checkpoint(Path file, long digest) {
  static final String EXTENSION = ".checkpoint";

  static Checkpoint in(Path folder, long digest) {
    return new Checkpoint(folder.resolve(Long.toHexString(digest) + EXTENSION), digest);
  }

  /** Whether there is such a file, damaged or not. */
  boolean exists() {
    return Files.exists(file);
  }

  void write(TunerState state) {
    WholeFile.write(file, state.toBytes(digest));
  }

  /** The state that is there for a tuner; empty if there is none, or it is damaged. */
  Optional<TunerState> read(FineTuner tuner) {
    try {
      return Files.exists(file) ? tuner.read(Files.readAllBytes(file), digest) : Optional.empty();
    } catch (IOException e) {
      throw PupilException.unavailable("cannot read " + file + ": " + Reason.of(e), e);
    }
  }

  /** Deletes the state. One that cannot be deleted stays, until its room is needed. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      return; // what was trained is saved
    }
  }
}
