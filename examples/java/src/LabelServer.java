package org.pupil.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.pupil.Answer;
import org.pupil.Classifier;
import org.pupil.Pupil;
import org.pupil.errors.PupilException;

/**
 * Labels photos over HTTP, with the server that comes with Java:
 *
 * <pre>
 * LabelServer MODEL 8080
 * curl --data-binary @cat.jpg http://localhost:8080/label
 * {"cat":0.98,"dog":0.02}
 * </pre>
 *
 * <p>It listens on this machine alone. One classifier serves all requests: any number of threads
 * may use it.
 */
public final class LabelServer implements HttpHandler {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final int LARGEST_PHOTO = 20_000_000;

  private final Classifier classifier;
  private final ObjectMapper json = new ObjectMapper();

  private LabelServer(Classifier classifier) {
    this.classifier = classifier;
  }

  /**
   * Starts the server, which runs until the program is ended.
   *
   * @param arguments the folder of a saved classifier, and the port
   * @throws IOException if the port is taken
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: LabelServer MODEL PORT");
      System.exit(2);
    }
    Classifier classifier = Pupil.open(Path.of(arguments[0]));
    HttpServer server = start(classifier, Integer.parseInt(arguments[1]));
    System.out.println("http://localhost:" + server.getAddress().getPort() + "/label");
  }

  static HttpServer start(Classifier classifier, int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/label", new LabelServer(classifier));
    server.setExecutor(Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors()));
    server.start();
    return server;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        answer(exchange, METHOD_NOT_ALLOWED, Map.of("error", "send a photo with POST"));
        return;
      }
      byte[] photo = exchange.getRequestBody().readNBytes(LARGEST_PHOTO + 1);
      if (photo.length > LARGEST_PHOTO) {
        answer(exchange, TOO_LARGE, Map.of("error", "a photo may have 20 MB"));
        return;
      }
      try {
        answer(exchange, OK, probabilities(classifier.label(photo)));
      } catch (PupilException e) {
        answer(exchange, BAD_REQUEST, Map.of("error", e.getMessage()));
      }
    }
  }

  private static Map<String, Object> probabilities(Answer answer) {
    Map<String, Object> all = new LinkedHashMap<>();
    answer.labels().forEach(label -> all.put(label.label(), label.probability()));
    return all;
  }

  private void answer(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = json.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
