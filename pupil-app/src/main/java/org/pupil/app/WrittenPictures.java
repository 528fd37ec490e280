package org.pupil.app;

import java.nio.file.Path;
import java.util.Optional;
import org.pupil.explain.LayerPictures;

/**
 * The pictures of one explanation, as they were written to files.
 *
 * @param heatMap empty if the photo has none
 * @param layers empty if nobody asked for them
 */
record WrittenPictures(Optional<HeatMapFiles.Written> heatMap, Optional<Layers> layers) {
  static final WrittenPictures NONE = new WrittenPictures(Optional.empty(), Optional.empty());

  /**
   * What the network's layers make of the photo.
   *
   * @param pictures what was found
   * @param filters the file with the filters of the first layer; empty if they are not known
   * @param maps the file with the maps of the photo
   * @param changed the file with the maps of the changed photo
   */
  record Layers(LayerPictures pictures, Optional<Path> filters, Path maps, Path changed) {}
}
