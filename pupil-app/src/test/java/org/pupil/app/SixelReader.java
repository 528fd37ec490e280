package org.pupil.app;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sixels, as a terminal does. */
final class SixelReader {
  private static final Pattern PART =
      Pattern.compile("#(\\d+);2;(\\d+);(\\d+);(\\d+)|#(\\d+)|!(\\d+)([?-~])|([?-~])|(\\$)|(-)");

  private SixelReader() {}

  /** The pixels as 0xRRGGBB; -1 where nothing was drawn. */
  static int[][] read(String sixels, int width, int height) {
    int[][] pixels = new int[height][width];
    Arrays.stream(pixels).forEach(row -> Arrays.fill(row, -1));
    String begin = "\u001bP0;1;0q\"1;1;" + width + ";" + height;
    if (!sixels.startsWith(begin) || !sixels.endsWith("\u001b\\")) {
      throw new AssertionError("not a picture of that size");
    }
    Matcher part = PART.matcher(sixels.substring(begin.length(), sixels.length() - 2));
    int[] colours = new int[256];
    int colour = 0;
    int x = 0;
    int top = 0;
    int end = 0;
    while (part.find()) {
      if (part.start() != end) {
        throw new AssertionError("something strange at " + end);
      }
      end = part.end();
      if (part.group(1) != null) {
        colours[Integer.parseInt(part.group(1))] =
            level(part.group(2)) << 16 | level(part.group(3)) << 8 | level(part.group(4));
      } else if (part.group(5) != null) {
        colour = colours[Integer.parseInt(part.group(5))];
      } else if (part.group(9) != null) {
        x = 0;
      } else if (part.group(10) != null) {
        x = 0;
        top += 6;
      } else {
        int count = part.group(6) == null ? 1 : Integer.parseInt(part.group(6));
        String character = part.group(6) == null ? part.group(8) : part.group(7);
        for (int i = 0; i < count; i++, x++) {
          for (int bit = 0; bit < 6; bit++) {
            if ((((character.charAt(0) - '?') >> bit) & 1) == 1) {
              pixels[top + bit][x] = colour;
            }
          }
        }
      }
    }
    return pixels;
  }

  private static int level(String percent) {
    return Math.round(Integer.parseInt(percent) * 2.55f);
  }
}
