package org.pupil.images;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.PhotoFormat;
import org.pupil.dataset.UndecodableImageException;

/**
 * Walks through the markers of a JPEG file (ITU T.81, annex B) up to its first scan, past the same
 * bytes as libjpeg does.
 */
final class JpegMarkers {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP1 = 0xe1;
  private static final int DQT = 0xdb;
  private static final int TEM = 0x01;
  private static final int RST0 = 0xd0;
  private static final int RST7 = 0xd7;
  private static final int PROGRESSIVE = 0xc2;

  /**
   * A progressive photo has about ten scans, each over all its pixels. A small file can hold
   * thousands, and keep a decoder busy for hours.
   */
  private static final int MAX_SCANS = 100;

  private final HeaderBytes file;
  private int frameMarker;
  private int width;
  private int height;
  private Orientation orientation = Orientation.UPRIGHT;
  private @Nullable HeaderBytes exif;
  private @Nullable HeaderBytes quantisation;

  private JpegMarkers(HeaderBytes file) {
    this.file = file;
  }

  static ImageHeader read(byte[] bytes) throws UndecodableImageException {
    JpegMarkers markers = new JpegMarkers(HeaderBytes.bigEndian(bytes));
    int firstScan = markers.walk();
    boolean progressive = markers.frameMarker == PROGRESSIVE;
    if (progressive && scans(bytes, firstScan) > MAX_SCANS) {
      throw new UndecodableImageException(
          "the JPEG has more than " + MAX_SCANS + " scans: save it anew");
    }
    int maxPixels = progressive ? ImageHeader.MAX_PIXELS_WHOLE : ImageHeader.MAX_PIXELS;
    ImageHeader header =
        ImageHeader.checked(
            PhotoFormat.JPEG, markers.width, markers.height, markers.orientation, maxPixels);
    if (!ends(bytes, firstScan)) {
      throw UndecodableImageException.damaged();
    }
    return header;
  }

  /**
   * Looks at the markers only, of a file of which the end may be missing.
   *
   * @throws UndecodableImageException if they are damaged, or end before the first scan
   */
  static JpegMarkers beforeFirstScan(byte[] bytes) throws UndecodableImageException {
    JpegMarkers markers = new JpegMarkers(HeaderBytes.bigEndian(bytes));
    markers.walk();
    return markers;
  }

  /** Columns as stored. */
  int width() {
    return width;
  }

  /** Rows as stored. */
  int height() {
    return height;
  }

  Orientation orientation() {
    return orientation;
  }

  /** The EXIF data, which is a TIFF file, if there is any. */
  Optional<HeaderBytes> exif() {
    return Optional.ofNullable(exif);
  }

  /** The first segment of quantisation tables; it begins with that of the brightness. */
  Optional<HeaderBytes> quantisation() {
    return Optional.ofNullable(quantisation);
  }

  /** Returns where the first scan begins. */
  private int walk() throws UndecodableImageException {
    int at = 2;
    while (true) {
      at = nextMarker(at);
      int marker = file.uint8(at - 1);
      if (marker == SOS && frameMarker != 0) {
        return at;
      }
      if (marker == SOS || marker == EOI || marker == SOI) {
        throw UndecodableImageException.damaged();
      }
      if (marker != TEM && (marker < RST0 || marker > RST7)) {
        int length = Math.max(2, file.uint16(at));
        segment(marker, file.part(at + 2L, length - 2L));
        at += length;
      }
    }
  }

  /** Skips what is no marker, and returns the offset behind the next one. */
  private int nextMarker(int from) throws UndecodableImageException {
    int at = from;
    int marker;
    do {
      while (file.uint8(at) != 0xff) {
        at++;
      }
      while (file.uint8(at) == 0xff) {
        at++;
      }
      marker = file.uint8(at);
      at++;
    } while (marker == 0);
    return at;
  }

  private void segment(int marker, HeaderBytes content) throws UndecodableImageException {
    if (marker == APP1 && exif == null && content.startsWith(0, "Exif\0")) {
      exif = content.from(6);
      orientation = TiffDirectory.exifOrientation(exif);
    } else if (marker == DQT && quantisation == null) {
      quantisation = content;
    } else if (isFrame(marker)) {
      if (frameMarker != 0) {
        throw UndecodableImageException.damaged();
      }
      frameMarker = marker;
      if (content.uint8(0) != 8) {
        throw new UndecodableImageException(
            "JPEG with " + content.uint8(0) + " bits a channel is not supported: save it with 8");
      }
      height = content.uint16(1);
      width = content.uint16(3);
    }
  }

  /** Of the sixteen markers of this row, three are tables. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  /** Whether there is a mark at the end. libjpeg would fill up what is missing with grey. */
  private static boolean ends(byte[] bytes, int firstScan) {
    // The mark is in no scan's data. Most files end with it.
    for (int at = bytes.length - 2; at >= firstScan; at--) {
      if (bytes[at] == (byte) 0xff && bytes[at + 1] == (byte) EOI) {
        return true;
      }
    }
    return false;
  }

  private static int scans(byte[] bytes, int firstScan) {
    int scans = 1;
    for (int at = firstScan; at + 1 < bytes.length; at++) {
      if (bytes[at] == (byte) 0xff && bytes[at + 1] == (byte) SOS) {
        scans++;
      }
    }
    return scans;
  }
}
