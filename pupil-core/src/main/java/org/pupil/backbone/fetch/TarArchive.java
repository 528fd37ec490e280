package org.pupil.backbone.fetch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.pupil.errors.PupilException;
import org.pupil.files.InputFile;
import org.pupil.files.Reason;

/**
 * A {@code .tar.gz} from somewhere: nothing in it is trusted.
 *
 * <p>Before anything is taken out, the whole archive is read once: the checksum of the compressed
 * data, and every header. Links, devices, names that lead out of the folder, and absurd sizes make
 * the whole archive unusable, and no more of it is unpacked than shows that.
 */
public final class TarArchive {
  private static final int BLOCK = 512;
  private static final int SIZE_OFFSET = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TYPE_OFFSET = 156;
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  /** Files and folders: no links, devices or pipes. */
  private static final Set<Byte> PLAIN =
      Set.of(
          TarConstants.LF_OLDNORM,
          TarConstants.LF_NORMAL,
          TarConstants.LF_CONTIG,
          TarConstants.LF_DIR);

  /** No backbone is larger. */
  private static final long LARGEST_CONTENT = 1L << 30;

  /**
   * Weights hardly get smaller by compression; what unpacks to more than so many times its size,
   * beyond the first megabytes, was made to fill a disk.
   */
  private static final long LARGEST_RATIO = 32;

  private static final long ANY_RATIO = 64L << 20;
  private static final long LARGEST_NAME_RECORD = 1L << 16;
  private static final int MOST_ENTRIES = 10_000;

  private final Path file;
  private final List<String> files = new ArrayList<>();

  /**
   * @throws PupilException of kind BAD_INPUT when the file cannot be read, of kind BAD_MODEL when
   *     it is damaged, cut short or unsafe
   */
  public TarArchive(Path file) {
    this.file = file;
    try {
      checkHeaders();
      checkNames();
    } catch (NoSuchFileException e) {
      throw PupilException.badInput(file + " does not exist", e);
    } catch (IOException | IllegalArgumentException e) {
      throw PupilException.badModel(file + " is not a whole .tar.gz archive: " + Reason.of(e), e);
    }
  }

  /** Reads all bytes, so that gzip's checksum is compared, and looks at the raw headers. */
  private void checkHeaders() throws IOException {
    byte[] header = new byte[BLOCK];
    long content = 0;
    int entries = 0;
    try (InputStream in = content()) {
      while (true) {
        int length = in.readNBytes(header, 0, BLOCK);
        if (length == 0 && entries > 0) {
          throw new IOException("it has no end");
        }
        if (length < BLOCK) {
          throw new IOException("it is cut short");
        }
        if (isZero(header)) {
          break;
        }
        long size = TarUtils.parseOctalOrBinary(header, SIZE_OFFSET, SIZE_LENGTH);
        content += checkSize(size, header[TYPE_OFFSET]);
        entries++;
        if (content < 0 || content > LARGEST_CONTENT || entries > MOST_ENTRIES) {
          throw new IOException("it holds more than any backbone does");
        }
        in.skipNBytes(size + (BLOCK - size % BLOCK) % BLOCK);
      }
      readToEnd(in);
    }
    if (entries == 0) {
      throw new IOException("it is empty");
    }
  }

  private static long checkSize(long size, byte type) throws IOException {
    boolean namesNext =
        type == TarConstants.LF_GNUTYPE_LONGNAME
            || type == TarConstants.LF_GNUTYPE_LONGLINK
            || type == TarConstants.LF_PAX_EXTENDED_HEADER_LC
            || type == TarConstants.LF_PAX_EXTENDED_HEADER_UC
            || type == TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER;
    if (size < 0 || size > (namesNext ? LARGEST_NAME_RECORD : LARGEST_CONTENT)) {
      throw new IOException("an entry has the size " + size);
    }
    return size;
  }

  private static boolean isZero(byte[] block) {
    for (byte value : block) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static void readToEnd(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long rest = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      rest += read;
      if (rest > LARGEST_CONTENT) {
        throw new IOException("it holds more than any backbone does");
      }
    }
  }

  private void checkNames() throws IOException {
    try (TarArchiveInputStream tar = entries()) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!PLAIN.contains(entry.getLinkFlag())) {
          throw PupilException.badModel(
              file + " is not safe: " + entry.getName() + " in it is a link or a device");
        }
        String name = relativeName(entry);
        if (!entry.isDirectory()) {
          files.add(name);
        }
      }
    }
  }

  /** The entry's name without {@code ./}, checked: it stays below the folder. */
  private String relativeName(TarArchiveEntry entry) {
    String name = entry.getName();
    StringBuilder relative = new StringBuilder();
    for (String part : name.split("/", -1)) {
      if (part.equals("..") || part.contains("\\") || part.contains(":") || part.contains("\0")) {
        throw outside(name);
      }
      if (!part.isEmpty() && !part.equals(".")) {
        relative.append(relative.length() == 0 ? "" : "/").append(part);
      }
    }
    if (name.startsWith("/")) {
      throw outside(name);
    }
    return relative.toString();
  }

  private PupilException outside(String name) {
    return PupilException.badModel(
        file + " is not safe: " + name + " in it would be written outside its folder");
  }

  /**
   * Finds a file.
   *
   * @param wanted what it may be called
   * @return the name of the first entry that is called so; empty when there is none
   */
  public Optional<String> find(List<String> wanted) {
    return files.stream().filter(wanted::contains).findFirst();
  }

  /**
   * Takes one file out.
   *
   * @param name as {@link #find} gives it
   */
  public void extract(String name, Path target) throws IOException {
    try (TarArchiveInputStream tar = entries()) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!entry.isDirectory() && relativeName(entry).equals(name)) {
          write(tar, target);
          return;
        }
      }
    }
    throw new IllegalArgumentException(file + " holds no " + name);
  }

  /** Names of all files, without {@code ./}. */
  public List<String> files() {
    return List.copyOf(files);
  }

  /**
   * Takes files out into an empty folder.
   *
   * @param wanted which, by their names
   */
  public void extractAll(Path folder, Predicate<String> wanted) throws IOException {
    try (TarArchiveInputStream tar = entries()) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!entry.isDirectory() && !wanted.test(relativeName(entry))) {
          continue;
        }
        Path target = folder.resolve(relativeName(entry)).normalize();
        if (!target.startsWith(folder.normalize())) {
          throw outside(entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Path parent = target.getParent();
          if (parent != null) {
            Files.createDirectories(parent);
          }
          write(tar, target);
        }
      }
    }
  }

  private static void write(InputStream in, Path target) throws IOException {
    try (OutputStream out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[BUFFER];
      long written = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        written += read;
        if (written > LARGEST_CONTENT) {
          throw new IOException("an entry is larger than its header says");
        }
        out.write(buffer, 0, read);
      }
    }
  }

  private TarArchiveInputStream entries() throws IOException {
    return new TarArchiveInputStream(content());
  }

  /**
   * The tar inside, which ends in an error where it is larger than any backbone; some servers
   * unpack the gzip on the way, then it is there at once.
   */
  private InputStream content() throws IOException {
    BufferedInputStream in = new BufferedInputStream(InputFile.open(file), BUFFER);
    long most = Math.min(LARGEST_CONTENT, ANY_RATIO + LARGEST_RATIO * Files.size(file));
    try {
      in.mark(2);
      boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
      in.reset();
      return new BoundedStream(
          gzip
              ? GzipCompressorInputStream.builder()
                  .setInputStream(in)
                  .setDecompressConcatenated(true)
                  .get()
              : in,
          most);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }
}
