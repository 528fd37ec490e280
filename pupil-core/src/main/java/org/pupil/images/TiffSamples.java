package org.pupil.images;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.pupil.dataset.UndecodableImageException;

/**
 * What the numbers of a TIFF file mean, and which of them can be read (TIFF 6.0; sample formats in
 * section 19, extra samples in section 18).
 *
 * @param bits of each sample
 * @param format {@link #UNSIGNED}, {@link #SIGNED} or {@link #FLOAT}
 * @param photometric how samples become colours
 * @param alphaBand which sample is alpha, or -1
 * @param premultiplied whether colours are multiplied by alpha already
 */
record TiffSamples(int bits, int format, int photometric, int alphaBand, boolean premultiplied) {
  static final int UNSIGNED = 1;
  static final int SIGNED = 2;
  static final int FLOAT = 3;

  static final int WHITE_IS_ZERO = 0;
  private static final int BLACK_IS_ZERO = 1;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  static final int CMYK = 5;

  private static final int MOST_LISTED = 8;

  private static final int NONE = -1;
  private static final int ASSOCIATED_ALPHA = 1;
  private static final int UNASSOCIATED_ALPHA = 2;

  /** What is decoded: none, CCITT, LZW, JPEG, Deflate and PackBits. */
  private static final Set<Long> COMPRESSIONS =
      Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 32771L, 32773L, 32946L);

  private static final Map<Long, String> OTHER_COMPRESSIONS =
      Map.ofEntries(
          Map.entry(32766L, "NeXT"),
          Map.entry(32809L, "ThunderScan"),
          Map.entry(34661L, "JBIG"),
          Map.entry(34676L, "SGI log"),
          Map.entry(34677L, "SGI log"),
          Map.entry(34712L, "JPEG 2000"),
          Map.entry(34887L, "LERC"),
          Map.entry(34892L, "lossy JPEG"),
          Map.entry(34925L, "LZMA"),
          Map.entry(34926L, "Zstandard"),
          Map.entry(34927L, "WebP"),
          Map.entry(34933L, "PNG"),
          Map.entry(34934L, "JPEG XR"),
          Map.entry(50000L, "Zstandard"),
          Map.entry(50001L, "WebP"),
          Map.entry(50002L, "JPEG XL"),
          Map.entry(52546L, "JPEG XL"));

  /**
   * Reads what a directory says.
   *
   * @throws UndecodableImageException if it is of a kind that is not supported; the message names
   *     the kind
   */
  static TiffSamples read(TiffDirectory directory) throws UndecodableImageException {
    checkCompression(directory.value(TiffDirectory.COMPRESSION).orElse(1));
    long samples = directory.value(TiffDirectory.SAMPLES_PER_PIXEL).orElse(1);
    long[] bits = directory.values(TiffDirectory.BITS_PER_SAMPLE);
    long[] formats = directory.values(TiffDirectory.SAMPLE_FORMAT);
    int depth = bits.length == 0 ? 1 : (int) Math.min(bits[0], Integer.MAX_VALUE);
    int format = formats.length == 0 ? UNSIGNED : (int) Math.min(formats[0], Integer.MAX_VALUE);
    if (format == 4) {
      format = UNSIGNED; // "undefined" has no other reading
    }
    if (differ(bits) || differ(formats)) {
      throw unsupported("%d channels of %s bits".formatted(samples, list(bits)));
    }
    long colours =
        directory.value(TiffDirectory.PHOTOMETRIC).orElse(samples < 3 ? BLACK_IS_ZERO : RGB);
    int photometric = (int) Math.min(colours, Integer.MAX_VALUE);
    checkKind(depth, format, photometric, samples);
    return withAlpha(directory, depth, format, photometric, (int) samples);
  }

  private static void checkCompression(long compression) throws UndecodableImageException {
    if (!COMPRESSIONS.contains(compression)) {
      String name =
          OTHER_COMPRESSIONS.getOrDefault(compression, "an unknown (" + compression + ")");
      throw new UndecodableImageException(
          "TIFF with " + name + " compression is not supported: save it with Deflate or LZW");
    }
  }

  /** Only what a table of tests holds. */
  private static void checkKind(int bits, int format, int photometric, long samples)
      throws UndecodableImageException {
    boolean plain = photometric <= RGB || photometric == CMYK;
    boolean supported =
        switch (format) {
          case UNSIGNED ->
              bits == 8
                  || (plain && (bits == 16 || bits == 32))
                  || (photometric <= RGB && (bits == 10 || bits == 12 || bits == 14))
                  || (samples == 1
                      && (bits == 1 || bits == 2 || bits == 4)
                      && (photometric <= BLACK_IS_ZERO || photometric == PALETTE));
          case SIGNED -> photometric <= RGB && (bits == 8 || bits == 16 || bits == 32);
          case FLOAT -> photometric <= RGB && (bits == 16 || bits == 32 || bits == 64);
          default -> false;
        };
    if (!supported) {
      String kind =
          switch (format) {
            case UNSIGNED -> "integers";
            case SIGNED -> "signed integers";
            case FLOAT -> "floating-point numbers";
            default -> "complex numbers or others";
          };
      throw unsupported(
          "%d channel%s of %d-bit %s%s"
              .formatted(
                  samples,
                  samples == 1 ? "" : "s",
                  bits,
                  kind,
                  plain ? "" : " and colour space " + photometric));
    }
  }

  private static TiffSamples withAlpha(
      TiffDirectory directory, int bits, int format, int photometric, int samples)
      throws UndecodableImageException {
    int colours =
        photometric == CMYK
            ? 4
            : photometric == RGB ? 3 : photometric <= BLACK_IS_ZERO ? 1 : samples;
    long[] extra = directory.values(TiffDirectory.EXTRA_SAMPLES);
    if (extra.length == 0 && samples == colours + 1) {
      // Some writers leave out what the fourth channel is; it is what other readers take it for.
      return new TiffSamples(bits, format, photometric, colours, false);
    }
    for (int i = 0; i < extra.length && colours + i < samples; i++) {
      if (extra[i] == ASSOCIATED_ALPHA || extra[i] == UNASSOCIATED_ALPHA) {
        boolean premultiplied = extra[i] == ASSOCIATED_ALPHA;
        return new TiffSamples(bits, format, photometric, colours + i, premultiplied);
      }
    }
    return new TiffSamples(bits, format, photometric, NONE, false);
  }

  private static boolean differ(long[] values) {
    for (long value : values) {
      if (value != values[0]) {
        return true;
      }
    }
    return false;
  }

  /** A file may claim any number of them. */
  private static String list(long[] values) {
    String first =
        LongStream.of(values)
            .limit(MOST_LISTED)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(", "));
    return values.length <= MOST_LISTED ? first : first + " and more";
  }

  static UndecodableImageException unsupported(String kind) {
    return new UndecodableImageException(
        "TIFF with " + kind + " is not supported: save it with 8 bits a channel");
  }

  /** How many samples of a pixel are colours, where they are kept as they are stored. */
  int colours() {
    return switch (mixing()) {
      case GREY -> 1;
      case RGB -> 3;
      case CMYK -> 4;
    };
  }

  /** How these samples become red, green and blue. */
  Mixing mixing() {
    return photometric == CMYK ? Mixing.CMYK : photometric == RGB ? Mixing.RGB : Mixing.GREY;
  }

  boolean hasAlpha() {
    return alphaBand != NONE;
  }

  /** True for what a reader must not make colours of, since it would not do so linearly. */
  boolean isRaw() {
    return format != UNSIGNED || (bits > 8 && bits != 16) || (hasAlpha() && photometric <= RGB);
  }
}
