package org.pupil.backbone;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.engine.Engines;
import org.pupil.network.NetworkEngine;

/** Catalogs that never leave this machine. */
final class Catalogs {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Catalogs() {}

  /** Port 9 discards, where anything listens to it at all. */
  static BackboneCatalog offline() {
    return offline(Engines.auto());
  }

  static BackboneCatalog offline(NetworkEngine engine) {
    return at(engine, URI.create("http://127.0.0.1:9/"), DownloadListener.silent(), PATIENCE);
  }

  static BackboneCatalog at(URI mirror) {
    return at(mirror, DownloadListener.silent(), PATIENCE);
  }

  static BackboneCatalog at(URI mirror, DownloadListener listener, Duration patience) {
    return at(Engines.auto(), mirror, listener, patience);
  }

  private static BackboneCatalog at(
      NetworkEngine engine, URI mirror, DownloadListener listener, Duration patience) {
    return new BackboneCatalog(
        engine, DownloadAddresses.mirror(mirror), Map.of(), listener, patience);
  }
}
