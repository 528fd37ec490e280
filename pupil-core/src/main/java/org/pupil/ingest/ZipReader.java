package org.pupil.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.pupil.errors.PupilException;

/** Reads a zip by its directory; small files are inflated by the threads that write them. */
final class ZipReader {
  private final String name;
  private final Path archive;
  private final Charset names;
  private final Staging staging;

  ZipReader(String name, Path archive, Charset names, Staging staging) {
    this.name = name;
    this.archive = archive;
    this.names = names;
    this.staging = staging;
  }

  /**
   * Unpacks all files.
   *
   * @param size of the archive in bytes
   */
  void read(long size, UnpackLimits limits) throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(archive).setUseUnicodeExtraFields(true).get()) {
      List<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder());
      check(entries, size, limits);
      for (ZipArchiveEntry entry : entries) {
        take(zip, entry);
      }
    }
  }

  /** All that the directory tells is looked at before anything is unpacked. */
  private void check(List<ZipArchiveEntry> entries, long size, UnpackLimits limits) {
    long most = limits.bytesOf(size);
    long all = 0;
    for (ZipArchiveEntry entry : entries) {
      path(entry);
      if (entry.getGeneralPurposeBit().usesEncryption()) {
        throw PupilException.badInput(
            "%s is protected by a password (%s in it is encrypted): unpack it with another program and give the folder"
                .formatted(name, text(entry)));
      }
      all += Math.max(0, entry.getSize());
      if (all < 0 || all > most) {
        throw limits.tooLarge(name, size);
      }
    }
    if (entries.size() > limits.files()) {
      throw limits.tooMany(name);
    }
  }

  private void take(ZipFile zip, ZipArchiveEntry entry) throws IOException {
    String path = path(entry);
    if (path.isEmpty() || entry.isDirectory() || Staging.isPassedOver(path)) {
      return;
    }
    if (entry.isUnixSymlink()) {
      staging.notes().add(Notes.Reason.LINK, path);
      return;
    }
    boolean isPlain =
        entry.getMethod() == ZipEntry.STORED || entry.getMethod() == ZipEntry.DEFLATED;
    if (isPlain
        && entry.getSize() <= FileWriters.LARGEST
        && entry.getCompressedSize() <= FileWriters.LARGEST) {
      InputStream raw = zip.getRawInputStream(entry);
      if (raw == null) {
        throw new ZipException(path + " is not where the directory says");
      }
      byte[] stored = raw.readNBytes((int) entry.getCompressedSize());
      staging.add(path, entry.getSize(), () -> content(entry, path, stored));
      return;
    }
    if (!zip.canReadEntryData(entry)) {
      throw PupilException.badInput(
          "%s: %s in it is compressed in a way that is not read (method %d): unpack it with another program and give the folder"
              .formatted(name, path, entry.getMethod()));
    }
    CheckedInputStream content = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
    staging.add(path, content);
    checkSum(entry, path, content.getChecksum().getValue());
  }

  /** The bytes of a file, which must be those that the directory tells of. */
  private static byte[] content(ZipArchiveEntry entry, String path, byte[] stored)
      throws IOException {
    int size = (int) entry.getSize();
    byte[] content = stored;
    if (entry.getMethod() == ZipEntry.DEFLATED) {
      Inflater inflater = new Inflater(true);
      try (InputStream in =
          new InflaterInputStream(new ByteArrayInputStream(stored), inflater, 1 << 13)) {
        content = in.readNBytes(size);
        if (in.read() >= 0) {
          throw new ZipException(path + " is larger than the directory says");
        }
      } finally {
        inflater.end();
      }
    }
    if (content.length != size) {
      throw new ZipException(path + " is shorter than the directory says");
    }
    CRC32 crc = new CRC32();
    crc.update(content);
    checkSum(entry, path, crc.getValue());
    return content;
  }

  private static void checkSum(ZipArchiveEntry entry, String path, long crc) throws ZipException {
    if (entry.getCrc() != crc) {
      throw new ZipException(path + " has another checksum than when it was packed");
    }
  }

  private String text(ZipArchiveEntry entry) {
    byte[] raw = entry.getRawName();
    return raw == null || entry.getGeneralPurposeBit().usesUTF8ForNames() || hasUnicodeName(entry)
        ? entry.getName()
        : EntryName.decoded(raw, names);
  }

  private static boolean hasUnicodeName(ZipArchiveEntry entry) {
    return entry.getNameSource() == ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD;
  }

  private String path(ZipArchiveEntry entry) {
    String text = text(entry);
    try {
      return EntryName.relative(text);
    } catch (EntryName.OutsideException e) {
      throw Unpacker.unsafe(name, text, e);
    }
  }
}
