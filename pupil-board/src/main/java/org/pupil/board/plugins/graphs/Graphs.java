package org.pupil.board.plugins.graphs;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.board.log.EventRecord;
import org.pupil.board.log.Run;
import org.pupil.board.log.SeriesInfo;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.RunMetadata;
import org.pupil.log.proto.TensorProto;

/** The graphs of runs, and what steps of a session cost. */
public final class Graphs {
  private static final String TRACE = "graph_run_metadata_graph";
  private static final String PROFILE = "graph_run_metadata";
  private static final String KERAS = "graph_keras_model";

  /** The only form of these plugins' values that is known. */
  private static final ByteString VERSION = ByteString.copyFromUtf8("1");

  private Graphs() {}

  /** What a run has: which of its tags have which graph. */
  public record RunGraphs(String run, Map<String, TagGraphs> tags, boolean hasRunGraph) {
    /** Whether there is anything to show. */
    public boolean isEmpty() {
      return tags.isEmpty() && !hasRunGraph;
    }
  }

  /**
   * What a tag has.
   *
   * @param isConceptual whether it is a Keras model
   * @param isOps whether it is a graph of operations
   * @param isProfile whether it says what a step cost
   */
  public record TagGraphs(boolean isConceptual, boolean isOps, boolean isProfile) {
    private TagGraphs and(TagGraphs more) {
      return new TagGraphs(
          isConceptual || more.isConceptual, isOps || more.isOps, isProfile || more.isProfile);
    }
  }

  /** What a run has. */
  public static RunGraphs of(Run run) {
    Map<String, TagGraphs> tags = new LinkedHashMap<>();
    addTags(run, TRACE, new TagGraphs(false, true, false), tags);
    addTags(run, PROFILE, new TagGraphs(false, true, true), tags);
    addTags(run, KERAS, new TagGraphs(true, false, false), tags);
    addTags(run, Run.RUN_METADATA, new TagGraphs(false, false, true), tags);
    boolean hasRunGraph =
        run.series(Run.GRAPHS).stream().anyMatch(series -> series.tag().equals(Run.GRAPH_TAG));
    return new RunGraphs(run.name(), tags, hasRunGraph);
  }

  private static void addTags(Run run, String plugin, TagGraphs kind, Map<String, TagGraphs> tags) {
    for (SeriesInfo series : run.series(plugin)) {
      if (plugin.equals(Run.RUN_METADATA) || series.pluginContent().equals(VERSION)) {
        tags.merge(series.tag(), kind, TagGraphs::and);
      }
    }
  }

  /**
   * The run's own graph, the newest if it has several; empty if it has none.
   *
   * @throws IOException if its file is gone, or what is there is no graph
   */
  public static Optional<Graph> runGraph(Run run) throws IOException {
    Optional<EventRecord> record = newest(run.records(Run.GRAPHS, Run.GRAPH_TAG));
    return record.isEmpty() ? Optional.empty() : Optional.of(new Graph(record.get().graph()));
  }

  /**
   * The graph of operations that was traced under a tag; empty if there is none.
   *
   * @throws IOException as above
   */
  public static Optional<Graph> tracedGraph(Run run, String tag) throws IOException {
    Optional<ByteString> bytes = newestString(run, PROFILE, tag);
    if (bytes.isEmpty()) {
      bytes = newestString(run, TRACE, tag);
    }
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    List<GraphDef> graphs =
        parseRunMetadata(bytes.get()).getFunctionGraphsList().stream()
            .map(RunMetadata.FunctionGraphs::getPreOptimizationGraph)
            .toList();
    return Optional.of(new Graph(MergedGraphs.of(graphs).toByteString()));
  }

  /**
   * The layers of the Keras model of a tag; empty if there is none.
   *
   * @throws IOException as above
   */
  public static Optional<Graph> conceptualGraph(Run run, String tag) throws IOException {
    Optional<ByteString> model = newestString(run, KERAS, tag);
    return model.isEmpty()
        ? Optional.empty()
        : Optional.of(new Graph(KerasModel.graph(model.get().toStringUtf8()).toByteString()));
  }

  /**
   * What a step of a session cost; empty if nobody noted it.
   *
   * @throws IOException as above
   */
  public static Optional<RunMetadata> runMetadata(Run run, String tag) throws IOException {
    Optional<EventRecord> record = newest(run.records(Run.RUN_METADATA, tag));
    Optional<ByteString> bytes =
        record.isPresent()
            ? Optional.of(record.get().runMetadata())
            : newestString(run, PROFILE, tag);
    return bytes.isEmpty() ? Optional.empty() : Optional.of(parseRunMetadata(bytes.get()));
  }

  /** Writes it in protobuf's text form. */
  public static void writeText(RunMetadata runMetadata, Appendable out) throws IOException {
    new ProtoText(out).fields(runMetadata, 0);
  }

  private static RunMetadata parseRunMetadata(ByteString bytes) throws IOException {
    CodedInputStream in = bytes.newCodedInput();
    in.enableAliasing(true);
    return RunMetadata.parseFrom(in);
  }

  private static Optional<ByteString> newestString(Run run, String plugin, String tag)
      throws IOException {
    Optional<EventRecord> record = newest(run.records(plugin, tag));
    if (record.isEmpty()) {
      return Optional.empty();
    }
    TensorProto tensor = record.get().value().getTensor();
    return tensor.getStringValCount() == 0 ? Optional.empty() : Optional.of(tensor.getStringVal(0));
  }

  private static Optional<EventRecord> newest(List<EventRecord> records) {
    return records.isEmpty() ? Optional.empty() : Optional.of(records.get(records.size() - 1));
  }
}
