package org.pupil.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.pupil.backbone.KnownBackbone;
import org.pupil.backbone.fetch.Reachability;
import org.pupil.dataset.InstalledConverters;
import org.pupil.inventory.Kept;
import org.pupil.inventory.Machine;
import org.pupil.inventory.NativeLibrary;

/**
 * What {@code pupil doctor} found.
 *
 * @param machine what Pupil runs on
 * @param libraries the native libraries
 * @param hasTensorFlow whether the other engine is there
 * @param converters the system's programs that read more formats of photos
 * @param backbones those inside the program, then those in the folder
 * @param cacheFolder Pupil's own folder
 * @param cacheRoom room on its disk in bytes, if that is known
 * @param workFolder where models go
 * @param workRoom room on its disk in bytes, if that is known
 * @param kept what can be made again
 * @param addresses where backbones are downloaded from; empty if nobody asked
 * @param selfCheck why the self-check failed; empty if it did not
 */
record Diagnosis(
    Machine machine,
    List<NativeLibrary> libraries,
    boolean hasTensorFlow,
    InstalledConverters converters,
    List<KnownBackbone> backbones,
    Path cacheFolder,
    OptionalLong cacheRoom,
    Path workFolder,
    OptionalLong workRoom,
    List<Kept> kept,
    List<Reachability> addresses,
    Optional<String> selfCheck) {

  /** Whether training and labelling work here, with the network or without it. */
  boolean isHealthy() {
    return selfCheck.isEmpty()
        && libraries.stream().allMatch(library -> library.failure().isEmpty())
        && backbones.stream().allMatch(backbone -> backbone.trouble().isEmpty());
  }
}
