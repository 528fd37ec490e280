package org.pupil.dataset;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * Finds photos in a folder that holds one folder for each label.
 *
 * <p><b>Photos.</b> A file whose extension is jpg, jpeg, jpe, jfif, png, gif, bmp, webp, tif or
 * tiff in any letter case is a photo without being read; whether it can be decoded shows later. Any
 * other file is a photo if its first bytes are those of one of these formats. Files whose extension
 * or first bytes are those of HEIC, HEIF, AVIF or JPEG XL are photos where there is a {@link
 * PhotoConverter} for them, and left out elsewhere. Photos in sub-folders belong to the label
 * above. Passed over without a word are hidden files and folders (those that start with a dot),
 * {@code Thumbs.db}, {@code ehthumbs.db}, {@code desktop.ini}, {@code __MACOSX} and {@code @eaDir},
 * and the contact sheet of a photo set that Pupil brought in.
 *
 * <p><b>Links.</b> Symbolic links are followed, but never to a folder around them, and no file or
 * folder counts twice under one label. A file reached both by a link and without one has the name
 * without one.
 *
 * <p><b>Labels.</b> A label is its folder's name, as {@link LabelRule} says. Labels stand in the
 * order of the folders' names by Unicode code point. Folders without photos have no label.
 *
 * <p><b>Names</b> are in Unicode's form NFC, so that labels, order and split are the same on macOS
 * and Linux; {@link PhotoFile#path} stays as the system gives it.
 */
public final class PhotoFolder {
  private static final Message LAYOUT =
      Message.of(
          Setting.IMAGE_DIR, " must be a folder that holds one folder of photos for each label");

  private PhotoFolder() {}

  /**
   * Finds the photos.
   *
   * @param imageDir the folder of the labels' folders
   * @param rule how their names become labels
   * @return at least two labels, each with at least one photo
   * @throws PupilException (bad input) if the folder is missing, no folder, may not be read, or
   *     gives fewer than two labels; if a folder in it may not be read; if two folders give one
   *     label, or a folder's name cannot be one
   */
  public static Dataset scan(Path imageDir, LabelRule rule) {
    return scan(imageDir, imageDir.toString(), rule, DatasetFolder.FEWEST_LABELS);
  }

  /**
   * Finds the photos.
   *
   * @param typed how the folder was typed: {@link SplitRule#RETRAIN} tells {@code photos} from
   *     {@code ./photos}
   * @param fewest how many labels there must be, 1 or 2
   * @see #scan(Path, LabelRule)
   */
  static Dataset scan(Path imageDir, String typed, LabelRule rule, int fewest) {
    return scan(imageDir, typed, rule, fewest, InstalledConverters.ofProcess());
  }

  /**
   * Finds the photos.
   *
   * @param converters what they read counts as a photo
   * @see #scan(Path, String, LabelRule, int)
   */
  static Dataset scan(
      Path imageDir, String typed, LabelRule rule, int fewest, InstalledConverters converters) {
    Path realDir = check(imageDir);
    List<Path> folders = new ArrayList<>();
    int photosOutside = 0;
    for (Path entry : FolderWalk.entries(imageDir)) {
      if (mayBeFolder(entry)) {
        if (!isPupilsOwn(entry)) {
          folders.add(entry);
        }
      } else if (FileKind.ofName(Names.fileName(entry)) != FileKind.OTHER
          && !isContactSheet(entry)) {
        photosOutside++;
      }
    }
    if (folders.isEmpty()) {
      throw noFolders(imageDir, photosOutside);
    }
    Gathering gathering = new Gathering(imageDir, typed, rule, converters);
    if (photosOutside > 0) {
      gathering.problems.add(outside(imageDir, photosOutside));
    }
    folders.sort(
        Comparator.comparing((Path f) -> Names.nfc(Names.fileName(f)), Names.BY_CODE_POINT));
    for (Path folder : folders) {
      gathering.add(folder, realDir);
    }
    return gathering.result(fewest);
  }

  /**
   * Photos without labels.
   *
   * @param photos by name in code-point order; may be empty
   * @param problems of files that a person may have meant as photos, and that are not among them
   */
  public record Listed(List<Path> photos, List<Problem> problems) {
    public Listed {
      photos = List.copyOf(photos);
      problems = List.copyOf(problems);
    }
  }

  /**
   * Finds photos without labels. An empty file that is named like a photo is one of them: who wants
   * an answer for each photo is to hear that there is none.
   *
   * @param folder any folder
   * @return the photos in it and below
   * @throws PupilException (bad input) if the folder, or one below it, may not be read
   */
  public static Listed list(Path folder) {
    Path realDir = check(folder);
    Path around = realDir.getParent() == null ? realDir.resolve("..") : realDir.getParent();
    FolderWalk walk =
        FolderWalk.through(
            folder, Names.nfc(Names.fileName(realDir)), around, InstalledConverters.ofProcess());
    return new Listed(
        Stream.concat(walk.found().stream(), walk.empty().stream())
            .sorted(Comparator.comparing(FolderWalk.Found::name, Names.BY_CODE_POINT))
            .map(found -> found.file().path())
            .toList(),
        walk.problems(EnumSet.noneOf(LeftOut.Reason.class)).stream()
            .filter(problem -> problem.kind().leavesPhotosOut())
            .filter(problem -> problem.kind() != Problem.Kind.EMPTY_FILE)
            .toList());
  }

  /** The folder's real path, once it is known to be one. */
  private static Path check(Path imageDir) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(imageDir, BasicFileAttributes.class);
      if (!attributes.isDirectory()) {
        throw PupilException.badInput(Message.of(imageDir, " is a file: ", LAYOUT));
      }
      return imageDir.toRealPath();
    } catch (NoSuchFileException e) {
      throw PupilException.badInput(
          Message.of("image folder " + imageDir + " not found: ", LAYOUT), e);
    } catch (AccessDeniedException e) {
      throw PupilException.badInput(
          "may not read the folder " + imageDir + ": change its permissions", e);
    } catch (IOException e) {
      throw PupilException.badInput(
          "cannot read the folder " + imageDir + ": " + e.getMessage(), e);
    }
  }

  /**
   * Whether it is a folder or cannot be seen, which is then told when its photos are looked for.
   */
  private static boolean mayBeFolder(Path entry) {
    try {
      return Files.readAttributes(entry, BasicFileAttributes.class).isDirectory();
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Whether Pupil keeps its models there: who teaches from within the folder of photos has that
   * folder beside the labels, and it is none.
   */
  private static boolean isPupilsOwn(Path folder) {
    return Files.exists(folder.resolve("bottlenecks").resolve("bottlenecks.db"))
        || Files.exists(folder.resolve("runs").resolve("newest"));
  }

  /** Whether it is the picture that comes with a photo set which Pupil has brought in. */
  private static boolean isContactSheet(Path file) {
    return Names.fileName(file).equals("contact-sheet.png")
        && Files.exists(file.resolveSibling("pupil-dataset.json"));
  }

  private static PupilException noFolders(Path imageDir, int photosOutside) {
    Optional<Path> above = photosOutside == 0 ? Optional.empty() : FolderLayout.above(imageDir);
    if (above.isPresent()) {
      return PupilException.badInput(
          Message.of(
              "no folders in %s, but %s: if that is the folder of one label, use "
                  .formatted(imageDir, Names.count(photosOutside, "photo")),
              Setting.IMAGE_DIR,
              " " + above.get() + ", the folder around it"));
    }
    return PupilException.badInput(
        photosOutside == 0
            ? Message.of("no folders in " + imageDir + ": ", LAYOUT)
            : Message.of(
                "no folders in %s, but %s: make a folder for each label in it, such as %s, and move the photos there"
                    .formatted(
                        imageDir, Names.count(photosOutside, "photo"), imageDir.resolve("cat"))));
  }

  private static Problem outside(Path imageDir, int photos) {
    return new Problem(
        Problem.Kind.OUTSIDE_LABELS,
        photos,
        "%s: left out %s beside the labels' folders: move each into the folder of its label"
            .formatted(imageDir, Names.count(photos, "photo")));
  }

  /** What the labels' folders have given so far. */
  private static final class Gathering {
    private final Path imageDir;
    private final String typed;
    private final LabelNames labels;
    private final InstalledConverters converters;
    private final Set<LeftOut.Reason> told = EnumSet.noneOf(LeftOut.Reason.class);
    private final List<Photo> photos = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    Gathering(Path imageDir, String typed, LabelRule rule, InstalledConverters converters) {
      this.converters = converters;
      this.imageDir = imageDir;
      this.typed = typed;
      this.labels = new LabelNames(imageDir, rule, problems);
    }

    void add(Path folder, Path realDir) {
      String folderName = Names.nfc(Names.fileName(folder));
      FolderWalk walk = FolderWalk.through(folder, folderName, realDir, converters);
      problems.addAll(walk.problems(told));
      List<FolderWalk.Found> found = walk.found();
      if (found.isEmpty()) {
        problems.add(
            new Problem(
                Problem.Kind.EMPTY_LABEL,
                0,
                Message.of("%s: no photos in this folder, so it is no label".formatted(folderName)),
                Optional.of(folderName),
                List.of()));
        return;
      }
      int label = labels.add(folderName);
      Problem.fewPhotos(folderName, found.size()).ifPresent(problems::add);
      found.stream()
          .sorted(
              Comparator.comparing(FolderWalk.Found::name, Names.BY_CODE_POINT)
                  // Two names that are one in NFC.
                  .thenComparing(f -> f.file().name(), Names.BY_CODE_POINT))
          .map(f -> new Photo(f.file(), f.name(), label))
          .forEach(photos::add);
    }

    Dataset result(int fewest) {
      problems.addAll(
          new FolderLayout(imageDir, photos.stream().map(Photo::name).toList()).check());
      List<String> names = labels.labels();
      if (names.size() < fewest) {
        String found =
            names.isEmpty()
                ? "no photos in the folders of " + imageDir
                : "only one label, '%s', in %s: at least two folders with photos are needed"
                    .formatted(names.get(0), imageDir);
        // What was left out is most often the reason.
        List<Object> told = new ArrayList<>(List.of(found));
        problems.stream()
            .filter(p -> p.files() > 0 && p.kind() != Problem.Kind.FEW_PHOTOS)
            .limit(2)
            .forEach(p -> told.addAll(List.of(" (", p.message(), ")")));
        throw PupilException.badInput(Message.of(told.toArray()));
      }
      return new Dataset(new Labels(names), photos, problems, typed);
    }
  }
}
