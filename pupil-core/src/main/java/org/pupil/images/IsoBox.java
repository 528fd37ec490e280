package org.pupil.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pupil.dataset.UndecodableImageException;

/**
 * A box of the ISO base media file format (ISO/IEC 14496-12), which HEIC, AVIF and JPEG XL files
 * consist of.
 *
 * @param type four characters
 * @param content what is in it
 */
record IsoBox(String type, HeaderBytes content) {
  /** Bytes of a box's length and type. */
  private static final int HEAD = 8;

  /** More boxes side by side than any camera writes. */
  private static final int MOST = 1 << 16;

  /** The boxes side by side in a view, up to the first that is cut off or cannot be so long. */
  static List<IsoBox> in(HeaderBytes view) throws UndecodableImageException {
    List<IsoBox> boxes = new ArrayList<>();
    long at = 0;
    while (view.has(at, HEAD) && boxes.size() < MOST) {
      long length = view.uint32(at);
      long begin = at + HEAD;
      if (length == 1 && view.has(begin, 8)) {
        length = view.uint32(begin) << 32 | view.uint32(begin + 4);
        begin += 8;
      }
      String type = view.text(at + 4, 4);
      if (length == 0) {
        boxes.add(new IsoBox(type, view.from(begin))); // up to the end
        break;
      }
      if (length < begin - at || length > Integer.MAX_VALUE) {
        break;
      }
      boxes.add(new IsoBox(type, view.part(begin, length - (begin - at))));
      at += length;
    }
    return boxes;
  }

  /** The content of the first box of a type; empty if there is none. */
  static Optional<HeaderBytes> find(List<IsoBox> boxes, String type) {
    return boxes.stream().filter(box -> box.type().equals(type)).map(IsoBox::content).findFirst();
  }
}
