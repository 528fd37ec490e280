package org.pupil.web;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.util.JavalinBindException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.pupil.errors.PupilException;

/** Serves routes, with all that a server on somebody's own machine must take care of. */
public final class WebServer implements AutoCloseable {
  private static final int PORTS_TRIED = 100;
  private static final long LARGEST_REQUEST = 4 << 20;
  private static final System.Logger LOGGER = System.getLogger(WebServer.class.getName());
  private static final int INTERNAL_ERROR = 500;
  private static final int NOT_FOUND = 404;

  /** Routes that do not take every method take this one. */
  private static final String ALLOWED_WHERE_NOT_ALL = "POST";

  private static final String PLAIN_TEXT = "text/plain; charset=utf-8";

  private final Javalin javalin;
  private final URI address;

  private WebServer(Javalin javalin, URI address) {
    this.javalin = javalin;
    this.address = address;
  }

  /**
   * Starts serving.
   *
   * @param routes adds the routes; called again for each port that is tried
   * @throws PupilException (unavailable) if it cannot listen there
   */
  public static WebServer start(WebSettings settings, Consumer<RoutesConfig> routes) {
    String host = settings.host();
    OptionalInt port = settings.port();
    int first = port.orElse(settings.defaultPort());
    int last = port.isPresent() ? first : first + PORTS_TRIED - 1;
    for (int tried = first; ; tried++) {
      Javalin javalin = Javalin.create(config -> configure(config, settings, routes));
      try {
        if (host.isEmpty()) {
          javalin.start(tried);
        } else {
          javalin.start(host, tried);
        }
        return new WebServer(javalin, address(host, javalin.port(), settings.pathPrefix()));
      } catch (JavalinBindException e) {
        javalin.stop();
        if (tried == last) {
          throw PupilException.unavailable(cannotListen(host, port, first, last), e);
        }
      }
    }
  }

  private static String cannotListen(String host, OptionalInt port, int first, int last) {
    return port.isPresent()
        ? "cannot listen at %s port %d: port already in use, or that host is not this machine"
            .formatted(host.isEmpty() ? "any address" : host, first)
        : "cannot listen at %s: ports %d to %d are taken, or that host is not this machine"
            .formatted(host.isEmpty() ? "any address" : host, first, last);
  }

  private static URI address(String host, int port, String pathPrefix) {
    String name = host.isEmpty() ? nameOfThisMachine() : host;
    // A zone's percent sign is written as %25 in an address.
    String shown = name.contains(":") ? "[" + name.replace("%", "%25") + "]" : name;
    return URI.create("http://" + shown + ":" + port + pathPrefix + "/");
  }

  /** By which others can reach it, if it has a name that they know. */
  private static String nameOfThisMachine() {
    try {
      return InetAddress.getLocalHost().getCanonicalHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static void configure(
      JavalinConfig config, WebSettings settings, Consumer<RoutesConfig> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.router.contextPath = settings.pathPrefix().isEmpty() ? "/" : settings.pathPrefix();
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = LARGEST_REQUEST;
    config.http.compressionStrategy = new CompressionStrategy(null, new Gzip(1));
    config.routes.before(new SecurityHeaders());
    config.routes.before(new HostCheck(settings.hostNames(), settings.unknownHost()));
    config.jetty.multipartConfig.maxTotalRequestSize(LARGEST_REQUEST, SizeUnit.BYTES);
    addRefusals(config);
    routes.accept(config.routes);
  }

  /** What is answered when something cannot be. */
  private static void addRefusals(JavalinConfig config) {
    config.routes.exception(RequestException.class, WebServer::refuse);
    config.routes.exception(HttpResponseException.class, WebServer::refuse);
    config.routes.exception(Exception.class, WebServer::fail);
    config.jetty.modifyServer(server -> server.setErrorHandler(new ServerRefusals()));
  }

  /** A fault of this program: who asked hears only that, who runs it hears what. */
  private static void fail(Exception e, Context context) {
    if (context.res().isCommitted() && e instanceof UncheckedIOException onItsWay) {
      throw onItsWay; // who asked is gone, or a file: what was sent must not look whole
    }
    LOGGER.log(System.Logger.Level.ERROR, "A fault while answering " + context.path(), e);
    context.status(INTERNAL_ERROR).contentType(PLAIN_TEXT).result("Internal error");
  }

  private static void refuse(RequestException e, Context context) {
    context.status(e.status()).contentType(PLAIN_TEXT).result(e.getMessage());
  }

  /** What the framework refuses: unknown paths, other methods, bodies that are too large. */
  private static void refuse(HttpResponseException e, Context context) {
    if (e instanceof MethodNotAllowedResponse) {
      context.header("Allow", ALLOWED_WHERE_NOT_ALL);
    }
    String sentence = e.getStatus() == NOT_FOUND ? "Not found" : e.getMessage();
    context.status(e.getStatus()).contentType(PLAIN_TEXT).result(sentence == null ? "" : sentence);
  }

  /** Where it is served. */
  public URI address() {
    return address;
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
