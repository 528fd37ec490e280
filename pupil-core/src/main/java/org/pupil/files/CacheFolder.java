package org.pupil.files;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.pupil.errors.PupilException;

/**
 * The folder where Pupil keeps what it can make anew: the native libraries, which a system loads
 * only from files, and what is needed for a moment.
 *
 * <p>It is what {@value #VARIABLE} names; without that, the first of {@code $XDG_CACHE_HOME/pupil},
 * on Windows {@code %LOCALAPPDATA%\pupil}, {@code ~/.cache/pupil} and a private folder among the
 * temporary files, in which files can be made and programs be run.
 *
 * @param path the folder; it is there
 */
public record CacheFolder(Path path) {
  /** The environment variable that chooses another. */
  public static final String VARIABLE = "PUPIL_CACHE";

  private static final String NATIVE = "native";
  private static final int MEGABYTE = 1 << 20;

  /**
   * Where the folder may be.
   *
   * @param folder the folder
   * @param amongOthers whether it lies where anybody may put something
   */
  private record Candidate(Path folder, boolean amongOthers) {}

  /**
   * Finds the folder for this process, and makes it.
   *
   * @throws PupilException (unavailable) if there is none, with the reason for each
   */
  public static CacheFolder ofProcess() {
    return find(
        System.getenv(),
        Path.of(System.getProperty("user.home", "")),
        Path.of(System.getProperty("java.io.tmpdir", "")),
        System.getProperty("user.name", ""));
  }

  static CacheFolder find(Map<String, String> environment, Path home, Path temporary, String user) {
    StringJoiner reasons = new StringJoiner("; ");
    for (Candidate candidate : candidates(environment, home, temporary, user)) {
      Optional<String> objection = objectionTo(candidate);
      if (objection.isEmpty()) {
        return new CacheFolder(candidate.folder);
      }
      reasons.add(candidate.folder + " (" + objection.get() + ")");
    }
    throw PupilException.unavailable(
        "native libraries cannot be unpacked and loaded in " + reasons + ": " + remedy());
  }

  private static String remedy() {
    return "set "
        + VARIABLE
        + " to a folder that has room, can be written, and from which programs may be run";
  }

  private static List<Candidate> candidates(
      Map<String, String> environment, Path userHome, Path temporary, String user) {
    FileSystem system = userHome.getFileSystem();
    String chosen = environment.getOrDefault(VARIABLE, "");
    if (!chosen.isEmpty()) {
      return List.of(new Candidate(system.getPath(chosen).toAbsolutePath(), false));
    }
    List<Candidate> candidates = new ArrayList<>();
    for (String variable : sharedFolders(system)) {
      Path shared = system.getPath(environment.getOrDefault(variable, ""));
      if (shared.isAbsolute()) {
        candidates.add(new Candidate(shared.resolve("pupil"), false));
      }
    }
    Path home =
        environment.containsKey("HOME") ? system.getPath(environment.get("HOME")) : userHome;
    if (home.isAbsolute() && Files.isDirectory(home)) {
      candidates.add(new Candidate(home.resolve(".cache").resolve("pupil"), false));
    }
    String name = "pupil-" + user.replaceAll("[^A-Za-z0-9._-]", "_");
    candidates.add(new Candidate(temporary.toAbsolutePath().resolve(name), true));
    return candidates;
  }

  /** The variables that name the folder in which each program has one for itself. */
  private static List<String> sharedFolders(FileSystem system) {
    return system.getSeparator().equals("\\")
        ? List.of("XDG_CACHE_HOME", "LOCALAPPDATA")
        : List.of("XDG_CACHE_HOME");
  }

  private static Optional<String> objectionTo(Candidate candidate) {
    if (!candidate.amongOthers && Files.isDirectory(candidate.folder.resolve(NATIVE))) {
      // It did once. To try it out at every start takes time, and a disk that may only be read by
      // now is good enough for what was unpacked.
      return Optional.empty();
    }
    try {
      NewFolder made = NewFolder.make(candidate.folder);
      Optional<String> objection = objectionTo(candidate, made.isNew());
      if (objection.isPresent()) {
        made.removeIfEmpty();
      }
      return objection;
    } catch (IOException e) {
      return Optional.of(FileTrouble.reason(e));
    }
  }

  private static Optional<String> objectionTo(Candidate candidate, boolean isNew)
      throws IOException {
    Path folder = candidate.folder;
    if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Part.file(folder.resolve(NATIVE)).close();
      return Optional.empty();
    }
    if (candidate.amongOthers && isNew) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    try (Part probe = Part.file(folder.resolve(NATIVE))) {
      if (candidate.amongOthers && !isPrivate(folder, probe.path())) {
        return Optional.of("it is not a folder of this user alone");
      }
      // On what is mounted without the right to run programs nobody has it, whatever the file says.
      Files.setPosixFilePermissions(probe.path(), PosixFilePermissions.fromString("rwx------"));
      return Files.isExecutable(probe.path())
          ? Optional.empty()
          : Optional.of("programs may not be run from there");
    }
  }

  /** What is loaded from a folder of somebody else does what that one wants. */
  private static boolean isPrivate(Path folder, Path ownFile) throws IOException {
    Set<PosixFilePermission> ofOthers =
        EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    ofOthers.retainAll(Files.getPosixFilePermissions(folder));
    return ofOthers.isEmpty()
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder).equals(Files.getOwner(ownFile));
  }

  /** The folder for native libraries in it, which may not be there yet. */
  public Path forNativeLibraries() {
    return path.resolve(NATIVE);
  }

  /**
   * Makes a new folder in it, which goes when it is closed.
   *
   * @param kind how its name begins
   * @throws PupilException (unavailable) if that cannot be
   */
  public ScratchFolder scratch(String kind) {
    try {
      return ScratchFolder.make(path, kind);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** Says that something cannot be written in it, and what to do. */
  public PupilException cannotWrite(IOException cause) {
    return PupilException.unavailable(
        "cannot write in " + path + ": " + FileTrouble.reason(cause) + "; " + remedy(), cause);
  }

  /**
   * Says that a native library does not load.
   *
   * @param library whose it is
   * @param cause what the loading threw
   */
  public String notLoaded(String library, Throwable cause) {
    Throwable last = cause;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return "%s's native library does not load from %s (%s%s): %s"
        .formatted(
            library,
            path,
            String.valueOf(last.getMessage()).lines().findFirst().orElse(""),
            room(),
            remedy());
  }

  private String room() {
    try {
      return "; " + Files.getFileStore(path).getUsableSpace() / MEGABYTE + " MB are free there";
    } catch (IOException e) {
      return "";
    }
  }
}
