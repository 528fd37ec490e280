package org.pupil.backbone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on this machine that can do what servers do wrong. */
public final class ArchiveServer implements AutoCloseable {
  private static final int NEVER = Integer.MAX_VALUE;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What was asked for, as {@code GET /path} and, where there was one, the range. */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  public volatile String etag = "\"v1\"";
  public volatile boolean knowsRanges = true;

  /** Bytes after which a connection is cut. */
  public volatile int cutAfter = NEVER;

  /** Connections that are cut before the server behaves. */
  public final AtomicInteger cuts = new AtomicInteger(NEVER);

  /** Bytes after which nothing comes any more while the connection stays open. */
  public volatile int silentAfter = NEVER;

  private ArchiveServer(HttpServer server) {
    this.server = server;
  }

  public static ArchiveServer start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ArchiveServer server = new ArchiveServer(http);
    http.createContext("/", server::answer);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  public ArchiveServer file(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  public ArchiveServer redirect(String from, String to) {
    redirects.put(from, to);
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(path + (range == null ? "" : " " + range));
      if (redirects.containsKey(path)) {
        exchange.getResponseHeaders().set("Location", redirects.get(path));
        exchange.sendResponseHeaders(302, -1);
        return;
      }
      byte[] content = files.get(path);
      if (content == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      send(exchange, content, range);
    }
  }

  private void send(HttpExchange exchange, byte[] content, String range) throws IOException {
    exchange.getResponseHeaders().set("ETag", etag);
    boolean same = etag.equals(exchange.getRequestHeaders().getFirst("If-Range"));
    int from =
        range != null && same && knowsRanges
            ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1))
            : 0;
    if (from >= content.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    byte[] rest = Arrays.copyOfRange(content, from, content.length);
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest.length);
    try (OutputStream out = exchange.getResponseBody()) {
      sendBody(out, rest);
    }
  }

  private void sendBody(OutputStream out, byte[] rest) throws IOException {
    int cut = cuts.get() > 0 ? cutAfter : NEVER;
    int length = Math.min(rest.length, Math.min(cut, silentAfter));
    out.write(rest, 0, length);
    out.flush();
    if (silentAfter < rest.length) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (length < rest.length) {
      cuts.decrementAndGet();
      throw new IOException("cut");
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
