package org.pupil.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pupil.errors.PupilException;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads every path on the command line.
 *
 * <p>A tilde at its start is the home folder: after {@code =} no shell puts that there. A file that
 * is really named so is reached as {@code ./~}.
 *
 * <p>A name whose bytes are no UTF-8 comes with question marks in it from Java, which no file has.
 * The one file whose name looks the same is then meant.
 */
final class TypedPaths {
  private static final String TILDE = "~";
  private static final char UNDECODABLE = '\ufffd';

  private final Map<String, String> environment;

  /**
   * @param environment of which {@code HOME} is looked at, as a shell does, and {@code USERPROFILE}
   */
  TypedPaths(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Makes a parser read the types of paths. Classes, no lambdas: see {@link PathConverter}. */
  void register(CommandLine parser) {
    parser.registerConverter(Path.class, new PathConverter(this));
    parser.registerConverter(TypedPath.class, new TypedPathConverter(this));
    parser.registerConverter(NamedFolder.class, new NamedFolderConverter(this));
  }

  /**
   * The path that a person means.
   *
   * @throws PupilException (bad input) if the name is no UTF-8 and it cannot be told which file it
   *     is; (usage) if it begins with a tilde of which the home folder is not known
   */
  Path path(String typed) {
    try {
      Path path = Path.of(expanded(typed));
      return typed.indexOf(UNDECODABLE) < 0 ? path : found(path);
    } catch (InvalidPathException e) {
      throw PupilException.usage("%s cannot be a path: %s".formatted(typed, e.getReason()));
    }
  }

  /**
   * The same as a text.
   *
   * @throws PupilException as {@link #path}, and (bad input) if the name is no UTF-8
   */
  TypedPath text(String typed) {
    String text = expanded(typed);
    if (text.indexOf(UNDECODABLE) >= 0 && !exists(path(typed), text)) {
      throw PupilException.badInput("the name %s is not in UTF-8: rename it".formatted(typed));
    }
    return new TypedPath(text);
  }

  /** Whether there is a file of just this name: the characters may really be in it. */
  private static boolean exists(Path path, String text) {
    return path.equals(Path.of(text)) && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private String expanded(String typed) {
    if (!typed.startsWith(TILDE)) {
      return typed;
    }
    int slash = typed.replace(File.separatorChar, '/').indexOf('/');
    String first = slash < 0 ? typed : typed.substring(0, slash);
    if (first.equals(TILDE)) {
      return home(typed) + typed.substring(first.length());
    }
    if (slash > 0 && !Files.exists(Path.of(first), LinkOption.NOFOLLOW_LINKS)) {
      throw PupilException.usage(
          "%s: only a shell knows the home folder of somebody else: type the whole path"
              .formatted(typed));
    }
    return typed;
  }

  private String home(String typed) {
    // Windows has the second.
    String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
    if (home.isEmpty()) {
      throw PupilException.usage(
          "%s: the home folder is not known, as HOME is not set: type the whole path"
              .formatted(typed));
    }
    return home;
  }

  private static Path found(Path typed) {
    Path root = typed.getRoot();
    Path found = root == null ? Path.of("") : root;
    for (Path name : typed) {
      Path plain = found.resolve(name);
      boolean isAsTyped =
          name.toString().indexOf(UNDECODABLE) < 0
              || Files.exists(plain, LinkOption.NOFOLLOW_LINKS);
      found = isAsTyped ? plain : theOneThatLooksLike(name, found);
    }
    return found;
  }

  private static Path theOneThatLooksLike(Path name, Path folder) {
    List<Path> alike = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(folder.toString().isEmpty() ? Path.of(".") : folder)) {
      for (Path entry : entries) {
        Path its = entry.getFileName();
        if (its != null && its.toString().equals(name.toString())) {
          alike.add(folder.resolve(its));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Then nothing is found there.
      alike.clear();
    }
    if (alike.size() == 1) {
      return alike.get(0);
    }
    throw PupilException.badInput(
        alike.isEmpty()
            ? "the name %s is not in UTF-8, and there is no file of that name: type another name"
                .formatted(name)
            : "the name %s is not in UTF-8, and %d files here look so: rename them, or name their folder"
                .formatted(name, alike.size()));
  }

  /** {@link TypedPath}; it may be empty. */
  private static final class TypedPathConverter implements ITypeConverter<TypedPath> {
    private final TypedPaths paths;

    TypedPathConverter(TypedPaths paths) {
      this.paths = paths;
    }

    @Override
    public TypedPath convert(String typed) {
      return paths.text(typed);
    }
  }

  /** {@link NamedFolder}. */
  private static final class NamedFolderConverter implements ITypeConverter<NamedFolder> {
    private final TypedPaths paths;

    NamedFolderConverter(TypedPaths paths) {
      this.paths = paths;
    }

    @Override
    public NamedFolder convert(String typed) {
      int colon = typed.indexOf(':');
      String folder = typed.substring(colon + 1);
      if (folder.isEmpty()) {
        throw new TypeConversionException("no folder");
      }
      return new NamedFolder(colon < 0 ? "" : typed.substring(0, colon), paths.path(folder));
    }
  }
}
