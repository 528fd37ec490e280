package org.pupil.explain;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.dataset.Labels;
import org.pupil.dataset.PhotoFile;
import org.pupil.dataset.PhotoSource;
import org.pupil.explain.TrainingPhotos.Candidate;
import org.pupil.labelling.LabelProbability;
import org.pupil.training.FinalLayer;

/**
 * Looks for the training photos that a network sees as it sees a photo.
 *
 * @param layer says what the model answers for each
 * @param labels of the layer
 */
record SimilarPhotos(TrainingPhotos training, FinalLayer layer, Labels labels) {
  /** So many of the likeliest labels have their most similar photo named in any case. */
  private static final int COMPARED = 2;

  /**
   * The most similar photos. Of two or more, the most similar one of each of the two likeliest
   * labels is among them, in the place of the least similar.
   *
   * @param photo left out if it is a training photo itself
   * @param features of the photo
   * @param answer the labels, the likeliest first
   * @param most how many at most, at least 1
   * @return the most similar first; empty when no bottleneck of any training photo is known
   */
  List<SimilarPhoto> find(
      PhotoSource photo, float[] features, List<LabelProbability> answer, int most) {
    if (!IntStream.range(0, features.length).allMatch(i -> Float.isFinite(features[i]))) {
      return List.of();
    }
    Optional<Path> file = photo.file().map(PhotoFile::path).or(() -> path(photo.name()));
    Map<String, List<Candidate>> byLabel = training.nearestByLabel(features, most, file);
    List<Candidate> all = new ArrayList<>();
    byLabel.values().forEach(all::addAll);
    all.sort(TrainingPhotos.BY_SIMILARITY);
    List<Candidate> chosen = new ArrayList<>();
    if (most >= COMPARED) {
      answer.stream()
          .limit(COMPARED)
          .flatMap(label -> byLabel.getOrDefault(label.label(), List.of()).stream().limit(1))
          .forEach(chosen::add);
    }
    all.stream()
        .filter(candidate -> chosen.stream().noneMatch(one -> isSame(one, candidate)))
        .limit(most - chosen.size())
        .toList()
        .forEach(chosen::add);
    chosen.sort(TrainingPhotos.BY_SIMILARITY);
    return chosen.stream().map(this::answered).toList();
  }

  /** A record's own comparison would be put together when it is first asked for, which is slow. */
  private static boolean isSame(Candidate one, Candidate other) {
    return one.photo().name().equals(other.photo().name());
  }

  private SimilarPhoto answered(Candidate candidate) {
    float[] probabilities = layer.probabilities(candidate.features());
    int best = 0;
    for (int label = 1; label < probabilities.length; label++) {
      best = probabilities[label] > probabilities[best] ? label : best;
    }
    return new SimilarPhoto(
        candidate.photo(), candidate.label(), candidate.similarity(), labels.name(best));
  }

  private static Optional<Path> path(String name) {
    try {
      return Optional.of(Path.of(name));
    } catch (InvalidPathException e) {
      return Optional.empty(); // it was read from elsewhere
    }
  }
}
