package org.pupil.finetuning;

import java.io.IOException;
import java.util.Map;
import org.pupil.bottleneck.ContentHash;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.PupilException;
import org.pupil.images.ImageDecoder;

/** The photos themselves, decoded anew at each look, for a network that is trained as a whole. */
final class PixelMaps implements PhotoMaps {
  private static final int CHANNELS = 3;

  private final ImageDecoder decoder;
  private final Views views;
  private final Map<ContentHash, Photo> photos;

  PixelMaps(ImageDecoder decoder, Views views, Map<ContentHash, Photo> photos) {
    this.decoder = decoder;
    this.views = views;
    this.photos = Map.copyOf(photos);
  }

  @Override
  public void read(ContentHash content, int view, float[][] rows, int first) {
    Photo photo = photos.get(content);
    if (photo == null) {
      throw new IllegalArgumentException("there is no photo " + content);
    }
    float[] pixels = new float[decoder.spec().floats()];
    try {
      byte[] bytes = photo.source().read();
      if (!ContentHash.of(bytes).equals(content)) {
        throw new IOException("it has changed since this training run began");
      }
      views.make(decoder, content.first(), view, bytes, pixels, 0);
    } catch (IOException e) {
      throw PupilException.badInput(
          photo.source().name() + " cannot be read any more: " + PhotoSource.reason(e), e);
    }
    for (int place = 0; place < pixels.length / CHANNELS; place++) {
      System.arraycopy(pixels, place * CHANNELS, rows[first + place], 0, CHANNELS);
    }
  }

  @Override
  public boolean has(ContentHash content, int view) {
    return photos.containsKey(content);
  }

  @Override
  public int missing(int ofViews) {
    return 0;
  }

  @Override
  public long bytesOfOne() {
    return 0;
  }

  @Override
  public void compute(int ofViews, int most, Listener listener) {
    // Nothing is kept.
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
