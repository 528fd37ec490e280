package org.pupil.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A text for a person that speaks of settings. Its text has the names that programs use; who knows
 * the settings by other names, as the command line does, has them said in its own words.
 *
 * @param parts what stands one after the other: each a {@link Setting} or a text. Use {@link #of},
 *     which gives equal messages to what is said in equal words
 */
public record Message(List<Object> parts) {
  public Message {
    parts = List.copyOf(parts);
  }

  /**
   * A text in parts.
   *
   * @param parts what stands one after the other: each a {@link Setting}, another message, or
   *     anything else, which is said as its text
   */
  public static Message of(Object... parts) {
    List<Object> joined = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Message inner) {
        inner.parts.forEach(one -> add(one, joined));
      } else {
        add(part, joined);
      }
    }
    return new Message(joined);
  }

  private static void add(Object part, List<Object> joined) {
    int last = joined.size() - 1;
    if (part instanceof Setting) {
      joined.add(part);
    } else if (last >= 0 && joined.get(last) instanceof String text) {
      joined.set(last, text + part);
    } else {
      joined.add(part.toString());
    }
  }

  /** The text with the names that settings have elsewhere. */
  public String in(Function<Setting, String> names) {
    return parts.stream()
        .map(part -> part instanceof Setting setting ? names.apply(setting) : part.toString())
        .collect(Collectors.joining());
  }

  /** The text in the words of a program. */
  @Override
  public String toString() {
    return in(Setting::toString);
  }
}
