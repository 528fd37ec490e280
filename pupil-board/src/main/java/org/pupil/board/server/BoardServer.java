package org.pupil.board.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import org.pupil.board.log.EventLogs;
import org.pupil.board.plugins.Plugins;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.SampleLimits;
import org.pupil.board.web.SiteSettings;
import org.pupil.errors.PupilException;
import org.pupil.web.PageFiles;
import org.pupil.web.Router;
import org.pupil.web.WebServer;
import org.pupil.web.WebSettings;

/** Serves the page and the HTTP API. */
public final class BoardServer implements AutoCloseable {
  private static final int DEFAULT_PORT = 6006;

  /** TensorBoard's clients may write each path below {@code /experiment/ID} as well. */
  private static final List<String> PREFIXES = List.of("", "/experiment/{experiment}");

  private static final String RESOURCES = "/org/pupil/board";

  private static final String UNKNOWN_HOST =
      "This board is not known by the name in the Host header; it listens to localhost. To"
          + " reach it by another name start it with --host NAME or --bind_all.";

  private final WebServer server;

  private BoardServer(WebServer server) {
    this.server = server;
  }

  /**
   * Starts serving.
   *
   * @param host name or address to listen at; empty for all addresses of this machine
   * @param port empty: 6006 or the next free one; 0: any free one
   * @param clock tells how long ago a training run's last event was
   * @throws PupilException (unavailable) if it cannot listen there
   */
  public static BoardServer start(
      EventLogs logs,
      String host,
      OptionalInt port,
      SiteSettings site,
      SampleLimits samples,
      Clock clock) {
    WebSettings settings =
        new WebSettings(
            host, port, DEFAULT_PORT, site.pathPrefix(), site.hostNames(), UNKNOWN_HOST);
    BoardData data = new BoardData(logs, samples.orOf(Plugins.all()), clock);
    OpenPlugins plugins = new OpenPlugins(Plugins.all(), data);
    CoreRoutes core = new CoreRoutes(logs, plugins, site);
    StateRoutes state = new StateRoutes(logs, plugins);
    PageFiles page =
        new PageFiles(
            BoardServer.class,
            RESOURCES,
            List.of("page", "plugins"),
            libraries(),
            index -> PluginLinks.into(index, RESOURCES, Plugins.all()));
    return new BoardServer(
        WebServer.start(
            settings,
            routes -> {
              Router router = new Router(routes, PREFIXES);
              core.addTo(router);
              state.addTo(router);
              plugins.addTo(router);
              page.addTo(router);
            }));
  }

  private static List<PageFiles.Library> libraries() {
    Properties versions = new Properties();
    try (InputStream in = BoardServer.class.getResourceAsStream("libraries.properties")) {
      if (in == null) {
        throw new IllegalStateException("libraries.properties is missing in the jar");
      }
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(
        library(versions, "uplot", "dist"),
        library(versions, "d3", "dist"),
        library(versions, "dagre", "dist"),
        library(versions, "three", "build"));
  }

  private static PageFiles.Library library(Properties versions, String name, String folder) {
    return new PageFiles.Library(name, versions.getProperty(name), folder);
  }

  /** Where it is served. */
  public URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }
}
