package org.pupil.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.DatasetFolder;
import org.pupil.dataset.DatasetSource;
import org.pupil.dataset.DatasetTable;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.LabelTable;
import org.pupil.dataset.Names;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.Reason;
import org.pupil.files.Sha256;

/**
 * What a person gives as the photos to learn from: a folder, an archive or a table.
 *
 * <p>An archive is unpacked once, below a folder for such, under the SHA-256 of its bytes, and from
 * then on read like a folder. A table names files beside it.
 *
 * @param typed the path as it was typed
 * @param rule how folders' names become labels
 * @param isDivided whether folders for sets are looked for, see {@link DatasetFolder}
 * @param unpacked the folder for archives; need not be there
 * @param listener hears how an archive is unpacked, and chooses how it is read
 */
public record ImageDirectory(
    String typed, LabelRule rule, boolean isDivided, Path unpacked, IngestListener listener)
    implements DatasetSource {
  /** What the folder for unpacked archives is called, beside that of the bottlenecks. */
  public static final String UNPACKED = "datasets";

  private static final int DIGITS = 16;

  /** Photos of which nobody hears how they are unpacked. */
  public ImageDirectory(String typed, LabelRule rule, boolean isDivided, Path unpacked) {
    this(typed, rule, isDivided, unpacked, new IngestListener() {});
  }

  /** Whether it is a folder, or nothing at all, so that photos have paths below it. */
  public static boolean isFolder(String typed) {
    return !Files.isRegularFile(Path.of(typed));
  }

  /** Whether a folder is one that an archive was unpacked into. */
  public static boolean isUnpackedSet(Path folder) {
    return Files.isRegularFile(folder.resolve(DatasetRecord.FILE));
  }

  /**
   * Whether it is an archive that was not unpacked yet.
   *
   * @throws PupilException (bad input) if it cannot be read
   */
  public boolean isStillPacked() {
    Path file = Path.of(typed);
    if (isFolder(typed) || LabelTable.isNamedAsTable(Names.fileName(file))) {
      return false;
    }
    try {
      return ArchiveFormat.of(file).isPresent() && DatasetRecord.read(unpackedFrom(file)).isEmpty();
    } catch (IOException e) {
      throw PupilException.badInput(typed + " cannot be read: " + Reason.of(e), e);
    }
  }

  private Path unpackedFrom(Path archive) throws IOException {
    return unpacked.resolve(Sha256.of(archive).substring(0, DIGITS));
  }

  @Override
  public Dataset open() {
    return source().open();
  }

  @Override
  public Dataset openForTesting() {
    return source().openForTesting();
  }

  private DatasetSource source() {
    if (isFolder(typed)) {
      return new DatasetFolder(typed, rule, isDivided);
    }
    if (rule == LabelRule.RETRAIN) {
      throw PupilException.usage(
          Message.of(
              Setting.LABEL_RULE,
              "=retrain and ",
              Setting.SPLIT_RULE,
              "=retrain go by the names of folders as they were typed, so they are for a folder of photos, not for "
                  + typed));
    }
    Path file = Path.of(typed);
    if (LabelTable.isNamedAsTable(Names.fileName(file))) {
      return new DatasetTable(file);
    }
    Path folder = folder(file);
    Path table = folder.resolve(DatasetRecord.TABLE);
    return Files.exists(table)
        ? new DatasetTable(table)
        : new DatasetFolder(folder.toString(), rule, isDivided);
  }

  /** Where the archive is unpacked; does that if it is not. */
  private Path folder(Path archive) {
    Path folder;
    try {
      if (ArchiveFormat.of(archive).isEmpty()) {
        throw PupilException.badInput(
            Message.of(
                Setting.IMAGE_DIR,
                " %s is neither a folder of photos nor an archive or a table of them"
                    .formatted(typed)));
      }
      folder = unpackedFrom(archive);
    } catch (IOException e) {
      throw PupilException.badInput(typed + " cannot be read: " + Reason.of(e), e);
    }
    if (DatasetRecord.read(folder).isEmpty()) {
      // A name without a dot could be one of the catalogue; an absolute path stays as it is.
      String source = typed.indexOf('.') < 0 ? Path.of(".").resolve(typed).toString() : typed;
      new Ingestion(
              new IngestRequest(
                  source,
                  folder,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  UnpackLimits.DEFAULT,
                  Catalogue.builtIn(),
                  Map.of()),
              listener)
          .run();
    }
    return folder;
  }
}
