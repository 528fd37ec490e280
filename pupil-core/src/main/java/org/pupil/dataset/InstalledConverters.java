package org.pupil.dataset;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which converters of photos a system has, and what to do where it has none. */
public final class InstalledConverters {
  /**
   * A converter and where it is.
   *
   * @param file its absolute path
   */
  public record Program(PhotoConverter converter, Path file) {}

  /** A program that installs others, and what it installs to read a format. */
  private record Installer(String program, Map<PhotoFormat, String> commands) {
    static Installer of(String program, String heif, String jpegXl) {
      return new Installer(
          program,
          Map.of(
              PhotoFormat.HEIF, heif,
              PhotoFormat.AVIF, heif,
              PhotoFormat.JPEG_XL, jpegXl));
    }
  }

  private static final String OF_WINDOWS = "winget install ImageMagick.ImageMagick";

  private static final List<Installer> INSTALLERS =
      List.of(
          Installer.of("apt", "sudo apt install libheif-examples", "sudo apt install libjxl-tools"),
          Installer.of("dnf", "sudo dnf install libheif-tools", "sudo dnf install libjxl-utils"),
          Installer.of("pacman", "sudo pacman -S libheif", "sudo pacman -S libjxl"),
          Installer.of("apk", "sudo apk add libheif-tools", "sudo apk add libjxl-tools"),
          Installer.of("brew", "brew install libheif", "brew install jpeg-xl"),
          Installer.of("winget", OF_WINDOWS, OF_WINDOWS));

  /** How to avoid the question. The words are those of an iPhone. */
  private static final String OF_PHONE =
      "; an iPhone takes JPEG photos if Settings > Camera > Formats is \"Most Compatible\"";

  private final List<Program> programs;
  private final Optional<Installer> installer;

  private InstalledConverters(List<Program> programs, Optional<Installer> installer) {
    this.programs = List.copyOf(programs);
    this.installer = installer;
  }

  /** Those of this system, found once for each process. */
  public static InstalledConverters ofProcess() {
    return OfProcess.FOUND;
  }

  /** Found when first asked for. */
  private static final class OfProcess {
    static final InstalledConverters FOUND =
        onPath(
            System.getenv().getOrDefault("PATH", System.getenv().getOrDefault("Path", "")),
            System.getProperty("os.name"));
  }

  /**
   * Those that are in some folders.
   *
   * @param path the folders as the variable {@code PATH} has them; those that are not absolute are
   *     passed over, since what is run must not depend on where Pupil was started
   * @param system as {@code os.name} calls it
   */
  public static InstalledConverters onPath(String path, String system) {
    boolean isWindows = system.toLowerCase(Locale.ROOT).startsWith("windows");
    List<Path> folders = folders(path);
    List<Program> programs = new ArrayList<>();
    for (PhotoConverter converter : PhotoConverter.values()) {
      if (converter.isOn(system) && !isKnownAlready(converter, programs)) {
        find(converter.program(), folders, isWindows)
            .ifPresent(file -> programs.add(new Program(converter, file)));
      }
    }
    Optional<Installer> installer =
        INSTALLERS.stream()
            .filter(each -> find(each.program(), folders, isWindows).isPresent())
            .findFirst();
    return new InstalledConverters(programs, installer);
  }

  /** Where libheif's program has its new name, the old one leads to it. */
  private static boolean isKnownAlready(PhotoConverter converter, List<Program> programs) {
    return converter == PhotoConverter.HEIF_CONVERT
        && programs.stream().anyMatch(known -> known.converter() == PhotoConverter.HEIF_DEC);
  }

  private static List<Path> folders(String path) {
    List<Path> folders = new ArrayList<>();
    for (String name : path.split(Pattern.quote(File.pathSeparator), -1)) {
      try {
        Path folder = Path.of(name);
        if (folder.isAbsolute()) {
          folders.add(folder);
        }
      } catch (InvalidPathException e) {
        // No folder can be called so.
      }
    }
    return folders;
  }

  /** Scripts for Windows' command line are passed over: it would read the arguments once more. */
  private static Optional<Path> find(String program, List<Path> folders, boolean isWindows) {
    return folders.stream()
        .map(folder -> folder.resolve(isWindows ? program + ".exe" : program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /** No converter at all. */
  public static InstalledConverters none() {
    return new InstalledConverters(List.of(), Optional.empty());
  }

  /**
   * The converters for a format, the one to be asked first at the beginning.
   *
   * @return empty if there is none, or the format needs none
   */
  public List<Program> reading(PhotoFormat format) {
    return programs.stream().filter(program -> program.converter().reads(format)).toList();
  }

  /** Whether a photo of a format can be decoded, by itself or after a conversion. */
  public boolean canRead(PhotoFormat format) {
    return format.needsConverter() ? !reading(format).isEmpty() : format != PhotoFormat.RAW;
  }

  /**
   * Whether a file can be decoded.
   *
   * @return false, too, for what is no photo
   */
  public boolean canRead(FileKind kind) {
    return kind == FileKind.PHOTO || kind.converted().filter(this::canRead).isPresent();
  }

  /**
   * The command that installs a converter, for this system.
   *
   * @param format one that needs a converter
   * @return empty if nobody knows which
   */
  public Optional<String> command(PhotoFormat format) {
    return installer.map(each -> each.commands().get(format));
  }

  /**
   * What to do so that photos of a format can be read, as the end of a sentence.
   *
   * @param format one that needs a converter
   */
  public String advice(PhotoFormat format) {
    String install =
        command(format)
            .map(command -> "install the program that reads it, with `" + command + "`")
            .orElse(
                format == PhotoFormat.JPEG_XL
                    ? "install djxl (libjxl) or ImageMagick 7, or save them as JPEG"
                    : "install heif-dec (libheif) or ImageMagick 7, or save them as JPEG");
    return install + (format == PhotoFormat.HEIF ? OF_PHONE : "");
  }
}
