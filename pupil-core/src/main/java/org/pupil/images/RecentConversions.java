package org.pupil.images;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pupil.files.Sha256;

/**
 * The last photos that were converted: training with distortions and explaining decode a photo
 * several times, and converting takes ten times as long as decoding. Safe for use by many threads.
 */
final class RecentConversions {
  private final long mostBytes;
  private final Map<String, EncodedImage> images = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param mostBytes how many bytes may be kept
   */
  RecentConversions(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The name of a photo's content. */
  static String name(byte[] photo) {
    return Sha256.of(photo);
  }

  /** What a photo was converted to, if it is still kept. */
  synchronized Optional<EncodedImage> find(String name) {
    return Optional.ofNullable(images.get(name));
  }

  /** Keeps a conversion, and forgets those that were not asked for the longest. */
  synchronized void keep(String name, EncodedImage image) {
    if (image.bytes().length > mostBytes || images.containsKey(name)) {
      return;
    }
    images.put(name, image);
    bytes += image.bytes().length;
    Iterator<EncodedImage> oldest = images.values().iterator();
    while (bytes > mostBytes) {
      bytes -= oldest.next().bytes().length;
      oldest.remove();
    }
  }
}
