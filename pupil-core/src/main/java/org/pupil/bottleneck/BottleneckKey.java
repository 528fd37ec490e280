package org.pupil.bottleneck;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.pupil.backbone.Backbone;
import org.pupil.images.Alpha;
import org.pupil.images.Distortions;
import org.pupil.images.InputSpec;

/**
 * What a bottleneck depends on besides the photo. Two runs may share bottlenecks exactly when their
 * keys are equal.
 *
 * @param backboneSha256 SHA-256 of the backbone's file, 64 lower-case hexadecimal digits
 * @param preprocessing everything else that changes the numbers, in one canonical spelling: input
 *     size, scaling, layers, engine, precision, version of the decoder, alpha, and the distortion
 *     if there is one. {@code 288x288 mean 127.0 std 128.0 layers images features onnx float32
 *     decoder 3 alpha white}. Not blank, one line.
 */
public record BottleneckKey(String backboneSha256, String preprocessing) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** To be raised when the decoder changes the pixels it makes of a photo. */
  private static final int DECODER_VERSION = 3;

  /** To be raised when the same distortions draw others, or change pixels in another way. */
  private static final int DISTORTION_VERSION = 1;

  public BottleneckKey {
    if (!SHA_256.matcher(backboneSha256).matches()) {
      throw new IllegalArgumentException(
          "backbone's SHA-256 must be 64 lower-case hexadecimal digits, was " + backboneSha256);
    }
    if (!isPreprocessing(preprocessing)) {
      throw new IllegalArgumentException(
          "preprocessing must be one line and not blank, was '" + preprocessing + "'");
    }
  }

  /** Whether a text may be the spelling of a key's preprocessing. */
  static boolean isPreprocessing(String text) {
    return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
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

  /**
   * The key of one of the variants of photos, whose numbers are others.
   *
   * @param variant what is done to the photos, as {@link Distortions#describe} spells it
   */
  public BottleneckKey ofVariant(String variant) {
    return new BottleneckKey(
        backboneSha256, "%s %s version %d".formatted(preprocessing, variant, DISTORTION_VERSION));
  }

  /**
   * Whether its bottlenecks are those of a model that says of itself all but the name of the
   * backbone's input, the engine and the precision.
   *
   * @param input size and scaling of the backbone's input
   * @param alpha what became of transparent pixels
   */
  public boolean isFor(InputSpec input, String bottleneckLayer, Alpha alpha) {
    String beginning =
        "%dx%d mean %s std %s layers "
            .formatted(input.height(), input.width(), input.mean(), input.std());
    String ending =
        " decoder %d alpha %s".formatted(DECODER_VERSION, alpha.name().toLowerCase(Locale.ROOT));
    return preprocessing.startsWith(beginning)
        && preprocessing.endsWith(ending)
        && preprocessing
            .substring(beginning.length() - 1, preprocessing.length() - ending.length())
            .contains(" " + bottleneckLayer + " ");
  }

  /** SHA-256 of the whole key. */
  ContentHash digest() {
    return ContentHash.of((backboneSha256 + '\n' + preprocessing).getBytes(StandardCharsets.UTF_8));
  }
}
