package org.pupil.board.plugins.hparams;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.ScalarPoints;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Listing;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.board.web.SampleLimits;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Router;

/** {@code /data/plugin/hparams}: what is asked for is JSON, in the address or as the body. */
public final class HParamsRoutes implements PluginRoutes {
  /** The plugin. */
  public static final Plugin PLUGIN =
      new Plugin(
          "hparams",
          Listing.element("hparams", "tf-hparams-dashboard"),
          Plugin.ALL,
          HParamsRoutes::new);

  private final EventLogs logs;
  private final SampleLimits samples;
  private final HParamsAnswers answers;

  private HParamsRoutes(BoardData data) {
    this.logs = data.logs();
    this.samples = data.samples();
    this.answers = new HParamsAnswers(data.logs());
  }

  @Override
  public void addTo(Router router) {
    router.get("/data/plugin/hparams/experiment", this::experiment);
    router.get("/data/plugin/hparams/session_groups", this::sessionGroups);
    router.get("/data/plugin/hparams/metric_evals", this::metricEvals);
    router.get("/data/plugin/hparams/download_data", this::download);
  }

  private void experiment(Context context) {
    Json.answer(context, answers.experiment(request(context, ExperimentRequest.class)));
  }

  private void sessionGroups(Context context) {
    SessionGroupsRequest request = request(context, SessionGroupsRequest.class);
    Json.answer(context, asked(() -> answers.sessionGroups(request)));
  }

  private void metricEvals(Context context) {
    MetricEvalsRequest request = request(context, MetricEvalsRequest.class);
    ScalarPoints points =
        logs.run(request.run())
            .flatMap(run -> run.scalars(request.tag()))
            .orElseThrow(
                () ->
                    RequestException.notFound(
                        "there is no scalar '%s' in run '%s'"
                            .formatted(request.tag(), request.run())))
            .sampled(samples.of("scalars"));
    Json.stream(
        context,
        json -> {
          json.writeStartArray();
          for (int i = 0; i < points.size(); i++) {
            json.writeStartArray();
            json.writeNumber(points.wallTime(i));
            json.writeNumber(points.step(i));
            json.writeNumber(points.value(i));
            json.writeEndArray();
          }
          json.writeEndArray();
        });
  }

  private void download(Context context) {
    String visible = context.queryParam("columnsVisibility");
    List<Boolean> columns =
        visible == null ? null : Arrays.asList(Json.read(visible, Boolean[].class));
    String format = context.queryParam("format");
    SessionGroupsRequest request = request(context, SessionGroupsRequest.class);
    HParamsTable table = asked(() -> answers.table(request, columns));
    if ("json".equals(format)) {
      Json.answer(context, table);
    } else if ("csv".equals(format)) {
      context.contentType("text/csv; charset=utf-8").result(table.csv());
    } else if ("latex".equals(format)) {
      context
          .contentType("application/x-latex")
          .result(table.latex().getBytes(StandardCharsets.UTF_8));
    } else {
      throw RequestException.badRequest("format must be json, csv or latex, was " + format);
    }
  }

  private static <T> T request(Context context, Class<T> type) {
    boolean isPost = context.method().equals(HandlerType.POST);
    @Nullable String json = isPost ? context.body() : context.queryParam("request");
    if (json == null || json.isBlank()) {
      throw RequestException.badRequest("the request must be JSON, was not given");
    }
    return Json.read(json, type);
  }

  @FunctionalInterface
  private interface Asking<T> {
    T ask() throws HParamsException;
  }

  private static <T> T asked(Asking<T> asking) {
    try {
      return asking.ask();
    } catch (HParamsException e) {
      throw RequestException.badRequest(e.getMessage());
    }
  }
}
