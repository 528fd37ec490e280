package org.pupil.images;

import java.util.ArrayList;
import java.util.List;
import org.pupil.dataset.PhotoFormat;
import org.pupil.dataset.UndecodableImageException;

/**
 * What the boxes of a HEIC, HEIF or AVIF file say of its main picture (ISO/IEC 23008-12): its size
 * and how it is to be turned. EXIF data do not count for that, says the standard.
 */
final class HeifHeader {
  /** Bytes of the version and the flags with which some boxes begin. */
  private static final int VERSION = 4;

  /** More pictures than any camera writes into one file. */
  private static final int MOST_ENTRIES = 1 << 16;

  private int width;
  private int height;
  private int quarterTurns;
  private boolean transformed;

  private HeifHeader() {}

  /**
   * Reads the boxes.
   *
   * @throws UndecodableImageException if they end before the size of the main picture is told, or
   *     claim no pixels or too many
   */
  static ImageHeader read(PhotoFormat format, byte[] bytes) throws UndecodableImageException {
    HeifHeader header = of(bytes);
    boolean lying = header.quarterTurns % 2 != 0;
    return ImageHeader.checked(
        format,
        lying ? header.height : header.width,
        lying ? header.width : header.height,
        Orientation.UPRIGHT,
        ImageHeader.MAX_PIXELS_WHOLE);
  }

  /**
   * Whether the main picture is stored in another way than it is to be seen: turned, mirrored or
   * with edges that are to be cut off.
   *
   * @throws UndecodableImageException as {@link #read}
   */
  static boolean isTransformed(byte[] bytes) throws UndecodableImageException {
    return of(bytes).transformed;
  }

  private static HeifHeader of(byte[] bytes) throws UndecodableImageException {
    HeaderBytes meta = content(IsoBox.in(HeaderBytes.bigEndian(bytes)), "meta");
    List<IsoBox> boxes = IsoBox.in(meta.from(VERSION));
    HeaderBytes main = content(boxes, "pitm");
    long picture = main.uint8(0) == 0 ? main.uint16(VERSION) : main.uint32(VERSION);
    List<IsoBox> properties = IsoBox.in(content(boxes, "iprp"));
    List<IsoBox> known = IsoBox.in(content(properties, "ipco"));
    HeifHeader header = new HeifHeader();
    for (IsoBox box : properties) {
      if (box.type().equals("ipma")) {
        for (int number : propertiesOf(picture, box.content())) {
          if (number >= 1 && number <= known.size()) {
            header.take(known.get(number - 1));
          }
        }
      }
    }
    return header;
  }

  private void take(IsoBox property) throws UndecodableImageException {
    HeaderBytes content = property.content();
    switch (property.type()) {
      case "ispe" -> {
        width = side(content.uint32(VERSION));
        height = side(content.uint32(VERSION + 4));
      }
      case "irot" -> {
        quarterTurns = content.uint8(0) & 3;
        transformed |= quarterTurns != 0;
      }
      case "imir", "clap" -> transformed = true;
      default -> {
        // It says nothing of size or place.
      }
    }
  }

  /** Larger ones are refused all the same, but must not become negative. */
  private static int side(long pixels) {
    return (int) Math.min(pixels, Integer.MAX_VALUE);
  }

  /** The numbers of a picture's properties, which count from 1. */
  private static List<Integer> propertiesOf(long picture, HeaderBytes associations)
      throws UndecodableImageException {
    List<Integer> numbers = new ArrayList<>();
    boolean longNames = associations.uint8(0) > 0;
    boolean longNumbers = (associations.uint8(3) & 1) != 0;
    long at = VERSION + 4;
    long entries = Math.min(MOST_ENTRIES, associations.uint32(VERSION));
    for (long entry = 0; entry < entries; entry++) {
      long of = longNames ? associations.uint32(at) : associations.uint16(at);
      at += longNames ? 4 : 2;
      int count = associations.uint8(at++);
      for (int i = 0; i < count; i++) {
        // The highest bit says whether the property matters.
        int number = longNumbers ? associations.uint16(at) & 0x7fff : associations.uint8(at) & 0x7f;
        at += longNumbers ? 2 : 1;
        if (of == picture) {
          numbers.add(number);
        }
      }
    }
    return numbers;
  }

  private static HeaderBytes content(List<IsoBox> boxes, String type)
      throws UndecodableImageException {
    return IsoBox.find(boxes, type).orElseThrow(UndecodableImageException::cutOffInHeader);
  }
}
