package org.pupil.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The formats that networks, and models made of them, are kept in. */
public enum NetworkFormat {
  /** A frozen TensorFlow graph. */
  TENSORFLOW(".pb"),
  /** An ONNX model. */
  ONNX(".onnx");

  private final String extension;

  NetworkFormat(String extension) {
    this.extension = extension;
  }

  /** What names of such files end with, the dot included. */
  public String extension() {
    return extension;
  }

  /**
   * The file of some name, but for its extension, in a folder: of several formats the one that was
   * written last. Where there is none, the {@code .pb} that is not there.
   */
  public static Path newestIn(Path folder, String name) {
    Path newest = folder.resolve(name + TENSORFLOW.extension);
    for (NetworkFormat format : values()) {
      Path file = folder.resolve(name + format.extension);
      if (time(file) > time(newest)) {
        newest = file;
      }
    }
    return newest;
  }

  /** When a file was written, in milliseconds; before all times if there is none. */
  private static long time(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return Long.MIN_VALUE;
    }
  }

  /** The format of a file: ONNX if its name says so, else a TensorFlow graph. */
  public static NetworkFormat of(Path file) {
    return ONNX.isNamedBy(file) ? ONNX : TENSORFLOW;
  }

  /** Whether a file is said by its name to be of this format. */
  public boolean isNamedBy(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(extension);
  }
}
