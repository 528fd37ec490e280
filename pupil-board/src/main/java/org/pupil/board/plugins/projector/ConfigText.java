package org.pupil.board.plugins.projector;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TextFormat;
import java.util.List;
import java.util.Objects;
import org.pupil.board.plugins.projector.ProjectorConfig.Embedding;
import org.pupil.board.plugins.projector.ProjectorConfig.Sprite;

/**
 * Reads {@code projector_config.pbtxt}: protobuf text of TensorBoard's message ProjectorConfig,
 * whose fields stand here because TensorFlow's own classes lack it.
 */
final class ConfigText {
  private static final Descriptor CONFIG = descriptor();

  private ConfigText() {}

  /**
   * Reads a configuration.
   *
   * @throws ProjectorException if the text is none; the message says where
   */
  static ProjectorConfig parse(String text) throws ProjectorException {
    DynamicMessage.Builder config = DynamicMessage.newBuilder(CONFIG);
    try {
      TextFormat.merge(text, config);
    } catch (TextFormat.ParseException e) {
      throw new ProjectorException("line " + e.getLine() + ": " + e.getMessage());
    }
    return new ProjectorConfig(
        text(config, "model_checkpoint_path"),
        messages(config, "embeddings").stream().map(ConfigText::embedding).toList(),
        text(config, "model_checkpoint_dir"));
  }

  private static Embedding embedding(Message message) {
    FieldDescriptor sprite = field(message, "sprite");
    return new Embedding(
        name(message),
        text(message, "metadata_path"),
        text(message, "bookmarks_path"),
        numbers(message, "tensor_shape"),
        message.hasField(sprite) ? sprite((Message) message.getField(sprite)) : null,
        text(message, "tensor_path"),
        List.of(),
        null);
  }

  private static Sprite sprite(Message message) {
    return new Sprite(text(message, "image_path"), numbers(message, "single_image_dim"));
  }

  /** Without {@code :0}; one that has none is called as its file. */
  private static String name(Message message) {
    String name = text(message, "tensor_name");
    if (name.isEmpty()) {
      String path = text(message, "tensor_path");
      return path.substring(path.lastIndexOf('/') + 1);
    }
    return name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
  }

  private static FieldDescriptor field(MessageOrBuilder message, String name) {
    return Objects.requireNonNull(message.getDescriptorForType().findFieldByName(name), name);
  }

  private static String text(MessageOrBuilder message, String name) {
    return (String) message.getField(field(message, name));
  }

  private static List<Message> messages(DynamicMessage.Builder message, String name) {
    return ((List<?>) message.getField(field(message, name)))
        .stream().map(Message.class::cast).toList();
  }

  private static List<Long> numbers(Message message, String name) {
    return ((List<?>) message.getField(field(message, name)))
        .stream().map(number -> Integer.toUnsignedLong((Integer) number)).toList();
  }

  private static Descriptor descriptor() {
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("projector_config.proto")
            .setSyntax("proto3")
            .addMessageType(
                message("SpriteMetadata", string(1, "image_path"), numbers(2, "single_image_dim")))
            .addMessageType(
                message(
                    "EmbeddingInfo",
                    string(1, "tensor_name"),
                    string(2, "metadata_path"),
                    string(3, "bookmarks_path"),
                    numbers(4, "tensor_shape"),
                    message(5, "sprite", "SpriteMetadata"),
                    string(6, "tensor_path")))
            .addMessageType(
                message(
                    "ProjectorConfig",
                    string(1, "model_checkpoint_path"),
                    message(2, "embeddings", "EmbeddingInfo")
                        .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED),
                    string(3, "model_checkpoint_dir")))
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[0])
          .findMessageTypeByName("ProjectorConfig");
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DescriptorProto message(String name, FieldDescriptorProto.Builder... fields) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    for (FieldDescriptorProto.Builder field : fields) {
      message.addField(field);
    }
    return message.build();
  }

  private static FieldDescriptorProto.Builder string(int number, String name) {
    return field(number, name).setType(FieldDescriptorProto.Type.TYPE_STRING);
  }

  private static FieldDescriptorProto.Builder numbers(int number, String name) {
    return field(number, name)
        .setType(FieldDescriptorProto.Type.TYPE_UINT32)
        .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED);
  }

  private static FieldDescriptorProto.Builder message(int number, String name, String type) {
    return field(number, name).setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(type);
  }

  private static FieldDescriptorProto.Builder field(int number, String name) {
    return FieldDescriptorProto.newBuilder()
        .setNumber(number)
        .setName(name)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }
}
