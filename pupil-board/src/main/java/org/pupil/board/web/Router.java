package org.pupil.board.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.sse.SseClient;
import java.util.List;
import java.util.function.Consumer;

/** Adds routes, each also below {@code /experiment/ID}, which TensorBoard's clients may write. */
final class Router {
  private static final List<String> PREFIXES = List.of("", "/experiment/{experiment}");

  private static final List<HandlerType> READING =
      List.of(
          HandlerType.GET,
          HandlerType.HEAD,
          HandlerType.POST,
          HandlerType.PUT,
          HandlerType.PATCH,
          HandlerType.DELETE);

  private final RoutesConfig routes;

  Router(RoutesConfig routes) {
    this.routes = routes;
  }

  /** Adds a route that only reads: as in TensorBoard any method will do. */
  void get(String path, Handler handler) {
    for (String prefix : PREFIXES) {
      READING.forEach(method -> routes.addHttpHandler(method, prefix + path, handler));
    }
  }

  /** Adds a route that wants a body. */
  void post(String path, Handler handler) {
    PREFIXES.forEach(prefix -> routes.post(prefix + path, handler));
  }

  /** Adds a route that reads parameters, or a body if there is one. */
  void getOrPost(String path, Handler handler) {
    get(path, handler);
  }

  void events(String path, Consumer<SseClient> client) {
    PREFIXES.forEach(prefix -> routes.sse(prefix + path, client));
  }
}
