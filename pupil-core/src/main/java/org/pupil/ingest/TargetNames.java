package org.pupil.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.pupil.dataset.Names;
import org.pupil.errors.PupilException;
import org.pupil.files.Sha256;

/**
 * Gives each photo a path that every file system takes, below the folder of its label and nowhere
 * else: the same on all systems.
 *
 * <p>Names are in Unicode's form NFC. What Windows does not take becomes {@code _}; its reserved
 * names get one in front. Of two names that differ in upper case only, the second gets a number.
 */
final class TargetNames {
  private static final Pattern NOT_ALLOWED =
      Pattern.compile("[\\p{Cc}\\p{Cs}<>:\"/\\\\|?*\\x{2028}\\x{2029}]");
  private static final Pattern RESERVED =
      Pattern.compile("(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(\\..*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern ENDS = Pattern.compile("^\\s+|[\\s.]+$");

  /** Bytes that every file system takes, with some left for a number. */
  private static final int LONGEST = 200;

  private final Map<String, String> folders = new HashMap<>();
  private final Map<String, String> labelOfFolder = new HashMap<>();
  private final Map<String, String> changed = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private int numbered;

  /**
   * The folder of a label.
   *
   * @throws PupilException (bad input) if the label has no characters that can be seen, or another
   *     one has this folder
   */
  String folder(String label) {
    String known = folders.get(label);
    if (known != null) {
      return known;
    }
    String folder = safe(label);
    if (label.isBlank()) {
      throw PupilException.badInput("a label is blank: a label must have characters to be seen");
    }
    if (folder.startsWith(".")) {
      folder = "_" + folder; // it would be hidden
    }
    String key = folder.toLowerCase(Locale.ROOT);
    String other = labelOfFolder.putIfAbsent(key, label);
    if (other != null) {
      throw PupilException.badInput(
          "the labels '%s' and '%s' would have one folder, for many disks do not tell them apart: rename one of them"
              .formatted(other, label));
    }
    folders.put(label, folder);
    if (!folder.equals(label)) {
      changed.put(label, folder);
    }
    return folder;
  }

  /**
   * The path of a photo, which no other has.
   *
   * @param folder what {@link #folder} gave for its label
   * @param name perhaps with folders before it
   */
  String file(String folder, String name) {
    StringJoiner path = new StringJoiner("/");
    path.add(folder);
    for (String part : name.split("/", -1)) {
      path.add(visible(safe(part)));
    }
    String wanted = path.toString();
    String free = wanted;
    for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
      free = numbered(wanted, number);
    }
    if (!free.equals(wanted)) {
      numbered++;
    }
    return free;
  }

  private static String visible(String name) {
    return name.startsWith(".") ? "_" + name : name;
  }

  private static String numbered(String path, int number) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1
        ? path.substring(0, dot) + "-" + number + path.substring(dot)
        : path + "-" + number;
  }

  /** One part of a path as every file system takes it. */
  static String safe(String part) {
    String name = ENDS.matcher(NOT_ALLOWED.matcher(Names.nfc(part)).replaceAll("_")).replaceAll("");
    if (name.isEmpty() || RESERVED.matcher(name).matches()) {
      name = "_" + name;
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= LONGEST ? name : shortened(name);
  }

  /** The beginning, something that tells it from others, and the extension. */
  private static String shortened(String name) {
    int dot = name.lastIndexOf('.');
    String end = dot > 0 && name.length() - dot <= 6 ? name.substring(dot) : "";
    String digest = Sha256.of(name.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    int most = LONGEST - 1 - digest.length() - end.getBytes(StandardCharsets.UTF_8).length;
    int bytes = 0;
    int kept = 0;
    while (kept < name.length()) {
      int next = name.codePointAt(kept);
      int size = Character.toString(next).getBytes(StandardCharsets.UTF_8).length;
      if (bytes + size > most) {
        break;
      }
      bytes += size;
      kept += Character.charCount(next);
    }
    return name.substring(0, kept) + "-" + digest + end;
  }

  /** What a person should know. */
  List<Note> notes() {
    List<Note> notes = new ArrayList<>();
    changed.forEach(
        (label, folder) ->
            notes.add(
                new Note(
                    0,
                    "the label '%s' is called '%s' here: no folder can have its name"
                        .formatted(label, folder))));
    if (numbered > 0) {
      notes.add(
          new Note(
              numbered,
              "%s got a number, since another one has the same name, if upper and lower case are not told apart"
                  .formatted(Names.count(numbered, "file"))));
    }
    return notes;
  }
}
