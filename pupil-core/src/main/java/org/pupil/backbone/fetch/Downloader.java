package org.pupil.backbone.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Fetches one file over HTTP, so that nothing that has come is fetched twice.
 *
 * <p>Bytes go to {@code FILE.part}; {@code FILE.part.from} says which version of the file they
 * belong to (its address, and the ETag or date the server gave). A download that was cut, now or in
 * an earlier run, goes on from there if the server still has that version, and begins anew if not.
 */
public final class Downloader {
  // Beyond the end of any file: where locks are mandatory (Windows) the part can still be read,
  // which is how it is checked.
  private static final long LOCK_POSITION = Long.MAX_VALUE - 1;

  private static final int MOST_TRIES = 5;
  private static final int BUFFER = 1 << 16;
  private static final long LARGEST_BACKBONE = 4L << 30;
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(20);
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_IS_WRONG = 416;
  private static final Set<Integer> NOT_THERE = Set.of(403, 404, 410);

  private final Supplier<HttpClient> client;
  private final Duration patience;
  private final DownloadListener listener;
  private final long largest;

  /**
   * A downloader that opens no connection before it is asked to fetch something.
   *
   * @param client makes a client; called once a file, since to make one takes a while
   * @param patience how long a server may say nothing before the download counts as cut
   */
  public Downloader(Supplier<HttpClient> client, Duration patience, DownloadListener listener) {
    this(client, patience, listener, LARGEST_BACKBONE);
  }

  /**
   * A downloader of what may be larger than any backbone.
   *
   * @param client makes a client; called once a file
   * @param patience how long a server may say nothing before the download counts as cut
   * @param largest bytes that a file may have
   */
  public Downloader(
      Supplier<HttpClient> client, Duration patience, DownloadListener listener, long largest) {
    this.client = client;
    this.patience = patience;
    this.listener = listener;
    this.largest = largest;
  }

  /**
   * A client as downloads need it: through the proxy that the environment names, and to where an
   * address has moved, but never from https to http.
   */
  public static HttpClient client(Map<String, String> environment) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(CONNECT_PATIENCE)
        .proxy(new EnvironmentProxies(ProxySelector.getDefault(), environment))
        .build();
  }

  /** The server answers, but has no such file. */
  public static final class NotThereException extends IOException {
    private static final long serialVersionUID = 1L;

    NotThereException(String message) {
      super(message);
    }
  }

  /** What is done with a file that has come whole, before anybody else may touch it. */
  public interface Whole {
    void accept(Path part) throws IOException;
  }

  /**
   * Fetches a file.
   *
   * @param part where its bytes go
   * @param whole checks the complete part and moves it to where it belongs
   * @throws NotThereException when the server has no such file
   * @throws IOException with a message for a person when it cannot be fetched now; what has come
   *     stays in {@code part}
   */
  public void fetch(URI from, Path part, Whole whole) throws IOException {
    try (FileChannel out =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      try (FileLock lock = lock(out)) {
        if (lock == null) {
          throw new IOException("another process is downloading it");
        }
        try {
          fetch(from, part, out);
        } finally {
          if (out.size() == 0) {
            Files.deleteIfExists(part);
          }
        }
        whole.accept(part);
      }
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCK_POSITION, 1, false);
    } catch (OverlappingFileLockException e) {
      throw new IOException("another thread is downloading it", e);
    }
  }

  private void fetch(URI from, Path part, FileChannel out) throws IOException {
    PartOrigin origin = new PartOrigin(part, from);
    HttpClient connection = client.get();
    int triesWithoutProgress = 0;
    while (true) {
      long before = out.size();
      try {
        if (attempt(connection, from, origin, out)) {
          out.force(true);
          listener.finished();
          origin.forget();
          return;
        }
      } catch (ConnectException | UnknownHostException | NotThereException e) {
        throw e;
      } catch (IOException e) {
        triesWithoutProgress = out.size() > before ? 0 : triesWithoutProgress + 1;
        if (triesWithoutProgress >= MOST_TRIES || origin.validator().isEmpty()) {
          throw e;
        }
      }
    }
  }

  /** Returns false when everything has to begin anew. */
  private boolean attempt(HttpClient connection, URI from, PartOrigin origin, FileChannel out)
      throws IOException {
    Optional<String> validator = origin.validator();
    if (validator.isEmpty()) {
      out.truncate(0);
    }
    long have = out.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(from).timeout(patience);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-").header("If-Range", validator.orElseThrow());
    }
    HttpResponse<InputStream> response = send(connection, request.build());
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      if (NOT_THERE.contains(status)) {
        throw new NotThereException("the server has no such file (HTTP " + status + ")");
      }
      if (status == RANGE_IS_WRONG && have > 0) {
        origin.forget();
        return false;
      }
      if (status != OK && !(status == PARTIAL && have > 0)) {
        throw new IOException("the server answers HTTP " + status);
      }
      ContentLength length = ContentLength.of(response, status == PARTIAL ? have : 0, largest);
      if (status == OK) {
        out.truncate(0);
        origin.remember(response.headers());
      }
      copy(body, out, length.total(), from);
    }
    return true;
  }

  private HttpResponse<InputStream> send(HttpClient connection, HttpRequest request)
      throws IOException {
    try {
      return connection.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw new IOException("the server does not answer", e);
    } catch (ConnectException e) {
      throw connectFailure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    }
  }

  /** HttpClient says "null" where the name of the server is unknown. */
  private static IOException connectFailure(ConnectException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        UnknownHostException unknown = new UnknownHostException("the server's name is not known");
        unknown.initCause(e);
        return unknown;
      }
    }
    ConnectException refused = new ConnectException("no connection to the server");
    refused.initCause(e);
    return refused;
  }

  private void copy(InputStream body, FileChannel out, OptionalLong total, URI from)
      throws IOException {
    long done = out.size();
    out.position(done);
    listener.started(from.toString(), done, total);
    byte[] buffer = new byte[BUFFER];
    try (StallGuard guard = new StallGuard(body, patience)) {
      for (int read = guard.read(buffer); read >= 0; read = guard.read(buffer)) {
        done += read;
        if (done > total.orElse(largest)) {
          throw new IOException("the server sends more than it announced");
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        listener.advanced(done);
      }
    }
    if (total.isPresent() && done != total.getAsLong()) {
      throw new IOException(
          "the connection was cut after " + done + " of " + total.getAsLong() + " bytes");
    }
  }

  /**
   * How long the whole file is.
   *
   * @param total empty when the server does not say
   */
  private record ContentLength(OptionalLong total) {

    static ContentLength of(HttpResponse<?> response, long have, long largest) throws IOException {
      OptionalLong rest = response.headers().firstValueAsLong("Content-Length");
      OptionalLong total = rest.isPresent() ? OptionalLong.of(have + rest.getAsLong()) : rest;
      if (have > 0) {
        String range = response.headers().firstValue("Content-Range").orElse("");
        if (!range.startsWith("bytes " + have + "-")) {
          throw new IOException("the server sends another part than was asked for: " + range);
        }
      }
      if (total.isPresent() && total.getAsLong() > largest) {
        throw new IOException(
            "it has %d bytes, more than %s"
                .formatted(
                    total.getAsLong(),
                    largest == LARGEST_BACKBONE
                        ? "any backbone has"
                        : "the " + largest + " allowed"));
      }
      return new ContentLength(total);
    }
  }
}
