package org.pupil.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.dataset.UndecodableImageException;

/** Bytes that nobody took a photo for. */
class HostileImagesTest {
  private static final ImageDecoder DECODER = new ImageDecoder(new InputSpec(6, 10, 0, 1));

  private static void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> DECODER.decode(bytes))
        .isExactlyInstanceOf(UndecodableImageException.class)
        .hasMessage(reason);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(ISO_8859_1);
  }

  // --- what is no image --------------------------------------------------------------------------

  @Test
  void anEmptyFile() {
    assertRefused(new byte[0], "the file is empty");
  }

  @Test
  void oneByte() {
    for (int value = 0; value < 256; value++) {
      assertRefused(new byte[] {(byte) value}, NOT_AN_IMAGE);
    }
  }

  @Test
  void aText() {
    assertRefused(latin1("These are the ants of last summer.\n"), NOT_AN_IMAGE);
    assertRefused(latin1("BM was the name of the company, and this is its story.\n"), NOT_AN_IMAGE);
    assertRefused(latin1("<html><body>404 Not Found</body></html>"), NOT_AN_IMAGE);
  }

  private static final String NOT_AN_IMAGE = "not an image (JPEG, PNG, GIF, BMP, WebP or TIFF)";

  @Test
  void formatsThatAreNotReadGetAdvice() {
    assertRefused(
        latin1("\0\0\0\u0018ftypheic\0\0\0\0mif1heic"), "the image is cut off in its header");
    assertRefused(
        latin1("\0\0\0\u0018ftypavif\0\0\0\0mif1avif"), "the image is cut off in its header");
    assertRefused(latin1("\u00ff\n"), "the image is cut off in its header");
    assertRefused(
        latin1("FUJIFILMCCD-RAW 0201FF383501X-T1"),
        "a camera's raw format is not supported: export the photo as JPEG");
    assertRefused(
        latin1("II+\0\b\0\0\0\u0010\0\0\0\0\0\0\0\0\0\0\0"),
        "TIFF with offsets of 8 bytes (BigTIFF) is not supported: save it as ordinary TIFF");
  }

  /**
   * Found by changing bytes of {@code lossless.webp} at random. It claims tens of thousands of code
   * tables, and the reader goes on reading them for minutes where the file has long ended.
   */
  @Test
  void aLosslessWebpWhoseReaderDoesNotNoticeItsEnd() {
    assertRefused(Pictures.read("endless_codes.webp"), "the image is damaged or cut off");
  }

  @Test
  void onlyTheMarkOfAFormat() {
    for (String mark :
        new String[] {
          "\u00ff\u00d8\u00ff",
          "\u0089PNG\r\n\u001a\n",
          "GIF89a",
          "RIFF\0\0\0\0WEBP",
          "II*\0",
          "MM\0*",
        }) {
      assertThatThrownBy(() -> DECODER.decode(latin1(mark)))
          .as(mark)
          .isExactlyInstanceOf(UndecodableImageException.class);
    }
  }

  // --- sizes -------------------------------------------------------------------------------------

  private static final int HUGE = 65_500;

  /** Each format's whole header with the given size, and nothing behind it. */
  private static Map<String, byte[]> headers(int width, int height) {
    Map<String, byte[]> headers = new TreeMap<>();
    headers.put("JPEG", jpegHeader(0xc0, width, height));
    headers.put("progressive JPEG", jpegHeader(0xc2, width, height));
    headers.put("PNG", png(width, height, new byte[0]));
    headers.put(
        "GIF",
        little(32)
            .put(latin1("GIF89a"))
            .putShort((short) width)
            .putShort((short) height)
            .put(new byte[3])
            .put((byte) 0x2c)
            .putInt(0)
            .putShort((short) width)
            .putShort((short) height)
            .array());
    headers.put("BMP", bmp(width, height, 24, 0));
    headers.put("TIFF", tiff(256, 4, width, 257, 4, height, 258, 3, 8));
    return headers;
  }

  private static ByteBuffer little(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] jpegHeader(int frame, int width, int height) {
    return ByteBuffer.allocate(31)
        .putShort((short) 0xffd8)
        .putShort((short) (0xff00 | frame))
        .putShort((short) 17)
        .put((byte) 8)
        .putShort((short) height)
        .putShort((short) width)
        .put(new byte[] {3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0})
        .putShort((short) 0xffda)
        .putShort((short) 8)
        .put(new byte[] {1, 1, 0, 0})
        .array();
  }

  private static byte[] chunk(String type, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(latin1(type));
    crc.update(content);
    return ByteBuffer.allocate(content.length + 12)
        .putInt(content.length)
        .put(latin1(type))
        .put(content)
        .putInt((int) crc.getValue())
        .array();
  }

  private static byte[] png(int width, int height, byte[] moreChunks) {
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    return joined(
        latin1("\u0089PNG\r\n\u001a\n"),
        chunk("IHDR", header),
        moreChunks,
        chunk("IDAT", new byte[0]),
        chunk("IEND", new byte[0]));
  }

  private static byte[] bmp(int width, int height, int bits, int compression) {
    return little(54)
        .put(latin1("BM"))
        .putInt(54)
        .putInt(0)
        .putInt(54)
        .putInt(40)
        .putInt(width)
        .putInt(height)
        .putShort((short) 1)
        .putShort((short) bits)
        .putInt(compression)
        .array();
  }

  /** Entries of tag, type and value. */
  private static byte[] tiff(int... entries) {
    byte[] bytes = new byte[200];
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put(latin1("II*\0")).putInt(8);
    file.putShort((short) (entries.length / 3));
    for (int i = 0; i < entries.length; i += 3) {
      file.putShort((short) entries[i])
          .putShort((short) entries[i + 1])
          .putInt(1)
          .putInt(entries[i + 2]);
    }
    return bytes;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static Stream<Arguments> hugeHeaders() {
    return headers(HUGE, HUGE).entrySet().stream()
        .map(header -> Arguments.of(header.getKey(), header.getValue()));
  }

  @ParameterizedTest
  @MethodSource("hugeHeaders")
  void aHeaderThatClaimsFourBillionPixelsIsRefusedBeforeAnythingIsMade(String format, byte[] header)
      throws Exception {
    DECODER.decode(Pictures.read("rgb420.jpg")); // so that all classes are loaded
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> DECODER.decode(header))
        .isExactlyInstanceOf(UndecodableImageException.class)
        .hasMessageStartingWith("the image is too large (65500 x 65500 pixels; at most ")
        .hasMessageEndingWith("0 million are decoded)");
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(10 << 20);
  }

  static Stream<Arguments> emptyHeaders() {
    return Stream.concat(headers(0, 7).entrySet().stream(), headers(7, 0).entrySet().stream())
        .map(header -> Arguments.of(header.getKey(), header.getValue()));
  }

  @ParameterizedTest
  @MethodSource("emptyHeaders")
  void anImageWithoutPixelsSaysSo(String format, byte[] header) {
    assertThatThrownBy(() -> DECODER.decode(header))
        .isExactlyInstanceOf(UndecodableImageException.class)
        .hasMessageMatching("the image has no pixels \\((0 x 7|7 x 0)\\)");
  }

  @Test
  void aPngOfTwoBillionColumns() {
    assertThatThrownBy(() -> DECODER.decode(png(Integer.MIN_VALUE, Integer.MIN_VALUE, new byte[0])))
        .hasMessage(
            "the image is too large (2147483648 x 2147483648 pixels;"
                + " at most 100 million are decoded)");
  }

  @Test
  void theLargestWebpIsTooLarge() {
    byte[] lossless = Pictures.read("lossless.webp");
    Arrays.fill(lossless, 21, 24, (byte) 0xff); // 14 bits of width less 1, and of height
    lossless[24] |= 0x0f;
    assertThatThrownBy(() -> DECODER.decode(lossless))
        .hasMessageStartingWith("the image is too large (16384 x 16384 pixels;");
  }

  @Test
  void aWebpOfMoreThanAHundredMillionPixelsIsNotDecoded() throws Exception {
    assertThat(ImageHeader.read(losslessWebp(10_000, 10_000)).width()).isEqualTo(10_000);
    assertRefused(
        losslessWebp(10_000, 10_001),
        "the image is too large (10000 x 10001 pixels; at most 100 million are decoded)");
  }

  private static byte[] losslessWebp(int width, int height) {
    byte[] picture = Pictures.read("lossless.webp");
    ByteBuffer.wrap(picture)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(21, (width - 1) | (height - 1) << 14);
    return picture;
  }

  @Test
  void whatAWebpSaysOfItsCanvasDoesNotMatter() throws Exception {
    byte[] picture = Pictures.read("lossy_alpha.webp");
    float[] pixels = DECODER.decode(picture);
    Arrays.fill(picture, 24, 30, (byte) 0xff); // 24 bits each
    assertThat(new String(picture, 12, 4, ISO_8859_1)).isEqualTo("VP8X");
    assertThat(DECODER.decode(picture)).containsExactly(pixels);
  }

  // --- bombs and traps ---------------------------------------------------------------------------

  @Test
  void aProgressiveJpegOfAThousandScans() {
    byte[] picture = Pictures.read("progressive.jpg");
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 0, 0};
    byte[][] parts = new byte[1001][];
    Arrays.fill(parts, scan);
    parts[0] = Arrays.copyOf(picture, picture.length - 2);
    assertRefused(joined(parts), "the JPEG has more than 100 scans: save it anew");
  }

  @Test
  void ofAGifWithManyFramesOnlyTheFirstIsUnpacked() throws Exception {
    byte[] picture = Pictures.read("still.gif");
    float[] pixels = DECODER.decode(picture);
    // A frame that claims four billion pixels, a thousand times.
    byte[] frame =
        little(14)
            .put((byte) 0x2c)
            .putInt(0)
            .putShort((short) HUGE)
            .putShort((short) HUGE)
            .put((byte) 0)
            .put(new byte[] {8, 1, 0, 0})
            .array();
    byte[][] parts = new byte[1001][];
    Arrays.fill(parts, frame);
    parts[0] = Arrays.copyOf(picture, picture.length - 1);
    assertThat(DECODER.decode(joined(parts))).containsExactly(pixels);
  }

  @Test
  void aBmpWithAPngInside() {
    assertRefused(
        bmp(10, 10, 0, 5),
        "a BMP with a JPEG or PNG inside is not supported: save it as JPEG or PNG");
  }

  @Test
  void aTiffWhoseJpegIsLargerThanItSays() {
    byte[] picture = Pictures.read("jpeg.tif");
    int frame = new String(picture, ISO_8859_1).indexOf("\u00ff\u00c0");
    ByteBuffer.wrap(picture, frame + 5, 4).putShort((short) HUGE).putShort((short) HUGE);
    assertRefused(picture, "the image is damaged or cut off");
  }

  @Test
  void aTiffWithManyChannelsOrLargeTiles() {
    assertRefused(
        tiff(256, 3, 9, 257, 3, 9, 258, 3, 8, 277, 3, 60_000),
        "TIFF with 60000 channels of 8 bits in tiles of 0 pixels is not supported: save it anew");
    assertRefused(
        tiff(256, 3, 9, 257, 3, 9, 258, 3, 8, 322, 4, 2_000_000_000, 323, 4, 8),
        "TIFF with 1 channels of 8 bits in tiles of 2000000000 pixels is not supported:"
            + " save it anew");
  }

  @Test
  void textAndProfilesOfAPngThatUnpackToMegabytesAreNoHindrance() throws Exception {
    byte[] picture = Pictures.read("rgb8.png");
    byte[] deflated = deflated(64 << 20);
    byte[] bombs =
        joined(
            chunk("iCCP", joined(latin1("x\0\0"), deflated)),
            chunk("zTXt", joined(latin1("Comment\0\0"), deflated)));
    byte[] bombed =
        joined(Arrays.copyOf(picture, 33), bombs, Arrays.copyOfRange(picture, 33, picture.length));
    assertThat(DECODER.decode(bombed)).containsExactly(DECODER.decode(picture));
  }

  private static byte[] deflated(int zeros) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater =
        new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION))) {
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < zeros; i += block.length) {
        deflater.write(block);
      }
    }
    return out.toByteArray();
  }

  @Test
  void aPngWithABrokenChecksum() {
    byte[] picture = Pictures.read("rgb8.png");
    int data = new String(picture, ISO_8859_1).indexOf("IDAT");
    int length = ByteBuffer.wrap(picture).getInt(data - 4);
    picture[data + 4 + length] ^= 1;
    assertRefused(picture, "the image is damaged or cut off");
  }

  @Test
  void aFloatOfTheWrongKindInATiff() {
    assertRefused(tiff(256, 11, 0x7f800000, 257, 3, 9), "the image has no pixels (0 x 9)");
  }

  @Test
  void aTiffWhoseDirectoryIsItself() {
    byte[] file = tiff(256, 3, 9, 257, 3, 9);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(8 + 2 + 24, 8);
    assertThatThrownBy(() -> DECODER.decode(file)).isInstanceOf(UndecodableImageException.class);
  }

  // --- EXIF --------------------------------------------------------------------------------------

  /** A picture with another EXIF block, put before all others. */
  private static byte[] withExif(byte[] exif) {
    byte[] picture = Pictures.read("rgb420.jpg");
    byte[] block =
        ByteBuffer.allocate(exif.length + 10)
            .putShort((short) 0xffe1)
            .putShort((short) (exif.length + 8))
            .put(latin1("Exif\0\0"))
            .put(exif)
            .array();
    return joined(Arrays.copyOf(picture, 2), block, Arrays.copyOfRange(picture, 2, picture.length));
  }

  private static byte[] orientationTag(int type, int count, int value) {
    return little(26)
        .put(latin1("II*\0"))
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) type)
        .putInt(count)
        .putInt(value)
        .putInt(0)
        .array();
  }

  @Test
  void exifThatIsGarbageLeavesTheImageUpright() throws Exception {
    float[] upright = DECODER.decode(Pictures.read("rgb420.jpg"));
    byte[] endless = orientationTag(3, 1, 6);
    endless[8] = (byte) 0xff;
    endless[9] = (byte) 0xff;
    endless[10] = 0; // so the tag is another one, and then the entries run out
    byte[] farAway = orientationTag(3, 1, 6);
    Arrays.fill(farAway, 4, 8, (byte) 0xff);
    for (byte[] exif :
        new byte[][] {
          new byte[0],
          new byte[60],
          latin1("not a TIFF header"),
          latin1("II*\0"),
          latin1("MM\0*\u00ff\u00ff\u00ff\u00ff"),
          latin1("II*\0\b\0\0\0"),
          endless,
          farAway,
          orientationTag(3, 1, 0),
          orientationTag(3, 1, 9),
          orientationTag(3, 1, 0xffff),
          orientationTag(4, 1, -1),
          orientationTag(2, 1, '6'),
          orientationTag(3, 0, 6),
          orientationTag(3, Integer.MAX_VALUE, 6),
          orientationTag(0xffff, 1, 6),
        }) {
      assertThat(DECODER.decode(withExif(exif))).containsExactly(upright);
    }
  }

  @Test
  void anOrientationOfAnyWholeNumbersTypeIsTaken() throws Exception {
    float[] turned = DECODER.decode(Pictures.read("exif6.jpg"));
    for (int type : new int[] {1, 3, 4}) {
      assertThat(DECODER.decode(withExif(orientationTag(type, 1, 6))))
          .as("type %d", type)
          .containsExactly(turned);
    }
  }

  @Test
  void theFirstOfTwoExifBlocksCounts() throws Exception {
    byte[] picture = Pictures.read("exif8.jpg");
    byte[] block = Arrays.copyOfRange(withExif(orientationTag(3, 1, 6)), 2, 2 + 36);
    byte[] both =
        joined(Arrays.copyOf(picture, 2), block, Arrays.copyOfRange(picture, 2, picture.length));
    assertThat(DECODER.decode(both)).containsExactly(DECODER.decode(Pictures.read("exif6.jpg")));
  }
}
