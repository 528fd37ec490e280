package org.pupil.board.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.pupil.board.LogBuilder;
import org.pupil.board.TestBoard;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/** Whatever is asked, no answer is a fault of the program. */
class RoutesFuzzTest {
  private static final List<String> ROUTES =
      List.of(
          "environment",
          "logdir",
          "runs",
          "plugins_listing",
          "plugin_entry.html",
          "plugin/scalars/tags",
          "plugin/scalars/scalars",
          "plugin/scalars/scalars_multirun",
          "plugin/timeseries/tags",
          "plugin/timeseries/timeSeries",
          "plugin/timeseries/imageData",
          "plugin/histograms/tags",
          "plugin/histograms/histograms",
          "plugin/distributions/tags",
          "plugin/distributions/distributions",
          "plugin/images/tags",
          "plugin/images/images",
          "plugin/images/individualImage",
          "plugin/text/tags",
          "plugin/text/text",
          "plugin/pr_curves/tags",
          "plugin/pr_curves/pr_curves",
          "plugin/graphs/info",
          "plugin/graphs/graph",
          "plugin/graphs/run_metadata",
          "plugin/hparams/experiment",
          "plugin/hparams/session_groups",
          "plugin/hparams/metric_evals",
          "plugin/hparams/download_data",
          "plugin/projector/runs",
          "plugin/projector/info",
          "plugin/projector/tensor",
          "plugin/projector/metadata",
          "plugin/projector/bookmarks",
          "plugin/projector/sprite_image",
          "plugin/pupil/state",
          "plugin/pupil/files",
          "plugin/pupil/points",
          "plugin/pupil/points_multirun",
          "plugin/pupil/graph",
          "plugin/pupil/sessions",
          "plugin/pupil/overview");

  private static final List<String> NAMES =
      List.of(
          "run",
          "runs",
          "tag",
          "name",
          "num_rows",
          "request",
          "requests",
          "format",
          "columnsVisibility",
          "sample",
          "blob_key",
          "imageId",
          "limit_attr_size",
          "large_attrs_key",
          "conceptual",
          "most",
          "markdown",
          "session",
          "since",
          "plugin");

  /** Good ones, so that a request comes far, and such as may do harm. */
  private static final List<String> VALUES =
      List.of(
          "",
          "r",
          ".",
          "scalar",
          "histogram",
          "picture",
          "text",
          "curve/pr_curves",
          "embedding",
          "1",
          "0",
          "-1",
          "true",
          "csv",
          "json",
          "latex",
          "99999999999999999999",
          "-9223372036854775808",
          "2147483648",
          "NaN",
          "1e999",
          "../../etc/passwd",
          "a\u0000b",
          "\ud800",
          "<script>",
          "%",
          "null",
          "[]",
          "{}",
          "[null]",
          "[true,false,null]",
          "{\"allowedStatuses\":[0,1,2,3],\"sliceSize\":2147483647,\"startIndex\":2147483647}",
          "{\"allowedStatuses\":[0,null],\"sliceSize\":9,\"colParams\":[null]}",
          "{\"allowedStatuses\":[0],\"sliceSize\":-9,\"startIndex\":-9}",
          "{\"allowedStatuses\":[0],\"sliceSize\":9,\"colParams\":[{\"hparam\":\"a\","
              + "\"filterDiscrete\":[null,{},[]],\"order\":\"ORDER_DESC\"}]}",
          "{\"allowedStatuses\":[0],\"sliceSize\":9,\"aggregationType\":\"AGGREGATION_MIN\"}",
          "{\"allowedStatuses\":[99],\"sliceSize\":9}",
          "{\"sessionName\":null,\"metricName\":null}",
          "{\"sessionName\":\"..\",\"metricName\":{\"group\":\"/\",\"tag\":null}}",
          "[{\"plugin\":\"scalars\",\"tag\":\"scalar\"}]",
          "[{\"plugin\":\"images\",\"tag\":\"picture\",\"run\":\"r\",\"sample\":-1}]",
          "[{\"plugin\":null,\"tag\":5,\"run\":{},\"sample\":\"x\"}]",
          "[5,\"x\",null]");

  private static Path logdir;
  private static TestBoard board;

  @BeforeContainer
  static void open() throws IOException {
    logdir = Files.createTempDirectory("fuzz");
    Path run = logdir.resolve("r");
    try (LogBuilder log = new LogBuilder(run)) {
      log.graph(GraphDef.newBuilder().addNode(NodeDef.newBuilder().setName("n")).build());
      log.write(
          0,
          values ->
              values
                  .scalar("scalar", Float.NaN)
                  .images("picture", 1, 1, List.of(new byte[] {71, 73, 70}), "")
                  .text("text", "*a*")
                  .prCurve("curve", new int[] {1, 0}, new int[] {1, 0}));
      log.write(1, values -> values.histogram("histogram", new float[] {1, 2}));
      log.write(
          2,
          values ->
              values.hparams(
                  org.pupil.log.HParams.sessionStart(
                      Map.of("a", 1.5, "b", "x"), "", java.time.Instant.EPOCH)));
    }
    Files.writeString(
        run.resolve("projector_config.pbtxt"),
        "embeddings { tensor_name: \"embedding\" tensor_path: \"t.tsv\" }");
    Files.writeString(run.resolve("t.tsv"), "1\t2\n");
    board = TestBoard.open(logdir);
  }

  @AfterContainer
  static void close() throws IOException {
    board.close();
    try (Stream<Path> files = Files.walk(logdir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(5, Arbitraries.of(VALUES)),
        net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(20)));
  }

  @Provide
  Arbitrary<Map<String, String>> parameters() {
    return Arbitraries.maps(Arbitraries.of(NAMES), values()).ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> routes() {
    return Arbitraries.of(ROUTES);
  }

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void parameters(
      @ForAll("routes") String route, @ForAll("parameters") Map<String, String> parameters) {
    isNoFault(board.send("GET", "/data/" + route + "?" + form(parameters)));
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void forms(@ForAll("routes") String route, @ForAll("parameters") Map<String, String> fields) {
    isNoFault(post(route, "application/x-www-form-urlencoded", form(fields)));
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void bodies(@ForAll("routes") String route, @ForAll("values") String body) {
    isNoFault(post(route, "application/json", body));
    isNoFault(post(route, "multipart/form-data; boundary=x", body));
  }

  /** Once more if the server had just closed the connection, after a body that it did not want. */
  private static HttpResponse<byte[]> post(String route, String type, String body) {
    try {
      return board.postBody("/data/" + route, type, body);
    } catch (UncheckedIOException e) {
      return board.postBody("/data/" + route, type, body);
    }
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static void isNoFault(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode())
        .as(answer.uri() + ": " + TestBoard.text(answer))
        .isLessThan(500);
  }
}
