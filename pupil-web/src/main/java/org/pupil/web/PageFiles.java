package org.pupil.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The files of a page, all of them from the jars: it works without a network. */
public final class PageFiles {
  /**
   * A library of scripts that the page uses, a WebJar.
   *
   * @param version of the package that is on the class path
   * @param folder the part of the package that is served, as {@code /libraries/NAME}
   */
  public record Library(String name, String version, String folder) {}

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

  private final Class<?> owner;
  private final String root;
  private final List<String> folders;
  private final UnaryOperator<String> index;
  private final Map<String, Library> libraries = new HashMap<>();

  /**
   * @param owner a class of the jar in which the files are
   * @param root where the folders are in it, such as {@code /org/pupil/board}
   * @param folders those that are served, by their names; the first has {@code index.html}
   * @param index makes the first page of that file
   */
  public PageFiles(
      Class<?> owner,
      String root,
      List<String> folders,
      List<Library> libraries,
      UnaryOperator<String> index) {
    this.owner = owner;
    this.root = root;
    this.folders = List.copyOf(folders);
    this.index = index;
    libraries.forEach(library -> this.libraries.put(library.name(), library));
  }

  /** Adds the routes of all files. */
  public void addTo(Router router) {
    router.get("/", this::answerIndex);
    router.get("/index.html", this::answerIndexFile);
    for (String folder : folders) {
      router.get(
          "/" + folder + "/<file>",
          context -> answer(context, root + "/" + folder + "/" + context.pathParam("file")));
    }
    router.get("/libraries/{library}/<file>", this::answerLibrary);
  }

  /** The page's own addresses are relative, so that its address must end with a slash. */
  private void answerIndex(Context context) {
    if (context.path().endsWith("/")) {
      answerIndexFile(context);
    } else {
      context.redirect(context.path() + "/", HttpStatus.MOVED_PERMANENTLY);
    }
  }

  private void answerIndexFile(Context context) {
    String file = new String(read(context, root + "/" + folders.get(0) + "/index.html"), UTF_8);
    context.contentType(TYPES.get("html")).result(index.apply(file));
  }

  private void answerLibrary(Context context) {
    Library library = libraries.get(context.pathParam("library"));
    if (library == null) {
      throw RequestException.notFound(context.path());
    }
    answer(
        context,
        "/META-INF/resources/webjars/%s/%s/%s/%s"
            .formatted(
                library.name(), library.version(), library.folder(), context.pathParam("file")));
  }

  private void answer(Context context, String resource) {
    String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
    if (type == null || !PATH.matcher(resource.substring(1)).matches()) {
      throw RequestException.notFound(context.path());
    }
    context.contentType(type).result(read(context, resource));
  }

  private byte[] read(Context context, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw RequestException.notFound(context.path());
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
