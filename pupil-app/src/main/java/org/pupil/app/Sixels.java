package org.pupil.app;

import java.awt.image.BufferedImage;
import java.util.BitSet;

/**
 * A picture as sixels (DEC, VT330/VT340 Programmer Reference Manual, chapter 14): bands of six
 * rows, and in each band a line of characters for every colour in it, whose bits say which of the
 * six rows have the colour. The colours are 6 x 7 x 6 fixed ones, mixed by ordered dithering.
 */
final class Sixels {
  private static final int BAND = 6;
  private static final int[] SHADES = {6, 7, 6};
  private static final int COLOURS = 6 * 7 * 6;

  /** Thresholds of 4 x 4 pixels (Bayer). */
  private static final int[][] DITHER = {
    {0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}
  };

  private static final int FIRST_CHARACTER = 0x3F;

  /** A run shorter than this takes more characters when it is counted. */
  private static final int SHORTEST_COUNTED = 4;

  private Sixels() {}

  /** The whole sequence, from its introducer to its end, in ASCII. */
  static String of(BufferedImage image) {
    StringBuilder text = new StringBuilder("\u001bP0;1;0q\"1;1;");
    text.append(image.getWidth()).append(';').append(image.getHeight());
    for (int colour = 0; colour < COLOURS; colour++) {
      text.append('#').append(colour).append(";2");
      for (int channel = 0; channel < SHADES.length; channel++) {
        text.append(';').append(percent(shade(colour, channel), SHADES[channel] - 1));
      }
    }
    for (int top = 0; top < image.getHeight(); top += BAND) {
      appendBand(text, image, top);
    }
    return text.append("\u001b\\").toString();
  }

  private static long percent(int shade, int most) {
    return Math.round(100.0 * shade / most);
  }

  /** A colour's number is made of its shades of red, green and blue, red first. */
  private static int shade(int colour, int channel) {
    return switch (channel) {
      case 0 -> colour / (SHADES[1] * SHADES[2]);
      case 1 -> colour / SHADES[2] % SHADES[1];
      default -> colour % SHADES[2];
    };
  }

  private static void appendBand(StringBuilder text, BufferedImage image, int top) {
    int width = image.getWidth();
    int rows = Math.min(BAND, image.getHeight() - top);
    byte[][] bits = new byte[COLOURS][];
    BitSet used = new BitSet(COLOURS);
    for (int row = 0; row < rows; row++) {
      for (int x = 0; x < width; x++) {
        int colour = colour(image.getRGB(x, top + row), x, top + row);
        if (bits[colour] == null) {
          bits[colour] = new byte[width];
          used.set(colour);
        }
        bits[colour][x] |= (byte) (1 << row);
      }
    }
    used.stream()
        .forEach(
            colour -> {
              text.append('#').append(colour);
              appendRow(text, bits[colour]);
              text.append('$');
            });
    text.append('-');
  }

  private static int colour(int rgb, int x, int y) {
    double threshold = (DITHER[y % 4][x % 4] + 0.5) / 16;
    int colour = 0;
    for (int channel = 0; channel < SHADES.length; channel++) {
      int level = rgb >> (16 - 8 * channel) & 0xFF;
      colour = colour * SHADES[channel] + (int) (level * (SHADES[channel] - 1) / 255.0 + threshold);
    }
    return colour;
  }

  private static void appendRow(StringBuilder text, byte[] bits) {
    int from = 0;
    while (from < bits.length) {
      int to = from + 1;
      while (to < bits.length && bits[to] == bits[from]) {
        to++;
      }
      char character = (char) (FIRST_CHARACTER + bits[from]);
      if (to - from >= SHORTEST_COUNTED) {
        text.append('!').append(to - from).append(character);
      } else {
        text.append(String.valueOf(character).repeat(to - from));
      }
      from = to;
    }
  }
}
