package org.pupil.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.sse.SseClient;
import java.util.List;
import java.util.function.Consumer;

/** Adds routes. */
public final class Router {
  private static final List<HandlerType> READING =
      List.of(
          HandlerType.GET,
          HandlerType.HEAD,
          HandlerType.POST,
          HandlerType.PUT,
          HandlerType.PATCH,
          HandlerType.DELETE);

  private final RoutesConfig routes;
  private final List<String> prefixes;

  /**
   * @param prefixes what a path may begin with: each route is added once for each; {@code ""} is
   *     the path alone
   */
  public Router(RoutesConfig routes, List<String> prefixes) {
    this.routes = routes;
    this.prefixes = List.copyOf(prefixes);
  }

  /** Adds a route that only reads: any method will do, as in TensorBoard, and may have a body. */
  public void get(String path, Handler handler) {
    for (String prefix : prefixes) {
      READING.forEach(method -> routes.addHttpHandler(method, prefix + path, handler));
    }
  }

  /** Adds a route that wants a body. */
  public void post(String path, Handler handler) {
    prefixes.forEach(prefix -> routes.post(prefix + path, handler));
  }

  /** Adds a route that sends events for as long as the client listens. */
  public void events(String path, Consumer<SseClient> client) {
    prefixes.forEach(prefix -> routes.sse(prefix + path, client));
  }
}
