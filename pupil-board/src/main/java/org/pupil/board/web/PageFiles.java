package org.pupil.board.web;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** The files of the page, all of them from the jars: the board works without a network. */
final class PageFiles {
  /** Which part of a library's package is served, as {@code /libraries/NAME}. */
  private static final Map<String, String> LIBRARY_FOLDERS =
      Map.of("uplot", "dist", "d3", "dist", "dagre", "dist", "three", "build");

  /** Fixed here, because a system's own table may be wrong, and then scripts do not run. */
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png");

  /** Names without a dot at the beginning, so that none leads to a folder above. */
  private static final Pattern PATH =
      Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private final Properties versions = versions();

  void addTo(Router router) {
    router.get("/", PageFiles::answerIndex);
    router.get("/index.html", context -> answer(context, "page/index.html"));
    router.get("/page/<file>", context -> answer(context, "page/" + context.pathParam("file")));
    router.get("/libraries/{library}/<file>", this::answerLibrary);
  }

  /** The page's own addresses are relative, so that its address must end with a slash. */
  private static void answerIndex(Context context) {
    if (context.path().endsWith("/")) {
      answer(context, "page/index.html");
    } else {
      context.redirect(context.path() + "/", HttpStatus.MOVED_PERMANENTLY);
    }
  }

  private void answerLibrary(Context context) {
    String library = context.pathParam("library");
    String folder = LIBRARY_FOLDERS.get(library);
    if (folder == null) {
      throw RequestException.notFound(context.path());
    }
    answer(
        context,
        "/META-INF/resources/webjars/%s/%s/%s/%s"
            .formatted(library, versions.getProperty(library), folder, context.pathParam("file")));
  }

  private static void answer(Context context, String resource) {
    String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
    String name = resource.startsWith("/") ? resource : "/org/pupil/board/" + resource;
    if (type == null || !PATH.matcher(name.substring(1)).matches()) {
      throw RequestException.notFound(context.path());
    }
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw RequestException.notFound(context.path());
      }
      context.contentType(type).result(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties versions() {
    Properties versions = new Properties();
    try (InputStream in = PageFiles.class.getResourceAsStream("libraries.properties")) {
      if (in == null) {
        throw new IllegalStateException("libraries.properties is missing in the jar");
      }
      versions.load(in);
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
