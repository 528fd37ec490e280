package org.pupil.program;

import java.util.ArrayList;
import java.util.List;

/** Reads comma-separated values by the letter of RFC 4180, independently of what writes them. */
final class Csv {
  private final String text;
  private int at;

  private Csv(String text) {
    this.text = text;
  }

  /** The rows, the header too; every row must end with CR LF. */
  static List<List<String>> rows(String text) {
    Csv csv = new Csv(text);
    List<List<String>> rows = new ArrayList<>();
    while (csv.at < text.length()) {
      rows.add(csv.row());
    }
    return rows;
  }

  private List<String> row() {
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (take(",")) {
      fields.add(field());
    }
    if (!take("\r\n")) {
      throw new IllegalArgumentException("no CR LF at " + at + " of " + text);
    }
    return fields;
  }

  private String field() {
    if (!take("\"")) {
      int end = at;
      while (end < text.length() && ",\"\r\n".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      String field = text.substring(at, end);
      at = end;
      return field;
    }
    StringBuilder field = new StringBuilder();
    while (!take("\"")) {
      field.append(text.charAt(at++));
      while (take("\"\"")) {
        field.append('"');
      }
    }
    return field.toString();
  }

  private boolean take(String expected) {
    boolean there = text.startsWith(expected, at);
    at += there ? expected.length() : 0;
    return there;
  }
}
