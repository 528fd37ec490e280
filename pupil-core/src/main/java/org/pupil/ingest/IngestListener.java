package org.pupil.ingest;

import java.util.List;
import org.pupil.backbone.fetch.DownloadListener;

/** Hears how a photo set is brought in, to show it to a person, and decides what only one can. */
public interface IngestListener {

  /** A well-known set is about to be downloaded. */
  default void known(KnownDataset dataset) {}

  /** Hears of downloads. */
  default DownloadListener downloads() {
    return DownloadListener.silent();
  }

  /** An archive or folder is about to be read. */
  default void reading(String name) {}

  /** So many files are unpacked by now. */
  default void unpacked(int files) {}

  /** What was read is about to be put in its place: so many photos. */
  default void arranging(int photos) {}

  /** So many photos are in their place by now. */
  default void arranged(int photos) {}

  /** What a person should know. */
  default void note(Note note) {}

  /** What was recognised, before anything is put in its place. */
  default void recognised(Recognised recognised) {}

  /**
   * Chooses between readings.
   *
   * @param readings two or more, the likeliest first
   * @return one of them
   */
  default Recognised choose(List<Recognised> readings) {
    return readings.get(0);
  }
}
