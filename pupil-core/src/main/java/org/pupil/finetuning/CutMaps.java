package org.pupil.finetuning;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.BottleneckKey;
import org.pupil.bottleneck.ContentHash;
import org.pupil.bottleneck.Precision;
import org.pupil.dataset.Photo;
import org.pupil.errors.PupilException;
import org.pupil.images.ImageDecoder;

/** Maps at a cut that are kept on the disk, and computed where they are not there yet. */
final class CutMaps implements PhotoMaps {
  static final String EXTENSION = ".maps";

  private final Path file;
  private final MapFile maps;
  private final MapComputer computer;
  private final Map<ContentHash, Photo> photos;
  private final Set<ContentHash> judging;

  /**
   * @param file where they are kept
   * @param maps that file, opened; this owns it
   * @param photos all of them
   * @param judging those of them that are only looked at as they are
   */
  CutMaps(
      Path file,
      MapFile maps,
      MapComputer computer,
      Map<ContentHash, Photo> photos,
      Set<ContentHash> judging) {
    this.file = file;
    this.maps = maps;
    this.computer = computer;
    this.photos = photos;
    this.judging = judging;
  }

  /**
   * Opens the maps of a cut, or makes their file. Which it is depends on the backbone, the cut and
   * what the views are, but not on how many of them there are.
   *
   * @param photos all of them
   * @param judging those of them that are only looked at as they are
   * @throws PupilException (unavailable) as {@link MapFile#open}
   */
  static CutMaps open(
      FineTuning.Surroundings around,
      Backbone backbone,
      TrainablePart part,
      Views views,
      Map<ContentHash, Photo> photos,
      Set<ContentHash> judging) {
    Path file = file(around, backbone, part, views);
    MapFile kept = MapFile.open(file, part.layers().input());
    ImageDecoder decoder = new ImageDecoder(backbone.input(), around.alpha());
    return new CutMaps(
        file,
        kept,
        new MapComputer(backbone, part, decoder, views, kept, around.threads()),
        photos,
        judging);
  }

  /** Where the maps of a cut are kept. */
  static Path file(
      FineTuning.Surroundings around, Backbone backbone, TrainablePart part, Views views) {
    BottleneckKey key = BottleneckKey.of(backbone, around.alpha(), Precision.FLOAT32);
    String what = String.join("\n", key.toString(), part.cut(), views.describe());
    return around.folder().resolve(FineTuning.name(what) + EXTENSION);
  }

  /** What is not there yet: all views of a photo, then those of the next. */
  private List<MapComputer.Missing> absent(int views) {
    return photos.entrySet().stream()
        .flatMap(
            entry ->
                IntStream.range(0, judging.contains(entry.getKey()) ? 1 : views)
                    .filter(view -> !maps.has(entry.getKey(), view))
                    .mapToObj(
                        view -> new MapComputer.Missing(entry.getValue(), entry.getKey(), view)))
        .toList();
  }

  @Override
  public boolean has(ContentHash content, int view) {
    return maps.has(content, view);
  }

  @Override
  public int missing(int views) {
    return absent(views).size();
  }

  @Override
  public long bytesOfOne() {
    return MapFile.recordBytes(maps.shape());
  }

  /** What it takes on the disk, with what is missing. */
  MapRoom.Need need(int views) {
    return new MapRoom.Need(file, maps.bytes(), missing(views) * bytesOfOne());
  }

  /**
   * Makes sure that there is room for what is missing, as {@link MapRoom#make}. If the file becomes
   * too large, it is begun anew.
   *
   * @param spared files beside it that do not go
   */
  void makeRoom(int views, MapRoom room, List<Path> spared) {
    MapRoom.Need need = need(views);
    if (!room.allows(need.bytes() + need.more())) {
      maps.clear(); // most of it may be of photos that are not among these
    }
    room.make(List.of(need(views)), spared);
  }

  /** Forgets all maps, those of other photos too. */
  void clear() {
    maps.clear();
  }

  @Override
  public void compute(int views, int most, Listener listener) {
    List<MapComputer.Missing> absent = absent(views);
    computer.compute(absent.subList(0, Math.min(most, absent.size())), listener);
  }

  @Override
  public void read(ContentHash content, int view, float[][] rows, int first) {
    maps.read(content, view, rows, first);
  }

  @Override
  public void close() {
    computer.close();
    maps.close();
  }
}
