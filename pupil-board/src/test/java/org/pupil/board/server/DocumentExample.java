package org.pupil.board.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupil.board.TestBoard;

/**
 * A request and its answer, as docs/http_api.md writes them in blocks marked {@code http}:
 *
 * <pre>
 *   POST /path?query
 *   field=value of a form, or a body of JSON
 *
 *   200 application/json
 *   Header: value
 *
 *   the body
 * </pre>
 *
 * <p>Of headers only those that are written are compared. In JSON only the values count, not how it
 * is broken into lines; the string {@code "..."} stands for any value, at the end of an array for
 * any further ones, and as a field's name for any further fields. In other texts {@code ...} stands
 * for any letters, and {@code (N bytes)} for a body of that length.
 */
record DocumentExample(
    String method,
    String path,
    String requestBody,
    int status,
    String type,
    Map<String, String> headers,
    String body) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ANYTHING = "...";
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```http\\n(.*?)^```$");
  private static final Pattern PARTS =
      Pattern.compile("(?s)(\\w+) (\\S+)\\n(.*?)\\n(\\d{3}) ?([^\\n]*)\\n(.*)");
  private static final Pattern HEADER = Pattern.compile("([A-Za-z-]+): (.*)");
  private static final Pattern BYTES = Pattern.compile("\\((\\d+) bytes\\)");

  /** All of a document. */
  static List<DocumentExample> of(String markdown) {
    List<DocumentExample> examples = new ArrayList<>();
    Matcher block = BLOCK.matcher(markdown);
    while (block.find()) {
      examples.add(parse(block.group(1)));
    }
    return examples;
  }

  private static DocumentExample parse(String block) {
    Matcher parts = PARTS.matcher(block);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no request and answer:\n" + block);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    List<String> body = new ArrayList<>(parts.group(6).lines().toList());
    while (!body.isEmpty() && HEADER.matcher(body.get(0)).matches()) {
      Matcher header = HEADER.matcher(body.remove(0));
      if (header.matches()) {
        headers.put(header.group(1), header.group(2));
      }
    }
    if (!body.isEmpty() && body.get(0).isEmpty()) {
      body.remove(0);
    }
    return new DocumentExample(
        parts.group(1),
        parts.group(2),
        parts.group(3).strip(),
        Integer.parseInt(parts.group(4)),
        parts.group(5).strip(),
        headers,
        String.join("\n", body));
  }

  String name() {
    return method + " " + path + (requestBody.isEmpty() ? "" : " " + requestBody);
  }

  /** Asks a board, and says how its answer differs from the one that is written; empty: not. */
  Optional<String> difference(TestBoard board) {
    HttpResponse<byte[]> answer = ask(board);
    String got = TestBoard.text(answer);
    if (answer.statusCode() != status) {
      return Optional.of("status " + answer.statusCode() + ": " + got);
    }
    String gotType = answer.headers().firstValue("Content-Type").orElse("");
    if (!gotType.replace("; ", ";").equals(type.replace("; ", ";"))) {
      return Optional.of("type " + gotType);
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String value = answer.headers().firstValue(header.getKey()).orElse("(none)");
      if (!value.equals(header.getValue())) {
        return Optional.of(header.getKey() + ": " + value);
      }
    }
    Matcher bytes = BYTES.matcher(body);
    boolean isSame =
        bytes.matches()
            ? answer.body().length == Integer.parseInt(bytes.group(1))
            : type.startsWith("application/json") ? isSameJson(got) : isSameText(got);
    return isSame
        ? Optional.empty()
        : Optional.of(bytes.matches() ? answer.body().length + " bytes" : "body " + got);
  }

  private HttpResponse<byte[]> ask(TestBoard board) {
    if (requestBody.isEmpty()) {
      return board.send(method, path);
    }
    boolean isJson = requestBody.startsWith("{") || requestBody.startsWith("[");
    if (isJson) {
      return board.postBody(path, "application/json", requestBody);
    }
    String[] fields =
        requestBody
            .lines()
            .flatMap(
                line ->
                    List.of(
                        line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1))
                        .stream())
            .toArray(String[]::new);
    return board.post(path, fields);
  }

  private boolean isSameText(String got) {
    String pattern = Pattern.quote(body.strip()).replace(ANYTHING, "\\E.*\\Q");
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(got.replace("\r\n", "\n").strip())
        .matches();
  }

  private boolean isSameJson(String got) {
    try {
      return isSame(JSON.readTree(body), JSON.readTree(got));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getMessage(), e);
    }
  }

  private static boolean isAnything(JsonNode node) {
    return node.isTextual() && node.textValue().equals(ANYTHING);
  }

  private static boolean isSame(JsonNode wanted, JsonNode got) {
    if (isAnything(wanted)) {
      return true;
    }
    if (wanted.isNumber() && got.isNumber()) {
      return wanted.doubleValue() == got.doubleValue();
    }
    if (wanted.isObject() && got.isObject()) {
      return isSameObject(wanted, got);
    }
    if (wanted.isArray() && got.isArray()) {
      return isSameArray(wanted, got);
    }
    return wanted.equals(got);
  }

  private static boolean isSameObject(JsonNode wanted, JsonNode got) {
    int named = wanted.size() - (wanted.has(ANYTHING) ? 1 : 0);
    if (wanted.has(ANYTHING) ? got.size() < named : got.size() != named) {
      return false;
    }
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      JsonNode value = got.get(field.getKey());
      boolean isNamed = !field.getKey().equals(ANYTHING);
      if (isNamed && (value == null || !isSame(field.getValue(), value))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSameArray(JsonNode wanted, JsonNode got) {
    boolean isOpen = wanted.size() > 0 && isAnything(wanted.get(wanted.size() - 1));
    int listed = isOpen ? wanted.size() - 1 : wanted.size();
    if (isOpen ? got.size() < listed : got.size() != listed) {
      return false;
    }
    for (int i = 0; i < listed; i++) {
      if (!isSame(wanted.get(i), got.get(i))) {
        return false;
      }
    }
    return true;
  }
}
