package org.pupil.app;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a path from the command line. An empty one would be the working directory, which nobody
 * means by it.
 *
 * <p>A class and no lambda: one lambda of that interface keeps all of picocli's converters out of
 * the archive of classes that makes Pupil start fast.
 */
final class PathConverter implements ITypeConverter<Path> {
  private final TypedPaths paths;

  PathConverter(TypedPaths paths) {
    this.paths = paths;
  }

  @Override
  public Path convert(String typed) {
    if (typed.isEmpty()) {
      throw new TypeConversionException("empty");
    }
    return paths.path(typed);
  }
}
