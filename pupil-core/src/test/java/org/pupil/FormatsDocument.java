package org.pupil;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/formats.md}, whose examples are held by tests. */
public final class FormatsDocument {
  private FormatsDocument() {}

  public static String text() throws IOException {
    return Files.readString(SharedFolder.checkout().resolve("docs/formats.md"));
  }

  /** The block that follows {@code <!-- example: NAME -->}, with a line feed at its end. */
  public static String example(String name) throws IOException {
    Matcher block =
        Pattern.compile("<!-- example: " + name + " -->\n```[a-z]*\n(.*?)```", Pattern.DOTALL)
            .matcher(text());
    if (!block.find()) {
      throw new AssertionError("docs/formats.md has no example " + name);
    }
    return block.group(1);
  }

  /** The lines of an example, each cut into columns where two spaces or more stand. */
  public static List<List<String>> columns(String name) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line : example(name).lines().toList()) {
      rows.add(List.of(line.split(" {2,}", -1)));
    }
    return rows;
  }

  /** What stands in backticks in the first column of the document's tables. */
  public static List<String> fields() throws IOException {
    List<String> fields = new ArrayList<>();
    for (String line : text().lines().toList()) {
      if (line.startsWith("| `")) {
        Matcher field = Pattern.compile("`([^`]+)`").matcher(line.split("\\|", -1)[1]);
        while (field.find()) {
          fields.add(field.group(1));
        }
      }
    }
    return fields;
  }
}
