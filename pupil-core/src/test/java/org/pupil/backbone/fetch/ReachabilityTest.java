package org.pupil.backbone.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReachabilityTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static List<Reachability> ask(URI... addresses) {
    return Reachability.of(List.of(addresses), Map.of(), PATIENCE);
  }

  @Test
  void whatAnswersAtAllIsReachable() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    server.start();
    try {
      URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/models/");
      assertThat(ask(address)).singleElement().satisfies(a -> assertThat(a.trouble()).isEmpty());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whereNobodyListensThereIsNoConnection() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(ask(URI.create("http://127.0.0.1:" + port + "/")))
        .singleElement()
        .satisfies(a -> assertThat(a.trouble()).isPresent());
  }

  @Test
  void whoDoesNotAnswerInTimeIsNotReachable() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(ask(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/")))
          .singleElement()
          .satisfies(a -> assertThat(a.trouble().orElseThrow()).contains("timed out"));
    }
  }
}
