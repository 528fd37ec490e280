package org.pupil.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pupil.dataset.FileKind;
import org.pupil.dataset.InstalledConverters;

/** The files of a photo set by what they are. */
final class Candidates {
  private final List<SourceFile> photos = new ArrayList<>();
  private final List<SourceFile> others = new ArrayList<>();
  private final List<SourceFile> archives = new ArrayList<>();
  private final Notes notes = new Notes();

  /**
   * Looks at names, and at the first bytes of files whose names say nothing.
   *
   * @param converters what they read counts as a photo
   * @throws IOException if a file cannot be read
   */
  Candidates(SourceTree tree, InstalledConverters converters) throws IOException {
    for (SourceFile file : tree.files()) {
      FileKind kind = kind(file);
      if (converters.canRead(kind)) {
        addPhoto(file);
      } else if (kind.converted().isPresent()) {
        notes.add(Notes.Reason.noConverter(kind.converted().get()), file.path());
      } else if (kind == FileKind.RAW) {
        notes.add(Notes.Reason.RAW, file.path());
      } else {
        others.add(file);
        if (isArchive(file)) {
          archives.add(file);
        }
      }
    }
  }

  private void addPhoto(SourceFile file) {
    if (file.size() == 0) {
      notes.add(Notes.Reason.EMPTY, file.path());
    } else {
      photos.add(file);
    }
  }

  private static FileKind kind(SourceFile file) throws IOException {
    FileKind promised = FileKind.ofName(file.name());
    if (promised == FileKind.PHOTO || file.size() == 0) {
      return promised;
    }
    try (InputStream in = Files.newInputStream(file.content())) {
      return promised.correctedBy(in.readNBytes(FileKind.FIRST_BYTES));
    }
  }

  private static boolean isArchive(SourceFile file) throws IOException {
    Optional<ArchiveFormat> format =
        file.size() == 0 ? Optional.empty() : ArchiveFormat.of(file.content());
    return format.isPresent();
  }

  /** Files that seem to be photos, by path in code-point order. */
  List<SourceFile> photos() {
    return photos;
  }

  /** All other files that have bytes, archives too. */
  List<SourceFile> others() {
    return others;
  }

  List<SourceFile> archives() {
    return archives;
  }

  /** What was left out. */
  List<Note> notes() {
    return notes.list();
  }
}
