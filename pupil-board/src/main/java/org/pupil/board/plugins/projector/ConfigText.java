package org.pupil.board.plugins.projector;

import com.google.protobuf.TextFormat;
import java.util.List;
import org.pupil.board.plugins.projector.ProjectorConfig.Embedding;
import org.pupil.board.plugins.projector.ProjectorConfig.Sprite;
import org.pupil.log.proto.EmbeddingInfo;
import org.pupil.log.proto.SpriteMetadata;

/** Reads {@code projector_config.pbtxt}: protobuf text of TensorBoard's message ProjectorConfig. */
final class ConfigText {
  private ConfigText() {}

  /**
   * Reads a configuration.
   *
   * @throws ProjectorException if the text is none; the message says where
   */
  static ProjectorConfig parse(String text) throws ProjectorException {
    org.pupil.log.proto.ProjectorConfig.Builder config =
        org.pupil.log.proto.ProjectorConfig.newBuilder();
    try {
      TextFormat.merge(text, config);
    } catch (TextFormat.ParseException e) {
      throw new ProjectorException("line " + e.getLine() + ": " + e.getMessage());
    }
    return new ProjectorConfig(
        config.getModelCheckpointPath(),
        config.getEmbeddingsList().stream().map(ConfigText::embedding).toList(),
        config.getModelCheckpointDir());
  }

  private static Embedding embedding(EmbeddingInfo written) {
    return new Embedding(
        name(written),
        written.getMetadataPath(),
        written.getBookmarksPath(),
        unsigned(written.getTensorShapeList()),
        written.hasSprite() ? sprite(written.getSprite()) : null,
        written.getTensorPath(),
        List.of(),
        null);
  }

  private static Sprite sprite(SpriteMetadata written) {
    return new Sprite(written.getImagePath(), unsigned(written.getSingleImageDimList()));
  }

  /** Without {@code :0}; one that has none is called as its file. */
  private static String name(EmbeddingInfo written) {
    String name = written.getTensorName();
    if (name.isEmpty()) {
      String path = written.getTensorPath();
      return path.substring(path.lastIndexOf('/') + 1);
    }
    return name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
  }

  /** Java has uint32 as an int, where half of them are negative. */
  private static List<Long> unsigned(List<Integer> numbers) {
    return numbers.stream().map(Integer::toUnsignedLong).toList();
  }
}
