package org.pupil.app;

import java.io.PrintStream;
import org.pupil.labelling.LabelledPhoto;

/**
 * One JSON array; a photo that could not be labelled has {@code error} instead of {@code labels}.
 * Where the model knows how far its answers can be trusted, {@code familiarity}, {@code
 * unlike_training} and {@code undecided} follow the labels.
 */
final class JsonAnswers implements AnswerPrinter {
  private final JsonPhotos photos;
  private final int topK;

  JsonAnswers(PrintStream out, int topK) {
    this.photos = new JsonPhotos(out);
    this.topK = topK;
  }

  @Override
  public void print(LabelledPhoto photo) {
    String image = photo.source().name();
    if (photo.error().isPresent()) {
      photos.writeFailure(image, photo.error().get());
      return;
    }
    photos.write(
        image,
        json -> {
          photos.writeLabels(photo.labels().stream().limit(topK).toList());
          if (photo.trust().isPresent()) {
            photos.writeFamiliarity(photo.trust().get());
            json.writeBooleanField("undecided", photo.trust().get().undecided());
          }
        });
  }

  @Override
  public void close() {
    photos.close();
  }
}
