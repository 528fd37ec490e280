package org.pupil.backbone.fetch;

import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.pupil.files.Reason;

/**
 * Whether an address answers.
 *
 * @param address what was asked
 * @param trouble why there was no answer; empty if there was one, whatever it said
 */
public record Reachability(URI address, Optional<String> trouble) {

  /**
   * Asks addresses, all at once.
   *
   * @param environment the environment variables, for the proxy
   * @param patience how long to wait for each
   */
  public static List<Reachability> of(
      List<URI> addresses, Map<String, String> environment, Duration patience) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .proxy(new EnvironmentProxies(ProxySelector.getDefault(), environment))
            .build();
    return addresses.stream().map(address -> ask(client, address, patience)).toList().stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private static CompletableFuture<Reachability> ask(
      HttpClient client, URI address, Duration patience) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .handle(
            (answer, failure) ->
                new Reachability(address, Optional.ofNullable(failure).map(Reachability::reason)));
  }

  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof ConnectException && cause.getMessage() == null
        ? "no connection"
        : Reason.of(cause);
  }
}
