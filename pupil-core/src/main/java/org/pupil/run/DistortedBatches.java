package org.pupil.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.pupil.backbone.Backbone;
import org.pupil.chance.Chance;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.PupilException;
import org.pupil.images.Distortion;
import org.pupil.images.ImageDecoder;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.training.BatchSource;

/**
 * Bottlenecks of training photos that are distorted afresh in every step, as the originals do with
 * any of the four switches on. Each step decodes its whole batch and runs the backbone on it.
 *
 * <p>What is drawn depends on the seed, the step and the place in the batch only, not on the number
 * of threads.
 */
final class DistortedBatches implements BatchSource, AutoCloseable {
  /** Photos that one thread decodes before it runs the backbone on them. */
  private static final int SLICE = 8;

  private final RunSettings settings;
  private final List<Photo> photos;
  private final Labels labels;
  private final int dimension;
  private final ImageDecoder decoder;
  private final Network network;
  private final ExecutorService executor;

  DistortedBatches(Backbone backbone, RunSettings settings, List<Photo> photos, Labels labels) {
    this.settings = settings;
    this.photos = photos;
    this.labels = labels;
    this.dimension = backbone.bottleneckSize();
    this.decoder = new ImageDecoder(backbone.input(), settings.alpha());
    this.network =
        backbone
            .engine()
            .open(
                backbone.network(Backbone.Output.FEATURES),
                backbone.input(),
                NetworkEngine.Purpose.MANY_PHOTOS);
    this.executor = Executors.newFixedThreadPool(settings.threads());
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int size() {
    return photos.size();
  }

  @Override
  public int label(int photo) {
    return photos.get(photo).label();
  }

  @Override
  public void fill(int step, int[] drawnPhotos, float[][] rows) {
    Distortion[] distortions = draw(step, drawnPhotos.length);
    List<Callable<Object>> slices = new ArrayList<>();
    for (int from = 0; from < drawnPhotos.length; from += SLICE) {
      int begin = from;
      int end = Math.min(from + SLICE, drawnPhotos.length);
      slices.add(Executors.callable(() -> fill(drawnPhotos, distortions, rows, begin, end)));
    }
    try {
      // Waits for all of them, even if one fails: none still works when this returns.
      for (Future<Object> slice : executor.invokeAll(slices)) {
        throwFailure(slice);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while distorting photos", e);
    }
  }

  private Distortion[] draw(int step, int count) {
    Chance chance = new Chance(settings.training().seed(), Chance.Purpose.DISTORTIONS, step);
    Distortion[] drawn = new Distortion[count];
    Arrays.setAll(drawn, i -> settings.distortions().draw(decoder.spec(), chance));
    return drawn;
  }

  private void fill(
      int[] drawnPhotos, Distortion[] distortions, float[][] rows, int begin, int end) {
    int floats = decoder.spec().floats();
    float[] pixels = new float[(end - begin) * floats];
    for (int i = begin; i < end; i++) {
      Photo photo = photos.get(drawnPhotos[i]);
      try {
        byte[] content = photo.source().read();
        decoder.decode(content, distortions[i], pixels, (i - begin) * floats);
      } catch (IOException e) {
        throw PupilException.badInput(
            photo.source().name() + " cannot be read any more: " + PhotoSource.reason(e), e);
      }
    }
    float[] vectors =
        network.run(pixels, end - begin).values(Backbone.Output.FEATURES.outputName());
    for (int i = begin; i < end; i++) {
      rows[i] = Arrays.copyOfRange(vectors, (i - begin) * dimension, (i - begin + 1) * dimension);
    }
  }

  private static void throwFailure(Future<?> slice) throws InterruptedException {
    try {
      slice.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException("a distorted batch failed", e.getCause());
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    network.close();
  }
}
