package org.pupil.backbone.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupil.errors.PupilException;
import org.pupil.files.Reason;
import org.pupil.files.Sha256;
import org.pupil.files.WholeFile;

/**
 * What the SHA-256 of a file was when it was first used: beside {@code a.tgz} stands {@code
 * a.tgz.sha256} as the command {@code sha256sum} writes it.
 */
public final class HashRecord {
  private static final int LONGEST_RECORD = 4096;
  private static final Pattern RECORD = Pattern.compile("([0-9a-f]{64})  .*\\R?");

  private HashRecord() {}

  /**
   * The SHA-256 of a file now.
   *
   * @throws PupilException of kind BAD_INPUT when it cannot be read
   */
  public static String hash(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw PupilException.badInput(file + " cannot be read: " + Reason.of(e), e);
    }
  }

  /**
   * Compares a file with what was recorded when it was first used; records it when nothing was. In
   * a folder whose owner may not write nothing is recorded: such a folder is kept by somebody else.
   *
   * @param sha256 the file's hash now
   * @throws PupilException of kind BAD_MODEL when the file has changed
   */
  public static void compareOrWrite(Path file, String sha256) {
    Path record = recordOf(file);
    Optional<String> before = recorded(record);
    if (before.isPresent() && !before.get().equals(sha256)) {
      throw PupilException.badModel(
          file
              + " has changed since it was first used (SHA-256 "
              + before.get()
              + " then, "
              + sha256
              + " now); delete it to get it again, or delete "
              + record.getFileName()
              + " to accept it");
    }
    if (before.isEmpty() && mayWriteBeside(file)) {
      write(file, sha256);
    }
  }

  /** Records a file's hash, whatever was recorded before. */
  public static void write(Path file, String sha256) {
    Path record = recordOf(file);
    WholeFile.write(record, sha256 + "  " + file.getFileName() + "\n");
  }

  /** The file beside a file that has its hash. */
  public static Path recordOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".sha256");
  }

  private static Optional<String> recorded(Path record) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(record)) {
      bytes = in.readNBytes(LONGEST_RECORD);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw PupilException.badInput(record + " cannot be read: " + Reason.of(e), e);
    }
    Matcher line = RECORD.matcher(new String(bytes, StandardCharsets.UTF_8));
    if (!line.matches()) {
      throw PupilException.badModel(
          record + " is damaged: it must be one line of sha256sum; delete it to record it anew");
    }
    return Optional.of(line.group(1));
  }

  /** Also true for root only where the owner may write: root may everywhere, and should not. */
  private static boolean mayWriteBeside(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      return folder != null
          && Files.isWritable(folder)
          && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OWNER_WRITE);
    } catch (UnsupportedOperationException e) {
      return Files.isWritable(folder);
    } catch (IOException e) {
      throw PupilException.badInput(folder + " cannot be read: " + Reason.of(e), e);
    }
  }
}
