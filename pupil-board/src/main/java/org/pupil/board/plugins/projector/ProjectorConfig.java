package org.pupil.board.plugins.projector;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which embeddings a run has. As JSON its fields have the names that TensorBoard gives them, and
 * those that are not set are left out.
 *
 * @param modelCheckpointPath a checkpoint of TensorFlow, which is not read; may be empty
 * @param modelCheckpointDir the same
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProjectorConfig(
    String modelCheckpointPath, List<Embedding> embeddings, String modelCheckpointDir) {
  public ProjectorConfig {
    embeddings = List.copyOf(embeddings);
  }

  /**
   * A set of points.
   *
   * @param tensorName its name
   * @param metadataPath a table of what the points are, or empty
   * @param bookmarksPath views that somebody kept, or empty
   * @param tensorShape how many points there are and how many numbers one has, or empty
   * @param sprite their thumbnails; null if there are none
   * @param tensorPath the numbers, or empty
   * @param notes what does not fit together, a sentence each; TensorBoard has no such field
   * @param metadataFits false if the table has not a line for each point, so that its names would
   *     stand at others' points; else null
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Embedding(
      String tensorName,
      String metadataPath,
      String bookmarksPath,
      List<Long> tensorShape,
      @Nullable Sprite sprite,
      String tensorPath,
      List<String> notes,
      @Nullable Boolean metadataFits) {
    public Embedding {
      tensorShape = List.copyOf(tensorShape);
      notes = List.copyOf(notes);
    }

    Embedding found(List<Long> shape, List<String> notes, boolean metadataFits) {
      return new Embedding(
          tensorName,
          metadataPath,
          bookmarksPath,
          shape,
          sprite,
          tensorPath,
          notes,
          metadataFits ? null : Boolean.FALSE);
    }
  }

  /**
   * One picture that holds the thumbnails of all points, row by row.
   *
   * @param singleImageDim width and height of one
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Sprite(String imagePath, List<Long> singleImageDim) {
    public Sprite {
      singleImageDim = List.copyOf(singleImageDim);
    }
  }

  /** The embedding of that name; {@code name} and {@code name:0} are the same. */
  Optional<Embedding> embedding(String name) {
    return embeddings.stream()
        .filter(one -> canonical(one.tensorName()).equals(canonical(name)))
        .findFirst();
  }

  private static String canonical(String name) {
    return name.contains(":") ? name : name + ":0";
  }
}
