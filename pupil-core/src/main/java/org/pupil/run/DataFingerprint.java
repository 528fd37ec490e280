package org.pupil.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.files.Sha256;

/**
 * What a model was trained with, as one number: the SHA-256 over a line {@code HASH NAME} for each
 * photo, in the order of labels and names. Equal photos under equal names give equal fingerprints,
 * wherever the folder is.
 */
final class DataFingerprint {
  private DataFingerprint() {}

  static String of(PhotoBottlenecks photos) {
    MessageDigest digest = Sha256.digest();
    for (int i = 0; i < photos.photos().size(); i++) {
      String line = photos.content(i) + " " + photos.photos().get(i).name() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.hex(digest.digest());
  }
}
