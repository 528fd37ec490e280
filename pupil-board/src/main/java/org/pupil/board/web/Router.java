package org.pupil.board.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.sse.SseClient;
import java.util.List;
import java.util.function.Consumer;

/** Adds routes, each also below {@code /experiment/ID}, which TensorBoard's clients may write. */
final class Router {
  private static final List<String> PREFIXES = List.of("", "/experiment/{experiment}");

  private final RoutesConfig routes;

  Router(RoutesConfig routes) {
    this.routes = routes;
  }

  void get(String path, Handler handler) {
    PREFIXES.forEach(prefix -> routes.get(prefix + path, handler));
  }

  void post(String path, Handler handler) {
    PREFIXES.forEach(prefix -> routes.post(prefix + path, handler));
  }

  void getOrPost(String path, Handler handler) {
    get(path, handler);
    post(path, handler);
  }

  void events(String path, Consumer<SseClient> client) {
    PREFIXES.forEach(prefix -> routes.sse(prefix + path, client));
  }
}
