package org.pupil.images;

/** How channels of 0 to 255 become red, green and blue. */
enum Mixing {
  GREY {
    @Override
    void mix(int[] samples, int from, byte[] rgb, int to) {
      rgb[to] = rgb[to + 1] = rgb[to + 2] = (byte) samples[from];
    }
  },
  RGB {
    @Override
    void mix(int[] samples, int from, byte[] rgb, int to) {
      rgb[to] = (byte) samples[from];
      rgb[to + 1] = (byte) samples[from + 1];
      rgb[to + 2] = (byte) samples[from + 2];
    }
  },
  /** Ink of 0 to 255 takes light away, black from all three. */
  CMYK {
    @Override
    void mix(int[] samples, int from, byte[] rgb, int to) {
      int paper = 255 - samples[from + 3];
      rgb[to] = (byte) ((255 - samples[from]) * paper / 255);
      rgb[to + 1] = (byte) ((255 - samples[from + 1]) * paper / 255);
      rgb[to + 2] = (byte) ((255 - samples[from + 2]) * paper / 255);
    }
  };

  /** Writes the colour of the pixel whose channels begin at {@code from}. */
  abstract void mix(int[] samples, int from, byte[] rgb, int to);
}
