package org.pupil.board.plugins.projector;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.LogRoot;
import org.pupil.board.log.Run;
import org.pupil.board.plugins.images.Images;
import org.pupil.board.plugins.projector.ProjectorConfig.Embedding;

/**
 * The embeddings of runs. They are looked for whenever somebody asks, so that those that are
 * written late are found too. May be used by several threads at once.
 */
public final class Projector {
  private static final String ASSETS = "plugins/org_tensorflow_tensorboard_projector";
  private static final long LARGEST_CONFIG = 1 << 20;
  private static final long LARGEST_TENSOR = 2L << 30;
  private static final long LARGEST_METADATA = 512 << 20;
  private static final long LARGEST_BOOKMARKS = 16 << 20;
  private static final long LARGEST_SPRITE = 128 << 20;
  private static final int LONGEST_MAGIC = 16;

  private final EventLogs logs;
  private final KnownFiles known = new KnownFiles();

  public Projector(EventLogs logs) {
    this.logs = logs;
  }

  /** Writes a part of a file that was found. */
  @FunctionalInterface
  public interface Answer {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A configuration and the folder in which its paths begin. */
  private record Located(ProjectorConfig config, Path folder) {}

  /** Whether any run has a configuration, of which nobody looks whether it is good. */
  public boolean isActive() {
    return folders().values().stream()
        .flatMap(run -> Stream.of(run.resolve(ASSETS), run))
        .anyMatch(folder -> Files.exists(folder.resolve(EventLogs.PROJECTOR_CONFIG)));
  }

  /**
   * The runs that have embeddings. A folder that is watched is the run {@code .} even if it has no
   * events.
   */
  public List<String> runs() {
    WatchedFiles files = files();
    return folders().entrySet().stream()
        .filter(
            run -> {
              try {
                return hasEmbeddings(find(run.getValue(), files));
              } catch (ProjectorException e) {
                return false; // who asks for this run hears why
              }
            })
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * What a run has. Shapes are those of the files, where they say them.
   *
   * @throws ProjectorException if it has nothing, or a configuration that is none
   */
  public ProjectorConfig config(String run) throws ProjectorException {
    WatchedFiles files = files();
    Located located = find(run, files);
    List<Embedding> embeddings = new ArrayList<>();
    for (Embedding embedding : located.config.embeddings()) {
      embeddings.add(found(embedding, located, files));
    }
    return new ProjectorConfig(
        located.config.modelCheckpointPath(), embeddings, located.config.modelCheckpointDir());
  }

  /** What the files say, and where that is not what the configuration or another file says. */
  private Embedding found(Embedding embedding, Located located, WatchedFiles files) {
    if (embedding.tensorPath().isEmpty()) {
      return embedding;
    }
    try {
      TensorFile tensor = tensor(embedding, located, files);
      List<Long> shape = List.of(tensor.rows(), (long) tensor.columns());
      List<String> notes = new ArrayList<>();
      if (!embedding.tensorShape().isEmpty() && !embedding.tensorShape().equals(shape)) {
        notes.add(EmbeddingNotes.otherShape(embedding, shape));
      }
      boolean metadataFits = true;
      if (!embedding.metadataPath().isEmpty()) {
        long lines = metadataLines(embedding, located, files);
        metadataFits = lines == tensor.rows();
        if (!metadataFits) {
          notes.add(EmbeddingNotes.otherCount(embedding, lines, tensor.rows()));
        }
      }
      return embedding.found(shape, notes, metadataFits);
    } catch (ProjectorException e) {
      return embedding; // who asks for the tensor or the table hears why
    }
  }

  private long metadataLines(Embedding embedding, Located located, WatchedFiles files)
      throws ProjectorException {
    Path file = files.find(located.folder, embedding.metadataPath(), LARGEST_METADATA);
    try {
      return known.lines(file);
    } catch (IOException e) {
      throw cannotRead(embedding.metadataPath());
    }
  }

  /**
   * The numbers, as 4-byte floats, little-endian, row by row.
   *
   * @param mostRows so many rows at most
   * @throws ProjectorException if there are none
   */
  public Answer tensor(String run, String name, long mostRows) throws ProjectorException {
    WatchedFiles files = files();
    Located located = find(run, files);
    Embedding embedding = located.config.embedding(name).orElse(null);
    if (embedding == null || embedding.tensorPath().isEmpty()) {
      throw new ProjectorException(
          "Tensor \"" + name + "\" of run \"" + run + "\" has no tensor_path in the config file");
    }
    TensorFile tensor = tensor(embedding, located, files);
    return out -> tensor.write(out, mostRows);
  }

  private TensorFile tensor(Embedding embedding, Located located, WatchedFiles files)
      throws ProjectorException {
    Path file = files.find(located.folder, embedding.tensorPath(), LARGEST_TENSOR);
    try {
      return known.tensor(file, embedding.tensorShape());
    } catch (IOException e) {
      throw cannotRead(embedding.tensorPath());
    }
  }

  /**
   * The table of what the points are.
   *
   * @param mostRows so many rows at most; a header does not count
   * @throws ProjectorException if there is none
   */
  public Answer metadata(String run, String name, long mostRows) throws ProjectorException {
    Path file = file(run, name, "metadata", Embedding::metadataPath, LARGEST_METADATA);
    return out -> {
      try (InputStream in = WatchedFiles.open(file)) {
        Streams.copyLines(in, out, mostRows);
      }
    };
  }

  /**
   * The views that somebody kept: JSON.
   *
   * @throws ProjectorException if there are none
   */
  public Answer bookmarks(String run, String name) throws ProjectorException {
    return whole(
        file(run, name, "bookmarks", Embedding::bookmarksPath, LARGEST_BOOKMARKS),
        LARGEST_BOOKMARKS);
  }

  /**
   * The picture of thumbnails.
   *
   * @throws ProjectorException if there is none
   */
  public Sprite sprite(String run, String name) throws ProjectorException {
    Path file =
        file(
            run,
            name,
            "sprite image",
            embedding -> embedding.sprite() == null ? "" : embedding.sprite().imagePath(),
            LARGEST_SPRITE);
    try (InputStream in = WatchedFiles.open(file)) {
      ByteString start = ByteString.copyFrom(in.readNBytes(LONGEST_MAGIC));
      return new Sprite(Images.contentType(start), whole(file, LARGEST_SPRITE));
    } catch (IOException e) {
      throw cannotRead(file.getFileName().toString());
    }
  }

  /**
   * A picture.
   *
   * @param type its MIME type by its first bytes
   */
  public record Sprite(String type, Answer answer) {}

  private static Answer whole(Path file, long most) {
    return out -> {
      try (InputStream in = WatchedFiles.open(file)) {
        Streams.copy(in, out, most);
      }
    };
  }

  @FunctionalInterface
  private interface PathOf {
    String of(Embedding embedding);
  }

  private Path file(String run, String name, String what, PathOf path, long most)
      throws ProjectorException {
    WatchedFiles files = files();
    Located located = find(run, files);
    Optional<String> found = located.config.embedding(name).map(path::of);
    if (found.isEmpty() || found.get().isEmpty()) {
      throw new ProjectorException(
          "No %s file found for tensor \"%s\" in the config file of run \"%s\""
              .formatted(what, name, run));
    }
    return files.find(located.folder, found.get(), most);
  }

  private static ProjectorException cannotRead(String path) {
    return new ProjectorException("\"" + path + "\" cannot be read");
  }

  /** The folders in which a configuration may stand, by run. */
  private Map<String, Path> folders() {
    Map<String, Path> folders = new LinkedHashMap<>();
    for (Run run : logs.runs()) {
      folders.put(run.name(), run.folder());
    }
    for (LogRoot root : logs.roots()) {
      folders.putIfAbsent(root.name().isEmpty() ? "." : root.name() + "/.", root.folder());
    }
    return folders;
  }

  /** Those of the log directories; a run that is a link out of them is not one of them. */
  private WatchedFiles files() {
    return new WatchedFiles(logs.roots().stream().map(LogRoot::folder).toList());
  }

  private Located find(String run, WatchedFiles files) throws ProjectorException {
    Path folder = folders().get(run);
    Optional<Located> found = folder == null ? Optional.empty() : find(folder, files);
    if (!hasEmbeddings(found)) {
      throw new ProjectorException("Unknown run: \"" + run + "\"");
    }
    return found.orElseThrow();
  }

  /** That of the plugin's own folder goes before that of the run. */
  private static Optional<Located> find(Path runFolder, WatchedFiles files)
      throws ProjectorException {
    for (Path folder : List.of(runFolder.resolve(ASSETS), runFolder)) {
      if (Files.exists(folder.resolve(EventLogs.PROJECTOR_CONFIG))) {
        Path file = files.find(folder, EventLogs.PROJECTOR_CONFIG, LARGEST_CONFIG);
        try (InputStream in = WatchedFiles.open(file)) {
          byte[] bytes = in.readNBytes((int) LARGEST_CONFIG);
          return Optional.of(
              new Located(ConfigText.parse(new String(bytes, StandardCharsets.UTF_8)), folder));
        } catch (IOException e) {
          throw cannotRead(EventLogs.PROJECTOR_CONFIG);
        } catch (ProjectorException e) {
          throw new ProjectorException(
              EventLogs.PROJECTOR_CONFIG + " is not as it must be: " + e.getMessage());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean hasEmbeddings(Optional<Located> found) {
    return found.isPresent()
        && found.get().config.embeddings().stream()
            .anyMatch(embedding -> !embedding.tensorPath().isEmpty());
  }
}
