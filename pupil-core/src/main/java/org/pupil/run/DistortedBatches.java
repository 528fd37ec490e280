package org.pupil.run;

import java.util.List;
import org.pupil.backbone.Backbone;
import org.pupil.photos.Labels;
import org.pupil.photos.Photo;
import org.pupil.training.BatchSource;

final class DistortedBatches implements BatchSource, AutoCloseable {
  private final List<Photo> photos;
  private final Labels labels;
  private final Backbone backbone;

  DistortedBatches(Backbone backbone, RunSettings settings, List<Photo> photos, Labels labels) {
    this.photos = photos;
    this.labels = labels;
    this.backbone = backbone;
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public int dimension() {
    return backbone.bottleneckSize();
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
  public void fill(int step, int[] photos, float[][] rows) {
    throw new IllegalStateException("later");
  }

  @Override
  public void close() {}
}
