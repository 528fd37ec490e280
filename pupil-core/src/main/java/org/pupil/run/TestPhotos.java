package org.pupil.run;

import java.util.List;
import java.util.stream.IntStream;
import org.pupil.dataset.Photo;
import org.pupil.dataset.SplitSet;
import org.pupil.training.TrainingData;
import org.pupil.training.TrainingSettings;

/**
 * The photos that judge a final layer: the testing set, or what is drawn of it.
 *
 * @param photos in the order of the rows of {@code data}; one may be there more than once
 * @param data their bottlenecks and labels
 */
public record TestPhotos(List<Photo> photos, TrainingData data) {
  public TestPhotos {
    photos = List.copyOf(photos);
    if (photos.size() != data.size()) {
      throw new IllegalArgumentException(
          "there are %d photos, but bottlenecks of %d".formatted(photos.size(), data.size()));
    }
  }

  /**
   * The whole testing set if the test batch size is negative, else so many photos drawn from it.
   */
  public static TestPhotos of(TrainingSets sets, TrainingSettings settings) {
    List<Photo> photos = sets.photos(SplitSet.TESTING);
    TrainingData data = sets.data(SplitSet.TESTING);
    if (settings.testBatchSize() < 0) {
      return new TestPhotos(photos, data);
    }
    int[] drawn = data.draw(settings.testBatchSize(), settings.seed());
    return new TestPhotos(IntStream.of(drawn).mapToObj(photos::get).toList(), data.only(drawn));
  }
}
