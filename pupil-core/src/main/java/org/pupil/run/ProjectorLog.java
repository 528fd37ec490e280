package org.pupil.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Photo;
import org.pupil.dataset.Split;
import org.pupil.images.ThumbnailMaker;
import org.pupil.images.ThumbnailSheet;
import org.pupil.record.ProjectorFiles;
import org.pupil.training.Argmax;
import org.pupil.training.FinalLayer;

/**
 * Shows the photos as the backbone sees them: the bottlenecks as points in space, each with its
 * thumbnail. Of many photos some are drawn.
 */
final class ProjectorLog {
  private static final String TENSOR = "bottlenecks";
  private static final String WHAT = "photos in the projector";

  private final Path runDir;
  private final Split split;
  private final PhotoBottlenecks photos;
  private final Thumbnails thumbnails;
  private final LogFailures failures;
  private final int[] places;
  private final boolean possible;

  /**
   * Nothing is written yet.
   *
   * @param split of exactly the photos that have bottlenecks
   * @param listener hears of files of others that keep it from being written
   * @param failures notes if it cannot be written
   */
  ProjectorLog(
      Path runDir,
      Split split,
      PhotoBottlenecks photos,
      Thumbnails thumbnails,
      RunListener listener,
      LogFailures failures) {
    this.runDir = runDir;
    this.split = split;
    this.photos = photos;
    this.thumbnails = thumbnails;
    this.failures = failures;
    int floats = photos.bottlenecks().floats();
    int most = Math.min(ThumbnailSheet.MOST_THUMBNAILS, ProjectorFiles.MOST_FLOATS / floats);
    places = PhotoSample.of(split.all(), most);
    Optional<Map<Path, String>> inTheWay =
        failures.attempt(
            WHAT, () -> Optional.of(ProjectorFiles.inTheWay(runDir)), Optional.empty());
    inTheWay.ifPresent(files -> files.forEach(listener::projectorLeftOut));
    possible = inTheWay.filter(Map::isEmpty).isPresent() && places.length > 0 && floats > 1;
  }

  /** Writes what is known before the training run. To be called before the run's first event. */
  void write() {
    if (possible) {
      failures.attempt(WHAT, this::writeAll);
    }
  }

  private void writeAll() {
    ProjectorFiles.write(
        runDir,
        TENSOR,
        vectors(photos),
        points(photos, Optional.empty()),
        sprite(thumbnails.of(IntStream.of(places).boxed().toList())));
  }

  private List<float[]> vectors(PhotoBottlenecks of) {
    return IntStream.of(places).mapToObj(of.bottlenecks()::row).toList();
  }

  private static Optional<ProjectorFiles.Sprite> sprite(List<byte[]> thumbnails) {
    int columns = (int) Math.ceil(Math.sqrt(thumbnails.size()));
    return ThumbnailSheet.of(thumbnails, columns, ProjectorFiles.SPRITE_COMMENT)
        .map(jpeg -> new ProjectorFiles.Sprite(jpeg, ThumbnailMaker.SIDE));
  }

  /**
   * Adds what the trained layer says of each photo.
   *
   * @param seen the bottlenecks that it was trained for, of the same photos: if fine-tuning was
   *     kept, others than those that were written, whose place they take
   */
  void trained(PhotoBottlenecks seen, FinalLayer layer) {
    if (possible) {
      failures.attempt(
          WHAT,
          () -> {
            if (seen != photos) {
              ProjectorFiles.writeVectors(runDir, vectors(seen));
            }
            ProjectorFiles.writeTable(runDir, points(seen, Optional.of(layer)));
          });
    }
  }

  private List<ProjectorFiles.Point> points(PhotoBottlenecks seen, Optional<FinalLayer> layer) {
    List<ProjectorFiles.Point> points = new ArrayList<>();
    for (int place : places) {
      Photo photo = photos.photos().get(place);
      points.add(
          new ProjectorFiles.Point(
              split.all().labels().name(photo.label()),
              photo.name(),
              split.setOf(place).lowerCaseName(),
              layer.map(trained -> answer(trained, seen.bottlenecks().row(place)))));
    }
    return points;
  }

  private ProjectorFiles.Answer answer(FinalLayer layer, float[] bottleneck) {
    float[] probabilities = layer.probabilities(bottleneck);
    int best = Argmax.of(probabilities);
    return new ProjectorFiles.Answer(split.all().labels().name(best), probabilities[best]);
  }
}
