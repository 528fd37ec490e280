package org.pupil.program;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server on this machine that has a few files. */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  private FileServer(HttpServer server) {
    this.server = server;
  }

  static FileServer start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FileServer server = new FileServer(http);
    http.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] content = server.files.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(
                content == null ? 404 : 200, content == null ? -1 : content.length);
            if (content != null) {
              exchange.getResponseBody().write(content);
            }
          }
        });
    http.start();
    return server;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  void file(String path, byte[] content) {
    files.put(path, content);
  }

  /** What {@code tar -czf} makes of the content of a folder. */
  static byte[] tarGz(Path scratch, Path folder) throws IOException {
    Path archive = Files.createTempFile(scratch, "archive", ".tar.gz");
    try {
      PupilProgram.in(scratch)
          .shell("tar -C '%s' -czf '%s' .".formatted(folder, archive))
          .exitedWith(0);
      return Files.readAllBytes(archive);
    } finally {
      Files.delete(archive);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
