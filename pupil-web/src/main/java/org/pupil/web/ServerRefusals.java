package org.pupil.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What the server answers to requests that it does not even hand on, such as those whose address is
 * malformed or outside of the path that all addresses begin with: a sentence, with the headers that
 * all answers have, and nothing about itself.
 */
final class ServerRefusals implements Request.Handler {
  private static final int NOT_FOUND = 404;

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (response.getStatus() < 400) {
      response.setStatus(500);
    }
    addHeaders(response.getHeaders());
    response.write(true, sentence(response.getStatus()), callback);
    return true;
  }

  private static void addHeaders(HttpFields.Mutable fields) {
    SecurityHeaders.forEach((name, value) -> fields.put(new HttpField(name, value)));
    fields.put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
  }

  private static ByteBuffer sentence(int status) {
    String sentence =
        status == NOT_FOUND ? "Not found" : status < 500 ? "Bad request" : "Internal error";
    return ByteBuffer.wrap(sentence.getBytes(StandardCharsets.US_ASCII));
  }
}
