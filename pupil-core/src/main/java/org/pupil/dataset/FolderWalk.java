package org.pupil.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pupil.dataset.LeftOut.Reason;
import org.pupil.errors.PupilException;

/**
 * Finds the photos of one label: everything below its folder.
 *
 * <p>Costs one read of attributes a file; only files whose name is not that of a photo are opened,
 * for their first bytes. What is really there is found before what links lead to, so a file that is
 * reached both ways keeps its own name, and no folder or file is visited twice.
 */
final class FolderWalk {

  /** A photo of the label. */
  record Found(PhotoFile file, String name) {}

  /** A folder or link still to visit, and its name below the image folder. */
  private record Entry(Path path, String name) {}

  /** Ways to write a folder, after which what stands before them is not what holds it. */
  private static final Set<String> NO_NAMES = Set.of("", ".", "..");

  private final List<Found> found = new ArrayList<>();
  private final List<Found> empty = new ArrayList<>();
  private final LeftOut leftOut;
  private final Path imageDir;
  private final InstalledConverters converters;
  private final Set<Object> seenFolders = new HashSet<>();
  private final Set<List<Object>> seenFiles = new HashSet<>();
  private final Deque<Entry> folders = new ArrayDeque<>();
  private final Deque<Entry> links = new ArrayDeque<>();

  private FolderWalk(String folderName, Path imageDir, InstalledConverters converters) {
    this.leftOut = new LeftOut(folderName);
    this.imageDir = imageDir;
    this.converters = converters;
  }

  /**
   * Walks through a label's folder.
   *
   * @param folder the folder
   * @param name its name in form NFC
   * @param imageDir the real path of the image folder around it, which no link is followed to
   * @param converters those of the system: what they read counts as a photo
   */
  static FolderWalk through(
      Path folder, String name, Path imageDir, InstalledConverters converters) {
    FolderWalk walk = new FolderWalk(name, imageDir, converters);
    walk.links.add(new Entry(folder, name));
    while (!walk.folders.isEmpty() || !walk.links.isEmpty()) {
      if (walk.folders.isEmpty()) {
        walk.follow(walk.links.poll());
      } else {
        walk.list(walk.folders.pop());
      }
    }
    return walk;
  }

  List<Found> found() {
    return found;
  }

  /** Files of no bytes that are named like photos: they are left out. */
  List<Found> empty() {
    return empty;
  }

  /**
   * What is not used, and why.
   *
   * @param told what other labels' problems have told already, see {@link LeftOut#problems}
   */
  List<Problem> problems(Set<Reason> told) {
    return leftOut.problems(converters, told);
  }

  /** The entries of a folder that are looked at, in code-point order. */
  static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path entry : stream) {
        if (!Names.isPassedOver(Names.fileName(entry))) {
          entries.add(entry);
        }
      }
    } catch (AccessDeniedException e) {
      throw PupilException.badInput(
          "may not read the folder " + folder + ": change its permissions", e);
    } catch (NotDirectoryException e) {
      throw PupilException.badInput(folder + " is not a folder", e);
    } catch (IOException | DirectoryIteratorException e) {
      throw PupilException.badInput("cannot list the folder " + folder + ": " + e.getMessage(), e);
    }
    entries.sort(Comparator.comparing(Names::fileName, Names.BY_CODE_POINT));
    return entries;
  }

  private void list(Entry folder) {
    for (Path path : entries(folder.path())) {
      Entry entry = new Entry(path, folder.name() + "/" + Names.nfc(Names.fileName(path)));
      try {
        BasicFileAttributes attributes =
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
          links.add(entry);
        } else {
          visit(entry, attributes);
        }
      } catch (IOException e) {
        leftOut.add(Reason.UNREADABLE, entry.name(), entry.path());
      }
    }
  }

  private void follow(Entry link) {
    try {
      BasicFileAttributes target = Files.readAttributes(link.path(), BasicFileAttributes.class);
      if (target.isDirectory() && leadsBack(link.path())) {
        leftOut.add(Reason.LEADS_BACK, link.name(), link.path());
      } else {
        visit(link, target);
      }
    } catch (AccessDeniedException e) {
      leftOut.add(Reason.UNREADABLE, link.name(), link.path());
    } catch (IOException e) {
      // Nothing is there, or the links go round in a ring.
      leftOut.add(Reason.LEADS_NOWHERE, link.name(), link.path());
    }
  }

  private boolean leadsBack(Path link) throws IOException {
    Path target = link.toRealPath();
    Path holder = link.toAbsolutePath().getParent();
    return imageDir.startsWith(target)
        || (!NO_NAMES.contains(Names.fileName(link))
            && holder != null
            && holder.toRealPath().startsWith(target));
  }

  private void visit(Entry entry, BasicFileAttributes attributes) throws IOException {
    if (attributes.isDirectory()) {
      if (seenFolders.add(key(entry, attributes))) {
        folders.push(entry);
      }
    } else if (!attributes.isRegularFile()) {
      leftOut.add(Reason.NOT_A_PHOTO, entry.name(), entry.path());
    } else if (seenFiles.add(identity(entry, attributes))) {
      visitFile(entry, attributes);
    }
  }

  private void visitFile(Entry entry, BasicFileAttributes attributes) throws IOException {
    FileKind kind = kind(entry.path());
    if (converters.canRead(kind)) {
      visitPhoto(entry, attributes);
    } else {
      leftOut.add(reason(kind), entry.name(), entry.path());
    }
  }

  private void visitPhoto(Entry entry, BasicFileAttributes attributes) {
    long modifiedMillis = attributes.lastModifiedTime().toMillis();
    Found photo =
        new Found(new PhotoFile(entry.path(), attributes.size(), modifiedMillis), entry.name());
    if (attributes.size() == 0) {
      leftOut.add(Reason.EMPTY, entry.name(), entry.path());
      empty.add(photo);
    } else {
      found.add(photo);
    }
  }

  private static Reason reason(FileKind kind) {
    return kind.converted()
        .map(Reason::noConverter)
        .orElse(kind == FileKind.RAW ? Reason.RAW : Reason.NOT_A_PHOTO);
  }

  private static FileKind kind(Path path) throws IOException {
    FileKind promised = FileKind.ofName(Names.fileName(path));
    if (promised == FileKind.PHOTO) {
      return promised;
    }
    try (InputStream in = Files.newInputStream(path)) {
      return promised.correctedBy(in.readNBytes(FileKind.FIRST_BYTES));
    }
  }

  /**
   * What makes two names the same file. The key alone (device and inode) should do, but some
   * network file systems give one key to many files. A list, since the virtual machine takes a
   * hundredth of a second to make the first {@code hashCode} of a record.
   */
  private static List<Object> identity(Entry entry, BasicFileAttributes attributes)
      throws IOException {
    return List.of(key(entry, attributes), attributes.size(), attributes.lastModifiedTime());
  }

  /** What tells this file from every other, by whatever name it is reached. */
  private static Object key(Entry entry, BasicFileAttributes attributes) throws IOException {
    Object key = attributes.fileKey();
    return key != null ? key : entry.path().toRealPath();
  }
}
