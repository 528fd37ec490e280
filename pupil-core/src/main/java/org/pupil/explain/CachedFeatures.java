package org.pupil.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.BottleneckKey;
import org.pupil.bottleneck.ContentHash;
import org.pupil.bottleneck.FoundBottlenecks;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.bottleneck.Precision;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFile;
import org.pupil.errors.PupilException;
import org.pupil.model.BuiltInBackbone;
import org.pupil.model.ModelDescription;
import org.pupil.network.NetworkEngine;

/**
 * Photos with the bottlenecks that a cache has of them, whatever engine made them. Photos whose
 * files the cache does not know, since they were moved, or were trained on right after they were
 * written, are read and known by their contents, as long as they are few.
 */
final class CachedFeatures {
  /** Reading and hashing so much takes less than half a second. */
  private static final long MOST_BYTES_READ = 64 << 20;

  private static final Precision PRECISION = Precision.FLOAT32;

  /** Of no photo: an empty file is none. */
  private static final ContentHash NONE = ContentHash.of(new byte[0]);

  /** Photos that are looked up at a time: their bottlenecks are in memory together. */
  private static final int AT_A_TIME = 4096;

  private final ModelDescription model;
  private final BottleneckCache cache;
  private final List<BottleneckKey> keys;
  private final List<Photo> photos;
  private final @Nullable ContentHash[] contents;
  private long bytesLeft = MOST_BYTES_READ;

  /**
   * Photos whose contents are not known yet.
   *
   * @param model whose bottlenecks they are
   * @param cache not to be closed before this is done with
   * @param keys of bottlenecks that are as good as each other: those of the first are taken that
   *     has any of the photos
   * @param photos any
   */
  CachedFeatures(
      ModelDescription model, BottleneckCache cache, List<BottleneckKey> keys, List<Photo> photos) {
    this.model = model;
    this.cache = cache;
    this.keys = List.copyOf(keys);
    this.photos = List.copyOf(photos);
    this.contents = new ContentHash[photos.size()];
  }

  /** The photos, with or without a bottleneck. */
  List<Photo> photos() {
    return photos;
  }

  /**
   * Looks some photos up.
   *
   * @param from the first
   * @param to the one after the last
   * @param floats how long a bottleneck is
   * @return empty if none of them has one
   */
  synchronized Optional<FoundBottlenecks> find(int from, int to, int floats) {
    List<Photo> some = photos.subList(from, to);
    for (BottleneckKey key : keys) {
      FoundBottlenecks found = cache.find(key, some);
      if (found.foundCount() < some.size()) {
        found = cache.findContents(key, contents(from, found));
      }
      if (found.bottlenecks().map(rows -> rows.floats() == floats).orElse(false)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /**
   * Computes the bottlenecks that the cache does not have, and puts them into it.
   *
   * @return the photos that have one now; empty if the model is not on a built-in backbone
   * @throws PupilException (unavailable) if the cache cannot be written
   */
  Optional<CachedFeatures> completed(
      NetworkEngine engine,
      Path modelDir,
      int threads,
      Clock clock,
      BottleneckComputer.Listener progress) {
    if (isComplete()) {
      return Optional.of(this);
    }
    return BuiltInBackbone.requestFor(model, modelDir)
        .map(
            request ->
                new BackboneCatalog(
                        engine, DownloadAddresses.official(), Map.of(), DownloadListener.silent())
                    .resolve(request))
        .filter(backbone -> BuiltInBackbone.isOf(model, backbone))
        .map(backbone -> computed(backbone, threads, clock, progress));
  }

  private boolean isComplete() {
    int floats = model.provenance().backbone().bottleneckSize();
    return IntStream.iterate(0, from -> from < photos.size(), from -> from + AT_A_TIME)
        .allMatch(
            from -> {
              int to = Math.min(photos.size(), from + AT_A_TIME);
              return find(from, to, floats)
                  .map(found -> found.foundCount() == to - from)
                  .orElse(false);
            });
  }

  private CachedFeatures computed(
      Backbone backbone, int threads, Clock clock, BottleneckComputer.Listener progress) {
    PhotoBottlenecks all =
        new BottleneckComputer(backbone, model.alpha(), PRECISION, cache, threads, clock)
            .compute(photos, progress);
    BottleneckKey key = BottleneckKey.of(backbone, model.alpha(), PRECISION);
    CachedFeatures computed = new CachedFeatures(model, cache, List.of(key), all.photos());
    Arrays.setAll(computed.contents, all::content);
    return computed;
  }

  private List<ContentHash> contents(int from, FoundBottlenecks found) {
    ContentHash[] some = new ContentHash[found.size()];
    for (int i = 0; i < some.length; i++) {
      ContentHash known = contents[from + i];
      Photo photo = photos.get(from + i);
      some[i] = known == null ? found.content(i).orElseGet(() -> read(photo)) : known;
      contents[from + i] = some[i];
    }
    return List.of(some);
  }

  private ContentHash read(Photo photo) {
    bytesLeft -= photo.source().file().map(PhotoFile::size).orElse(0L);
    if (bytesLeft < 0) {
      return NONE;
    }
    try {
      return ContentHash.of(photo.source().read());
    } catch (IOException e) {
      return NONE; // it has gone since it was found
    }
  }
}
