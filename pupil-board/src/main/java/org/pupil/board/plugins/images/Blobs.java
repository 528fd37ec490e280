package org.pupil.board.plugins.images;

import com.google.protobuf.ByteString;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.EventRecord;
import org.pupil.web.RequestException;

/** Answers with a picture out of the log. */
public final class Blobs {
  private static final String PLUGIN = "images";

  private final EventLogs logs;

  public Blobs(EventLogs logs) {
    this.logs = logs;
  }

  /**
   * Answers with what a key names. Its kind is what its bytes begin with, not what anybody says.
   *
   * @throws RequestException (400) if it is no key, (404) if there is no such picture
   */
  public void answer(Context context, String text) {
    BlobKey key =
        BlobKey.decode(text)
            .orElseThrow(() -> RequestException.invalidArgument("failed to parse blob key"));
    ByteString blob =
        find(key).orElseThrow(() -> RequestException.notFound("there is no such image (any more)"));
    context.contentType(Images.contentType(blob)).result(blob.newInput());
  }

  private Optional<ByteString> find(BlobKey key) {
    Optional<EventRecord> record =
        logs.run(key.run())
            .flatMap(
                run ->
                    run.records(PLUGIN, key.tag()).stream()
                        .filter(one -> one.step() == key.step())
                        .findFirst());
    if (record.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Images.blob(record.get().value(), key.index());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
