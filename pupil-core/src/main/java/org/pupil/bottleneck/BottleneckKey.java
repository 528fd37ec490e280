package org.pupil.bottleneck;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.pupil.backbone.Backbone;
import org.pupil.images.Alpha;

/**
 * What a bottleneck depends on besides the photo. Two runs may share bottlenecks exactly when their
 * keys are equal.
 *
 * @param backboneSha256 SHA-256 of the backbone's file, 64 lower-case hexadecimal digits
 * @param preprocessing everything else that changes the numbers, in one canonical spelling: input
 *     size, scaling, layers, engine, precision, version of the decoder, alpha. {@code 288x288 mean
 *     127.0 std 128.0 layers images features onnx float32 decoder 3 alpha white}. Not blank, one
 *     line.
 */
public record BottleneckKey(String backboneSha256, String preprocessing) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** To be raised when the decoder changes the pixels it makes of a photo. */
  private static final int DECODER_VERSION = 3;

  public BottleneckKey {
    if (!SHA_256.matcher(backboneSha256).matches()) {
      throw new IllegalArgumentException(
          "backbone's SHA-256 must be 64 lower-case hexadecimal digits, was " + backboneSha256);
    }
    if (preprocessing.isBlank() || preprocessing.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "preprocessing must be one line and not blank, was '" + preprocessing + "'");
    }
  }

  /** The key of all bottlenecks that a backbone gives with these settings. */
  public static BottleneckKey of(Backbone backbone, Alpha alpha, Precision precision) {
    return new BottleneckKey(
        backbone.sha256(),
        "%s %s %s decoder %d alpha %s"
            .formatted(
                backbone.signature(),
                backbone.engine().name(),
                precision,
                DECODER_VERSION,
                alpha.name().toLowerCase(Locale.ROOT)));
  }

  /** SHA-256 of the whole key. */
  ContentHash digest() {
    return ContentHash.of((backboneSha256 + '\n' + preprocessing).getBytes(StandardCharsets.UTF_8));
  }
}
