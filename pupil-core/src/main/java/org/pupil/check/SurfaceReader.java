package org.pupil.check;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.pupil.background.Progress;
import org.pupil.background.Workers;
import org.pupil.dataset.PhotoFile;
import org.pupil.dataset.PhotoFormat;
import org.pupil.dataset.PhotoSource;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.files.InputFile;
import org.pupil.images.PhotoFacts;
import org.pupil.images.ThumbnailReader;
import org.pupil.similarity.PerceptualHash;

/** Learns of photos what needs no backbone: from the beginnings of their files and thumbnails. */
final class SurfaceReader {
  /** What stands before a JPEG's picture mostly fits into this, a small picture included. */
  private static final int BEGINNING = 128 << 10;

  /** Photos that a thread takes at a time. */
  private static final int CHUNK = 32;

  private final Workers workers;

  SurfaceReader(Workers workers) {
    this.workers = workers;
  }

  /**
   * Reads.
   *
   * @param photos any
   * @param thumbnails one for each, empty where there is none
   * @param progress hears how many photos have been read
   */
  Cue.Surface[] read(List<PhotoSource> photos, List<byte[]> thumbnails, Progress progress) {
    Cue.Surface[] surfaces = new Cue.Surface[photos.size()];
    AtomicInteger read = new AtomicInteger();
    progress.reached(0, photos.size());
    workers.run(
        (photos.size() + CHUNK - 1) / CHUNK,
        chunk -> {
          int end = Math.min(photos.size(), (chunk + 1) * CHUNK);
          try (ThumbnailReader reader = new ThumbnailReader()) {
            for (int i = chunk * CHUNK; i < end; i++) {
              Optional<float[][]> channels = reader.channels(thumbnails.get(i));
              surfaces[i] =
                  new Cue.Surface(
                      facts(photos.get(i)),
                      channels.map(Look::of),
                      channels.map(PerceptualHash::of));
            }
          }
          progress.reached(read.addAndGet(end - chunk * CHUNK), photos.size());
        });
    return surfaces;
  }

  private static Optional<PhotoFacts> facts(PhotoSource photo) {
    try {
      Optional<PhotoFile> file = photo.file();
      if (file.isPresent() && file.get().size() > BEGINNING) {
        Optional<PhotoFacts> facts = factsOfBeginning(file.get());
        if (facts.isPresent()) {
          return facts;
        }
      }
      return Optional.of(PhotoFacts.of(photo.read()));
    } catch (IOException e) {
      return Optional.empty(); // it may have gone, or changed, since it was decoded
    }
  }

  private static Optional<PhotoFacts> factsOfBeginning(PhotoFile file) throws IOException {
    byte[] beginning;
    try (InputStream in = InputFile.open(file.path())) {
      beginning = in.readNBytes(BEGINNING);
    }
    if (!PhotoFormat.of(Arrays.copyOf(beginning, PhotoFormat.FIRST_BYTES))
        .equals(Optional.of(PhotoFormat.JPEG))) {
      return Optional.empty();
    }
    try {
      return Optional.of(PhotoFacts.of(beginning));
    } catch (UndecodableImageException e) {
      return Optional.empty(); // its picture begins later
    }
  }
}
