package org.pupil.ingest;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.pupil.errors.PupilException;
import org.pupil.files.InputFile;
import org.pupil.files.Reason;

/**
 * Unpacks archives that may come from anybody, in one pass.
 *
 * <p>A name that leads out of the folder makes the whole archive unusable. Links and devices are
 * left out. An archive that becomes more than {@link UnpackLimits} allow is given up, at the latest
 * when it has.
 */
final class Unpacker {
  private static final int BUFFER = 1 << 16;
  private static final int TAR_BLOCK = 512;

  /** Dictionaries of more memory are not needed for photos. */
  private static final int XZ_MEMORY_KILOBYTES = 256 << 10;

  private final UnpackLimits limits;
  private final Charset names;
  private final IngestListener listener;

  /**
   * @param names how names are encoded that are no UTF-8
   */
  Unpacker(UnpackLimits limits, Charset names, IngestListener listener) {
    this.limits = limits;
    this.names = names;
    this.listener = listener;
  }

  /**
   * Unpacks a file of a {@linkplain ArchiveFormat#isRead format that is read}.
   *
   * @param name what messages call it
   * @param folder an empty one
   * @throws PupilException (bad input) if it is damaged, unsafe, protected by a password or too
   *     much
   * @throws IOException if the disk does not take it
   */
  SourceTree unpack(String name, Path archive, ArchiveFormat format, Path folder)
      throws IOException {
    long size = Files.size(archive);
    try (Staging staging = new Staging(folder, name, size, limits, listener)) {
      try {
        if (format == ArchiveFormat.ZIP) {
          new ZipReader(name, archive, names, staging).read(size, limits);
        } else {
          try (InputStream in = decompressed(archive, format, new Allowance(name, size))) {
            readStream(name, format, in, staging);
          }
        }
        return staging.finish();
      } catch (TargetException | FileSystemException e) {
        throw e;
      } catch (IOException | IllegalArgumentException | ArithmeticException e) {
        throw PupilException.badInput(
            "%s is damaged or cut short (%s): get it again".formatted(name, Reason.of(e)), e);
      }
    }
  }

  private void readStream(String name, ArchiveFormat format, InputStream in, Staging staging)
      throws IOException {
    in.mark(TAR_BLOCK);
    byte[] first = in.readNBytes(TAR_BLOCK);
    in.reset();
    if (format == ArchiveFormat.TAR
        || ArchiveFormat.of(first).equals(Optional.of(ArchiveFormat.TAR))) {
      readTar(name, in, staging);
    } else {
      staging.add(withoutSuffix(name), in);
    }
  }

  /** {@code labels.idx1-ubyte} for {@code labels.idx1-ubyte.gz}. */
  private static String withoutSuffix(String name) {
    String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  private void readTar(String name, InputStream in, Staging staging) throws IOException {
    // Each byte of a name is a character for now.
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(in, StandardCharsets.ISO_8859_1.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String path = path(name, entry.getName());
        if (path.isEmpty() || entry.isDirectory() || Staging.isPassedOver(path)) {
          continue;
        }
        if (entry.isLink() || entry.isSymbolicLink()) {
          staging.notes().add(Notes.Reason.LINK, path);
        } else if (isSpecial(entry)) {
          staging.notes().add(Notes.Reason.SPECIAL, path);
        } else if (entry.getSize() <= FileWriters.LARGEST) {
          byte[] content = tar.readNBytes((int) entry.getSize());
          if (content.length < entry.getSize()) {
            throw new IOException("it ends within " + path);
          }
          staging.add(path, content.length, () -> content);
        } else {
          staging.add(path, tar);
        }
      }
    }
  }

  private static boolean isSpecial(TarArchiveEntry entry) {
    return entry.isFIFO()
        || entry.isCharacterDevice()
        || entry.isBlockDevice()
        || entry.isSparse()
        || !entry.isFile();
  }

  /** Where an entry belongs; its name came as one character a byte, or as text from a newer tar. */
  private String path(String archive, String raw) {
    boolean isBytes = raw.chars().allMatch(c -> c <= 0xFF);
    String text =
        isBytes ? EntryName.decoded(raw.getBytes(StandardCharsets.ISO_8859_1), names) : raw;
    try {
      return EntryName.relative(text);
    } catch (EntryName.OutsideException e) {
      throw unsafe(archive, text, e);
    }
  }

  static PupilException unsafe(String archive, String entry, EntryName.OutsideException cause) {
    return PupilException.badInput(
        "%s is not safe: %s in it would be written outside its folder; nothing was unpacked"
            .formatted(archive, entry),
        cause);
  }

  private static InputStream decompressed(Path archive, ArchiveFormat format, Allowance allowance)
      throws IOException {
    InputStream file = new BufferedInputStream(InputFile.open(archive), BUFFER);
    try {
      InputStream content =
          switch (format) {
            case TAR -> file;
            case GZIP ->
                GzipCompressorInputStream.builder()
                    .setInputStream(file)
                    .setDecompressConcatenated(true)
                    .get();
            case XZ ->
                XZCompressorInputStream.builder()
                    .setInputStream(file)
                    .setDecompressConcatenated(true)
                    .setMemoryLimitKiB(XZ_MEMORY_KILOBYTES)
                    .get();
            case BZIP2 -> new BZip2CompressorInputStream(file, true);
            default -> throw new IllegalArgumentException(format + " is not read");
          };
      return new BufferedInputStream(allowance.around(content), BUFFER);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** How much may come out of a stream, passed-over files and headers included. */
  private final class Allowance {
    private final String name;
    private final long size;

    Allowance(String name, long size) {
      this.name = name;
      this.size = size;
    }

    InputStream around(InputStream in) {
      long most = limits.bytesOf(size);
      return new FilterInputStream(in) {
        private long count;

        @Override
        public int read() throws IOException {
          int value = super.read();
          count(value < 0 ? 0 : 1);
          return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          int read = super.read(target, offset, length);
          count(Math.max(0, read));
          return read;
        }

        @Override
        public long skip(long length) throws IOException {
          long skipped = super.skip(length);
          count(skipped);
          return skipped;
        }

        @Override
        public boolean markSupported() {
          return false;
        }

        private void count(long bytes) {
          count += bytes;
          if (count > most) {
            throw limits.tooLarge(name, size);
          }
        }
      };
    }
  }
}
