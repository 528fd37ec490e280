package org.pupil.explain;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.BottleneckKey;
import org.pupil.bottleneck.Bottlenecks;
import org.pupil.bottleneck.FoundBottlenecks;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.Photo;
import org.pupil.dataset.SplitRule;
import org.pupil.dataset.SplitSet;
import org.pupil.dataset.SplitSettings;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.images.InputSpec;
import org.pupil.ingest.ImageDirectory;
import org.pupil.model.Model;
import org.pupil.model.ModelDescription;
import org.pupil.model.Provenance;
import org.pupil.network.NetworkEngine;
import org.pupil.similarity.NearestNeighbours;
import org.pupil.similarity.UnitVectors;

/**
 * The photos that a model was trained on, with the bottlenecks that are still in a cache, or that
 * are computed on request.
 */
public final class TrainingPhotos implements AutoCloseable {
  static final Comparator<Candidate> BY_SIMILARITY =
      Comparator.comparingDouble(Candidate::similarity).reversed();

  /** Bottlenecks of so many photos are in memory at a time. */
  private static final int AT_A_TIME = 4096;

  private final List<String> labels;
  private final String folder;
  private final Optional<BottleneckCache> cache;
  private final Optional<CachedFeatures> features;
  private final Optional<Message> missing;

  private TrainingPhotos(
      List<String> labels,
      String folder,
      Optional<BottleneckCache> cache,
      Optional<CachedFeatures> features,
      Optional<Message> missing) {
    this.labels = labels;
    this.folder = folder;
    this.cache = cache;
    this.features = features;
    this.missing = missing;
  }

  /**
   * Finds the photos of a model.
   *
   * @param imageDir where they are; empty if the model is to say it
   * @param bottleneckDir where their bottlenecks are kept; empty if the model is to say it
   * @param usualBottleneckDir where they are kept if it does not
   * @return to be closed; where they cannot be had it says why
   * @throws PupilException (bad input) if {@code imageDir} is given and has no photos
   */
  public static TrainingPhotos find(
      Model model, Optional<Path> imageDir, Optional<Path> bottleneckDir, Path usualBottleneckDir) {
    Optional<ModelDescription> description = model.description();
    if (description.isEmpty()) {
      return none("the model was not made by Pupil, so what it was trained on is not known");
    }
    Map<String, String> options = description.get().provenance().options();
    Optional<String> folder =
        imageDir.map(Path::toString).or(() -> option(options, Setting.IMAGE_DIR));
    if (folder.isEmpty()) {
      return none("the model does not say where its training photos are: give ", Setting.IMAGE_DIR);
    }
    try {
      ImageDirectory directory =
          new ImageDirectory(
              folder.get(),
              labelRule(options),
              isDivided(options),
              usualBottleneckDir.resolveSibling(ImageDirectory.UNPACKED));
      if (imageDir.isEmpty() && directory.isStillPacked()) {
        // A model from a stranger may name any archive.
        return none(
            "the training photos are in the archive " + folder.get() + ": to unpack it, give ",
            Setting.IMAGE_DIR);
      }
      Dataset dataset = directory.open();
      if (dataset.labels().names().stream().noneMatch(description.get().labels()::contains)) {
        return none("no label of " + folder.get() + " is one of the model's");
      }
      Path cache =
          bottleneckDir
              .or(() -> option(options, Setting.BOTTLENECK_DIR).map(Path::of))
              .orElse(usualBottleneckDir);
      return of(dataset, description.get(), folder.get(), cache);
    } catch (PupilException e) {
      if (imageDir.isPresent()) {
        throw e;
      }
      return none(e.message());
    } catch (InvalidPathException e) {
      return none("the model names a folder that cannot be one here: give ", Setting.IMAGE_DIR);
    }
  }

  /**
   * What the model says that a setting was. An address of another computer is not followed: a model
   * from a stranger would have this one call there.
   */
  private static Optional<String> option(Map<String, String> options, Setting setting) {
    return Optional.ofNullable(options.get(setting.withUnderscores()))
        .filter(path -> !path.isEmpty() && !path.matches("(?s)[/\\\\]{2}.*"));
  }

  private static boolean isDivided(Map<String, String> options) {
    return option(options, Setting.SPLIT_RULE)
        .filter(rule -> rule.equalsIgnoreCase(SplitRule.FOLDERS.name()))
        .isPresent();
  }

  private static LabelRule labelRule(Map<String, String> options) {
    boolean isRetrain =
        "retrain"
            .equalsIgnoreCase(
                options.getOrDefault(
                    Setting.LABEL_RULE.withUnderscores(),
                    options.getOrDefault(Setting.SPLIT_RULE.withUnderscores(), "")));
    return isRetrain ? LabelRule.RETRAIN : LabelRule.FOLDER;
  }

  private static TrainingPhotos of(
      Dataset dataset, ModelDescription model, String folder, Path cacheFolder) {
    Provenance.BackboneUsed backbone = model.provenance().backbone();
    if (backbone.sha256() == null || backbone.bottleneckLayer() == null) {
      return none("the model does not say which network it is on");
    }
    InputSpec input =
        new InputSpec(model.inputHeight(), model.inputWidth(), backbone.mean(), backbone.std());
    BottleneckCache cache = BottleneckCache.openWhenNeeded(cacheFolder);
    try {
      List<BottleneckKey> keys =
          cache.keys(backbone.sha256()).stream()
              .filter(key -> key.isFor(input, backbone.bottleneckLayer(), model.alpha()))
              .toList();
      Optional<Message> missing =
          keys.isEmpty()
              ? Optional.of(
                  Message.of(
                      cacheFolder + " has no bottlenecks of the model's network: give ",
                      Setting.BOTTLENECK_DIR))
              : Optional.empty();
      return new TrainingPhotos(
          dataset.labels().names(),
          folder,
          Optional.of(cache),
          Optional.of(
              new CachedFeatures(
                  model, cache, keys, trainingSet(dataset, model.provenance().split()))),
          missing);
    } catch (RuntimeException e) {
      cache.close();
      throw e;
    }
  }

  /** None, for who looks for no similar photos. */
  public static TrainingPhotos none() {
    return none("nobody looked for them");
  }

  /** None, because they cannot be had. */
  private static TrainingPhotos none(Object... why) {
    return new TrainingPhotos(
        List.of(), "", Optional.empty(), Optional.empty(), Optional.of(Message.of(why)));
  }

  /**
   * Computes the bottlenecks that the cache does not have, and keeps them there. Only where the
   * model is on a built-in backbone is it known how they were computed; else nothing changes.
   *
   * @param engine runs the backbone
   * @param modelDir where downloaded backbones are; nothing is downloaded
   * @param threads how many photos are worked on at a time, at least 1
   * @param clock tells when a photo was read
   * @param progress hears how the computing goes
   * @return to be closed in place of this
   */
  public TrainingPhotos complete(
      NetworkEngine engine,
      Path modelDir,
      int threads,
      Clock clock,
      BottleneckComputer.Listener progress) {
    if (features.isEmpty()) {
      return this;
    }
    try {
      return features
          .get()
          .completed(engine, modelDir, threads, clock, progress)
          .map(all -> new TrainingPhotos(labels, folder, cache, Optional.of(all), Optional.empty()))
          .orElse(this);
    } catch (PupilException e) {
      return new TrainingPhotos(labels, folder, cache, features, Optional.of(e.message()));
    }
  }

  private static List<Photo> trainingSet(Dataset dataset, Provenance.SplitUsed used) {
    try {
      SplitSettings settings =
          new SplitSettings(
              SplitRule.valueOf(used.rule().toUpperCase(Locale.ROOT)),
              used.testingPercentage(),
              used.validationPercentage(),
              used.seed());
      return dataset.split(settings).photos(SplitSet.TRAINING);
    } catch (PupilException | IllegalArgumentException | NullPointerException e) {
      return dataset.photos(); // too few are left to be split, or an older model says nothing
    }
  }

  /** Why there are none, if there are none. */
  Optional<Message> missing() {
    return missing;
  }

  /** What to say when no bottleneck of any of them is in the cache. */
  Message unknown() {
    return Message.of(
        "the cache has no bottleneck of the photos in %s as they are now: train again, or give "
            .formatted(folder),
        Setting.IMAGE_DIR,
        " or ",
        Setting.BOTTLENECK_DIR);
  }

  /** Closes the cache. */
  @Override
  public void close() {
    cache.ifPresent(BottleneckCache::close);
  }

  /**
   * A photo with its bottleneck.
   *
   * @param features not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // passes on what the cache holds
  record Candidate(Photo photo, String label, float similarity, float[] features) {}

  /**
   * The photos that are most similar to one, label by label.
   *
   * @param features of the photo
   * @param most how many of each label at most, at least 1
   * @param itself the photo's own file, which is left out
   * @return by label, the most similar first; without the labels that have none
   */
  Map<String, List<Candidate>> nearestByLabel(float[] features, int most, Optional<Path> itself) {
    UnitVectors query = UnitVectors.of(new float[][] {features});
    Map<String, List<Candidate>> nearest = new HashMap<>();
    CachedFeatures known = this.features.orElseThrow();
    List<Photo> photos = known.photos();
    for (int from = 0; from < photos.size(); from += AT_A_TIME) {
      int to = Math.min(photos.size(), from + AT_A_TIME);
      Optional<FoundBottlenecks> found = known.find(from, to, features.length);
      if (found.isPresent()) {
        addNearest(nearest, photos.subList(from, to), found.get(), query, most, itself);
      }
    }
    return nearest;
  }

  private void addNearest(
      Map<String, List<Candidate>> nearest,
      List<Photo> some,
      FoundBottlenecks found,
      UnitVectors query,
      int most,
      Optional<Path> itself) {
    Bottlenecks bottlenecks = found.bottlenecks().orElseThrow();
    Map<Integer, List<Integer>> byLabel =
        IntStream.range(0, some.size())
            .filter(found::hasBottleneck)
            .filter(i -> !isFile(some.get(i), itself))
            .boxed()
            .collect(Collectors.groupingBy(i -> some.get(i).label()));
    byLabel.forEach(
        (index, rows) -> {
          String label = labels.get(index);
          float[][] features = rows.stream().map(i -> bottlenecks.row(i)).toArray(float[][]::new);
          List<Candidate> all = new ArrayList<>(nearest.getOrDefault(label, List.of()));
          NearestNeighbours.of(UnitVectors.of(features), query, most, 1)
              .of(0)
              .forEach(
                  near ->
                      all.add(
                          new Candidate(
                              some.get(rows.get(near.row())),
                              label,
                              near.cosine(),
                              features[near.row()])));
          all.sort(BY_SIMILARITY);
          nearest.put(label, all.subList(0, Math.min(most, all.size())));
        });
  }

  private static boolean isFile(Photo photo, Optional<Path> itself) {
    return itself.isPresent()
        && photo
            .source()
            .file()
            .map(file -> normal(file.path()).equals(normal(itself.get())))
            .orElse(false);
  }

  private static Path normal(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
