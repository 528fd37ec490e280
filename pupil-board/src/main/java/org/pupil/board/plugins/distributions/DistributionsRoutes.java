package org.pupil.board.plugins.distributions;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Set;
import org.pupil.board.plugins.histograms.HistogramAnswers;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Listing;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.web.Router;

/** {@code /data/plugin/distributions}, of the data of the histograms. */
public final class DistributionsRoutes implements PluginRoutes {
  private static final String NAME = "distributions";

  /** The plugin. */
  public static final Plugin PLUGIN =
      new Plugin(
          NAME,
          new Listing(
              NAME, false, new Listing.Element("tf-distribution-dashboard"), Set.of("histograms")),
          501,
          DistributionsRoutes::new);

  private final HistogramAnswers answers;

  private DistributionsRoutes(BoardData data) {
    answers = new HistogramAnswers(data.logs(), data.samples().of(NAME));
  }

  @Override
  public void addTo(Router router) {
    router.get("/data/plugin/distributions/tags", answers::tags);
    router.get(
        "/data/plugin/distributions/distributions",
        context ->
            answers.answer(
                context, (json, buckets) -> writeDistribution(json, Distribution.of(buckets))));
  }

  private static void writeDistribution(JsonGenerator json, Distribution distribution)
      throws IOException {
    json.writeStartArray();
    for (int i = 0; i < distribution.size(); i++) {
      json.writeStartArray();
      json.writeNumber(distribution.share(i));
      json.writeNumber(distribution.value(i));
      json.writeEndArray();
    }
    json.writeEndArray();
  }
}
