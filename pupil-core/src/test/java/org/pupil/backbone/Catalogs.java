package org.pupil.backbone;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;

/** Catalogs that never leave this machine. */
final class Catalogs {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Catalogs() {}

  /** Port 9 discards, where anything listens to it at all. */
  static BackboneCatalog offline() {
    return at(URI.create("http://127.0.0.1:9/"));
  }

  static BackboneCatalog at(URI mirror) {
    return at(mirror, DownloadListener.silent(), PATIENCE);
  }

  static BackboneCatalog at(URI mirror, DownloadListener listener, Duration patience) {
    return new BackboneCatalog(DownloadAddresses.mirror(mirror), Map.of(), listener, patience);
  }
}
