package org.pupil.board.plugins.histograms;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Listing;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.web.Router;

/** {@code /data/plugin/histograms}. */
public final class HistogramsRoutes implements PluginRoutes {
  private static final String NAME = "histograms";

  /** The plugin. */
  public static final Plugin PLUGIN =
      new Plugin(NAME, Listing.element(NAME, "tf-histogram-dashboard"), 51, HistogramsRoutes::new);

  private final HistogramAnswers answers;

  private HistogramsRoutes(BoardData data) {
    answers = new HistogramAnswers(data.logs(), data.samples().of(NAME));
  }

  @Override
  public void addTo(Router router) {
    router.get("/data/plugin/histograms/tags", answers::tags);
    router.get(
        "/data/plugin/histograms/histograms",
        context -> answers.answer(context, HistogramsRoutes::writeBuckets));
  }

  private static void writeBuckets(JsonGenerator json, HistogramBuckets buckets)
      throws IOException {
    json.writeStartArray();
    for (int i = 0; i < buckets.size(); i++) {
      json.writeStartArray();
      json.writeNumber(buckets.left(i));
      json.writeNumber(buckets.right(i));
      json.writeNumber(buckets.count(i));
      json.writeEndArray();
    }
    json.writeEndArray();
  }
}
