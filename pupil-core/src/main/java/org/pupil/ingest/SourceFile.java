package org.pupil.ingest;

import java.nio.file.Path;

/**
 * One file of a photo set as it came.
 *
 * @param path what it is called in its archive or folder, with {@code /} between the parts, without
 *     {@code .}, {@code ..} or a leading slash
 * @param content where its bytes are; what was unpacked has another name there
 * @param size its length in bytes
 * @param sha256 of its bytes, as hexadecimal digits; empty if they were not read yet
 */
record SourceFile(String path, Path content, long size, String sha256) {

  /** The last part of the path. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** What is above it, empty for a file at the top. */
  String folder() {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
