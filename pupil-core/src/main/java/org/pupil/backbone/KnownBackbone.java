package org.pupil.backbone;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pupil.backbone.fetch.HashRecord;
import org.pupil.errors.PupilException;
import org.pupil.files.Reason;
import org.pupil.files.Sha256;

/**
 * Weights of a backbone that are on this machine.
 *
 * @param name of the architectures that use them, or of the file
 * @param file where they are; empty if they are inside the program
 * @param bytes how long they are
 * @param sha256 their hash now, in lower-case hex; empty if they cannot be read
 * @param trouble what is wrong with them: that they are not what they were when they were first
 *     used, for one thing
 */
public record KnownBackbone(
    String name,
    Optional<Path> file,
    long bytes,
    Optional<String> sha256,
    Optional<String> trouble) {

  /** As official archives, their graphs and Hub modules are called in such a folder. */
  private static final Pattern NAMES =
      Pattern.compile(
          "(?:mobilenet_v1|inception)[\\w.-]*\\.(?:tgz|pb)|[\\w.-]+(?:~[\\w.-]+)+\\.tar\\.gz");

  /** Those inside the program. Reads and hashes them. */
  public static List<KnownBackbone> builtIn() {
    return List.of(
        builtIn("efficientnet_lite0", EmbeddedGraph.EFFICIENTNET_LITE0),
        builtIn("mobilenet_0.25", EmbeddedGraph.MOBILENET_025));
  }

  private static KnownBackbone builtIn(String name, EmbeddedGraph graph) {
    byte[] bytes = graph.bytes();
    String sha256 = Sha256.of(bytes);
    return new KnownBackbone(
        name,
        Optional.empty(),
        bytes.length,
        Optional.of(sha256),
        sha256.equals(graph.sha256())
            ? Optional.empty()
            : Optional.of("it is damaged: install Pupil again"));
  }

  /**
   * Those in a folder {@code --model_dir} that were used once, by name: what is called like a
   * download and has its hash beside it. Reads and hashes them.
   *
   * @param folder need not be there
   * @throws PupilException (bad input) if the folder is there and cannot be read
   */
  public static List<KnownBackbone> in(Path folder) {
    List<KnownBackbone> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          if (NAMES.matcher(file.getFileName().toString()).matches()
              && Files.isRegularFile(file)
              && Files.isRegularFile(HashRecord.recordOf(file))) {
            found.add(inFile(file));
          }
        }
      } catch (IOException e) {
        throw PupilException.badInput(folder + " cannot be read: " + Reason.of(e), e);
      }
    }
    found.sort(Comparator.comparing(KnownBackbone::name));
    return List.copyOf(found);
  }

  private static KnownBackbone inFile(Path file) throws IOException {
    Optional<String> sha256 = Optional.empty();
    Optional<String> trouble = Optional.empty();
    try {
      sha256 = Optional.of(HashRecord.hash(file));
      HashRecord.compareOrWrite(file, sha256.get());
    } catch (PupilException e) {
      trouble = Optional.of(e.getMessage());
    }
    return new KnownBackbone(
        file.getFileName().toString(), Optional.of(file), Files.size(file), sha256, trouble);
  }
}
