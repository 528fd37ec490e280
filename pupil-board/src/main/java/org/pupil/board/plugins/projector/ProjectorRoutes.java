package org.pupil.board.plugins.projector;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Listing;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Router;

/** {@code /data/plugin/projector}. */
public final class ProjectorRoutes implements PluginRoutes {
  /** The plugin. */
  public static final Plugin PLUGIN =
      new Plugin(
          "projector",
          new Listing("projector", true, new Listing.Frame(), Set.of("projector")),
          Plugin.ALL,
          ProjectorRoutes::new);

  private static final String TO_THE_PROJECTOR =
      """
      location.replace(new URL('../../../#projector', import.meta.url));
      export function render() {}
      """;

  private final Projector projector;

  private ProjectorRoutes(BoardData data) {
    this.projector = new Projector(data.logs());
  }

  @Override
  public boolean hasOwnData() {
    return projector.isActive();
  }

  @Override
  public void addTo(Router router) {
    router.get(
        "/data/plugin/projector/index.js",
        context -> context.contentType("text/javascript; charset=utf-8").result(TO_THE_PROJECTOR));
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
