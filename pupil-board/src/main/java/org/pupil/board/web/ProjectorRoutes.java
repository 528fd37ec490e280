package org.pupil.board.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.pupil.board.answers.projector.Projector;
import org.pupil.board.answers.projector.ProjectorException;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Router;

/** {@code /data/plugin/projector}. */
final class ProjectorRoutes {
  private final Projector projector;

  ProjectorRoutes(Projector projector) {
    this.projector = projector;
  }

  void addTo(Router router) {
    router.get("/data/plugin/projector/runs", context -> Json.answer(context, projector.runs()));
    router.get("/data/plugin/projector/info", this::info);
    router.get("/data/plugin/projector/tensor", this::tensor);
    router.get("/data/plugin/projector/metadata", this::metadata);
    router.get("/data/plugin/projector/bookmarks", this::bookmarks);
    router.get("/data/plugin/projector/sprite_image", this::sprite);
  }

  private void info(Context context) {
    String run = required(context, "run");
    Json.answer(context, asked(() -> projector.config(run)));
  }

  private void tensor(Context context) {
    String run = required(context, "run");
    String name = required(context, "name");
    long rows = rows(context);
    write(context, "application/octet-stream", asked(() -> projector.tensor(run, name, rows)));
  }

  private void metadata(Context context) {
    String run = required(context, "run");
    String name = required(context, "name");
    long rows = rows(context);
    write(context, "text/plain; charset=utf-8", asked(() -> projector.metadata(run, name, rows)));
  }

  private void bookmarks(Context context) {
    String run = required(context, "run");
    String name = required(context, "name");
    write(context, "application/json", asked(() -> projector.bookmarks(run, name)));
  }

  private void sprite(Context context) {
    String run = required(context, "run");
    String name = required(context, "name");
    Projector.Sprite sprite = asked(() -> projector.sprite(run, name));
    write(context, sprite.type(), sprite.answer());
  }

  private static String required(Context context, String name) {
    String value = context.queryParam(name);
    if (value == null) {
      throw RequestException.badRequest("query parameter \"" + name + "\" is required");
    }
    return value;
  }

  private static long rows(Context context) {
    String value = context.queryParam("num_rows");
    if (value == null || value.isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (!value.strip().matches("\\+?[0-9]{1,18}") || Long.parseLong(value.strip()) == 0) {
      throw RequestException.badRequest("query parameter num_rows must be integer > 0");
    }
    return Long.parseLong(value.strip());
  }

  @FunctionalInterface
  private interface Asking<T> {
    T ask() throws ProjectorException;
  }

  private static <T> T asked(Asking<T> asking) {
    try {
      return asking.ask();
    } catch (ProjectorException e) {
      throw RequestException.badRequest(e.getMessage());
    }
  }

  private static void write(Context context, String type, Projector.Answer answer) {
    context.contentType(type);
    try (OutputStream out = context.outputStream()) {
      answer.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
