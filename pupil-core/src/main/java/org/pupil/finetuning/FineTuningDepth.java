package org.pupil.finetuning;

import java.util.Locale;

/**
 * How deep a backbone is trained: not at all, its last layers, all of them, or all above a layer of
 * a name.
 *
 * @param layer empty unless a person named one
 */
public record FineTuningDepth(Kind kind, String layer) {
  /** The final layer alone is trained. */
  public static final FineTuningDepth NONE = new FineTuningDepth(Kind.NONE, "");

  /** The layers from the last halving of the map on are trained too. */
  public static final FineTuningDepth LAST = new FineTuningDepth(Kind.LAST, "");

  /** All layers are trained too, from the pixels on. */
  public static final FineTuningDepth ALL = new FineTuningDepth(Kind.ALL, "");

  /** The kinds that there are. */
  public enum Kind {
    NONE,
    LAST,
    ALL,
    ABOVE
  }

  /** As a person types it: {@code none}, {@code last}, {@code all}, or the name of a layer. */
  public static FineTuningDepth of(String typed) {
    return switch (typed) {
      case "none" -> NONE;
      case "last" -> LAST;
      case "all" -> ALL;
      default -> new FineTuningDepth(Kind.ABOVE, typed);
    };
  }

  /** Whether anything but the final layer is trained. */
  public boolean isSome() {
    return kind != Kind.NONE;
  }

  @Override
  public String toString() {
    return kind == Kind.ABOVE ? layer : kind.name().toLowerCase(Locale.ROOT);
  }
}
