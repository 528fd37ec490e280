package org.pupil.ingest;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which photo set is brought in, and where to.
 *
 * @param source as it was typed: the name of a known set, an address, an archive, a table or a
 *     folder
 * @param to the folder that is made
 * @param layout how the set is read; empty to find out
 * @param inner the archive within the archive that is read; empty to read it itself
 * @param names how names in archives are encoded that are no UTF-8; empty for what their format
 *     says
 * @param limits what an archive may become
 * @param catalogue the sets that are known by name
 * @param environment where proxies are named, see {@link
 *     org.pupil.backbone.fetch.EnvironmentProxies}
 */
public record IngestRequest(
    String source,
    Path to,
    Optional<Layout> layout,
    Optional<String> inner,
    Optional<Charset> names,
    UnpackLimits limits,
    Catalogue catalogue,
    Map<String, String> environment) {
  public IngestRequest {
    environment = Map.copyOf(environment);
  }

  /** What decides on the result beside the source, in one line. */
  String options() {
    return "layout %s, inner %s, names %s"
        .formatted(
            layout.map(Layout::typed).orElse("-"),
            inner.orElse("-"),
            names.map(Charset::name).orElse("-"));
  }
}
