package org.pupil.board.plugins.graphs;

import io.javalin.http.Context;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.Run;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Listing;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.board.web.SeriesRequests;
import org.pupil.log.proto.RunMetadata;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Router;

/** {@code /data/plugin/graphs}, and the form of a graph that the page reads. */
public final class GraphsRoutes implements PluginRoutes {
  /** The plugin. */
  public static final Plugin PLUGIN =
      new Plugin(
          "graphs",
          new Listing(
              "graphs",
              true,
              new Listing.Element("tf-graph-dashboard"),
              Set.of(
                  "graphs",
                  "graph_run_metadata",
                  "graph_run_metadata_graph",
                  "graph_keras_model",
                  "graph_tagged_run_metadata")),
          Plugin.ALL,
          GraphsRoutes::new);

  /** More a page cannot draw. */
  private static final int MOST_NODES = 200_000;

  private final EventLogs logs;

  private GraphsRoutes(BoardData data) {
    this.logs = data.logs();
  }

  @Override
  public void addTo(Router router) {
    router.get("/data/plugin/graphs/info", context -> Json.answer(context, info()));
    router.get("/data/plugin/graphs/graph", this::graph);
    router.get("/data/plugin/graphs/run_metadata", this::runMetadata);
    router.get("/data/plugin/pupil/graph", this::compactGraph);
  }

  private Map<String, Object> info() {
    Map<String, Object> runs = new LinkedHashMap<>();
    for (Run run : logs.runs()) {
      Graphs.RunGraphs graphs = Graphs.of(run);
      if (!graphs.isEmpty()) {
        Map<String, Object> tags = new LinkedHashMap<>();
        graphs.tags().forEach((tag, has) -> tags.put(tag, tagInfo(tag, has)));
        runs.put(
            run.name(), Map.of("run", run.name(), "tags", tags, "run_graph", graphs.hasRunGraph()));
      }
    }
    return runs;
  }

  private static Map<String, Object> tagInfo(String tag, Graphs.TagGraphs has) {
    return Map.of(
        "tag", tag,
        "conceptual_graph", has.isConceptual(),
        "op_graph", has.isOps(),
        "profile", has.isProfile());
  }

  private void graph(Context context) {
    required(context, "run");
    Graph.@Nullable AttributeLimit limit = limit(context);
    Graph graph = find(context);
    writeText(
        context,
        out -> {
          if (limit == null) {
            graph.writeText(out);
          } else {
            graph.writeText(out, limit);
          }
        });
  }

  private static Graph.@Nullable AttributeLimit limit(Context context) {
    String size = context.queryParam("limit_attr_size");
    if (size == null) {
      return null;
    }
    String key = context.queryParam("large_attrs_key");
    if (!size.strip().matches("[+-]?[0-9]{1,9}")) {
      throw RequestException.badRequest("query parameter `limit_attr_size` must be an integer");
    }
    if (key == null) {
      throw RequestException.badRequest(
          "large_attrs_key must be given when limit_attr_size is given");
    }
    try {
      return new Graph.AttributeLimit(Integer.parseInt(size.strip()), key);
    } catch (IllegalArgumentException e) {
      throw RequestException.badRequest(e.getMessage());
    }
  }

  private void compactGraph(Context context) {
    required(context, "run");
    Graph graph = find(context);
    Json.stream(context, json -> graph.writeJson(json, MOST_NODES));
  }

  private void runMetadata(Context context) {
    String tag = required(context, "tag");
    required(context, "run");
    Run run = SeriesRequests.run(logs, context);
    RunMetadata metadata = found(context, () -> Graphs.runMetadata(run, tag));
    writeText(context, out -> Graphs.writeText(metadata, out));
  }

  private Graph find(Context context) {
    Run run = SeriesRequests.run(logs, context);
    String tag = context.queryParam("tag");
    boolean isConceptual = "true".equals(context.queryParam("conceptual"));
    return found(
        context,
        () -> {
          if (isConceptual) {
            return tag == null ? Optional.empty() : Graphs.conceptualGraph(run, tag);
          }
          return tag == null ? Graphs.runGraph(run) : Graphs.tracedGraph(run, tag);
        });
  }

  private static String required(Context context, String name) {
    String value = context.queryParam(name);
    if (value == null) {
      throw RequestException.badRequest("query parameter \"" + name + "\" is required");
    }
    return value;
  }

  @FunctionalInterface
  private interface Finding<T> {
    Optional<T> find() throws IOException;
  }

  private static <T> T found(Context context, Finding<T> finding) {
    String run = context.queryParam("run");
    try {
      return finding
          .find()
          .orElseThrow(() -> RequestException.notFound("run '" + run + "' has no such graph"));
    } catch (IOException e) {
      throw RequestException.notFound(
          "the graph of run '" + run + "' cannot be read: " + e.getMessage());
    }
  }

  @FunctionalInterface
  private interface Writing {
    void write(Writer out) throws IOException;
  }

  private static void writeText(Context context, Writing writing) {
    context.contentType("text/x-protobuf; charset=utf-8");
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(context.outputStream(), StandardCharsets.US_ASCII))) {
      writing.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
