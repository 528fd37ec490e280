package org.pupil.explain;

import java.util.List;
import java.util.Optional;

/**
 * What a network makes of a photo, layer by layer: pictures, and what they show in numbers.
 *
 * @param filters the filters of the first layer and what each finds on the photo, as a PNG file;
 *     empty if the model does not have their weights as numbers
 * @param maps what some layers make of the photo, as a PNG file
 * @param changed the same for the changed photo, as a PNG file
 * @param change how that photo was changed
 * @param layers those that the pictures show, from early to late
 * @param similarityOfMeans how alike the means of the last layer's maps are, of the photo and of
 *     the changed photo, 0 to 1. In the built-in networks these means are the bottleneck
 * @param convolutions how many layers the network has in all
 */
@SuppressWarnings("ArrayRecordComponent") // on their way to files
public record LayerPictures(
    Optional<byte[]> filters,
    byte[] maps,
    byte[] changed,
    Change change,
    List<Layer> layers,
    double similarityOfMeans,
    int convolutions) {
  public LayerPictures {
    layers = List.copyOf(layers);
  }

  /**
   * A layer, and its maps.
   *
   * @param number which of the network's convolutions it is or follows, from 1
   * @param finds in a few words, what layers at this depth respond to
   * @param height of each map
   * @param width of each map
   * @param channels how many maps there are
   * @param similarity how alike its maps of the photo and of the changed photo are, place by place:
   *     their cosine, 0 to 1
   */
  public record Layer(
      int number, String finds, int height, int width, int channels, double similarity) {
    /** {@code 28 x 28 x 64}: height, width, channels. */
    public String size() {
      return "%d x %d x %d".formatted(height, width, channels);
    }
  }
}
