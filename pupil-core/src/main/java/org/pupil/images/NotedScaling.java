package org.pupil.images;

import java.util.Map;
import java.util.Optional;
import org.pupil.errors.PupilException;

/**
 * What the metadata of an {@code .onnx} file say about the scaling of its pixels. {@code
 * docs/formats.md} lists the keys.
 *
 * @param metadata texts by key
 * @param where what to call the file in messages
 */
public record NotedScaling(Map<String, String> metadata, String where) {
  /**
   * ONNX's conventions for what an image's values are: mean and std of <a
   * href="https://github.com/onnx/onnx/blob/v1.18.0/docs/MetadataProps.md">each range</a>.
   */
  private static final Map<String, float[]> RANGES =
      Map.of(
          "NominalRange_0_255", new float[] {0, 1},
          "Normalized_0_1", new float[] {0, 255},
          "Normalized_1_1", new float[] {127.5f, 127.5f});

  public NotedScaling {
    metadata = Map.copyOf(metadata);
  }

  /**
   * Subtracted from channel values of 0 to 255.
   *
   * @return empty if the file does not say it
   * @throws PupilException (bad model) if it is no number, nor three
   */
  public Optional<PerChannel> mean() {
    return noted("input_mean", 0);
  }

  /** What they are then divided by, in the same way as {@link #mean}. */
  public Optional<PerChannel> std() {
    return noted("input_std", 1);
  }

  /**
   * An input with such pixels.
   *
   * @throws PupilException (bad model) if a number is not finite, or the std is 0
   */
  public InputSpec spec(int height, int width, PerChannel mean, PerChannel std) {
    try {
      return new InputSpec(height, width, mean, std);
    } catch (IllegalArgumentException e) {
      throw PupilException.badModel(where + ": its metadata are damaged: " + e.getMessage(), e);
    }
  }

  private Optional<PerChannel> noted(String key, int place) {
    String number = metadata.get(key);
    if (number != null) {
      try {
        return Optional.of(PerChannel.parse(number));
      } catch (NumberFormatException e) {
        throw PupilException.badModel(
            where + ": its metadata " + key + " are no number, nor three: " + number, e);
      }
    }
    return Optional.ofNullable(RANGES.get(metadata.getOrDefault("Image.NominalPixelRange", "")))
        .map(range -> PerChannel.of(range[place]));
  }
}
