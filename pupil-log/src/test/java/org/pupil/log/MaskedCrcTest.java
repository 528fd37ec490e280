package org.pupil.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Vectors that were computed from the format's description, by hand and by another program. */
class MaskedCrcTest {
  private static final byte[] FIRST_EVENT =
      HexFormat.of().parseHex("090000803899D6D7411A0D" + hex("brain.Event:2"));

  @Test
  void theSlowChecksumOfTheTestsIsCastagnolis() throws Exception {
    assertThat(Records.crc32c(ascii("123456789"))).isEqualTo(0xE3069283);
    assertThat(Records.crc32c(new byte[32])).isEqualTo(0x8A9136AA);
  }

  @Test
  void knownBytesHaveTheKnownMaskedChecksum() throws Exception {
    assertMasked(HexFormat.of().parseHex("1A11" + hex("CRC test, one two")), 0x5794D08A);
    assertMasked(HexFormat.of().parseHex("1800000000000000"), 0x224B7FA3);
    assertMasked(FIRST_EVENT, 0xAB364B12);
  }

  @Test
  void onlyTheRangeCounts() throws Exception {
    byte[] longer = Records.joined(new byte[] {7, 7, 7}, FIRST_EVENT, new byte[] {9});
    assertThat(new MaskedCrc().of(longer, 3, FIRST_EVENT.length)).isEqualTo(0xAB364B12);
  }

  private static void assertMasked(byte[] bytes, int expected) {
    MaskedCrc crc = new MaskedCrc();
    assertThat(crc.of(bytes, 0, bytes.length)).isEqualTo(expected);
    assertThat(crc.of(bytes, 0, bytes.length)).as("used again").isEqualTo(expected);
    assertThat(Records.masked(bytes)).isEqualTo(expected);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(ascii(text));
  }
}
