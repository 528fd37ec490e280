package org.pupil.record;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.log.proto.EmbeddingInfo;
import org.pupil.log.proto.ProjectorConfig;
import org.pupil.record.ProjectorFiles.Answer;
import org.pupil.record.ProjectorFiles.Point;
import org.pupil.record.ProjectorFiles.Sprite;

class ProjectorFilesTest {
  private static final List<float[]> VECTORS = List.of(new float[] {1.5f, -2}, new float[] {0, 3});
  private static final byte[] JPEG = "....a comment: pupil.projector".getBytes(ISO_8859_1);

  @TempDir Path folder;

  private static Point point(String label, String file, Answer answer) {
    return new Point(label, file, "training", Optional.ofNullable(answer));
  }

  private static List<Point> points(Answer answer) {
    return List.of(point("cat", "cat/a.jpg", answer), point("dog", "dog/b\tc\n.jpg", answer));
  }

  private void write() {
    ProjectorFiles.write(
        folder, "some/bottlenecks", VECTORS, points(null), Optional.of(new Sprite(JPEG, 96)));
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name), ISO_8859_1);
  }

  @Test
  void theSettingsNameTheOtherFiles() throws IOException {
    write();
    assertThat(text("projector_config.pbtxt"))
        .isEqualTo(
            """
            # pupil.projector: written by Pupil, with the files that it names.
            embeddings {
              tensor_name: "some/bottlenecks"
              tensor_shape: 2
              tensor_shape: 2
              tensor_path: "bottlenecks.pupil.f32"
              metadata_path: "metadata.tsv"
              sprite {
                image_path: "sprite.jpg"
                single_image_dim: 96
                single_image_dim: 96
              }
            }
            """);
    ByteBuffer floats =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("bottlenecks.pupil.f32")))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new float[] {floats.getFloat(), floats.getFloat(), floats.getFloat()})
        .containsExactly(1.5f, -2, 0);
    assertThat(Files.readAllBytes(folder.resolve("sprite.jpg"))).isEqualTo(JPEG);
  }

  @Test
  void theSettingsAreAMessageOfTensorBoard() throws IOException {
    write();
    EmbeddingInfo.Builder embedding =
        EmbeddingInfo.newBuilder()
            .setTensorName("some/bottlenecks")
            .addAllTensorShape(List.of(2, 2))
            .setTensorPath("bottlenecks.pupil.f32")
            .setMetadataPath("metadata.tsv");
    ProjectorConfig plain = ProjectorConfig.newBuilder().addEmbeddings(embedding).build();
    embedding.getSpriteBuilder().setImagePath("sprite.jpg").addAllSingleImageDim(List.of(96, 96));
    assertThat(TextFormat.parse(text("projector_config.pbtxt"), ProjectorConfig.class))
        .isEqualTo(ProjectorConfig.newBuilder().addEmbeddings(embedding).build());
    ProjectorFiles.write(folder, "some/bottlenecks", VECTORS, points(null), Optional.empty());
    assertThat(TextFormat.parse(text("projector_config.pbtxt"), ProjectorConfig.class))
        .isEqualTo(plain);
  }

  @Test
  void namesCannotBreakTheTable() throws IOException {
    write();
    assertThat(text("metadata.tsv"))
        .isEqualTo("label\tfile\tset\ncat\tcat/a.jpg\ttraining\ndog\tdog/b c .jpg\ttraining\n");
    ProjectorFiles.writeTable(folder, points(new Answer("cat", 0.75f)));
    assertThat(text("metadata.tsv").lines())
        .startsWith("label\tfile\tset\tpredicted\tprobability")
        .endsWith("dog\tdog/b c .jpg\ttraining\tcat\t0.75");
  }

  @Test
  void whatPupilWroteIsReplacedAndAnOldPictureGoes() {
    write();
    ProjectorFiles.writeTable(folder, points(new Answer("cat", 0.75f)));
    assertThat(ProjectorFiles.inTheWay(folder)).isEmpty();
    ProjectorFiles.write(folder, "b", VECTORS, points(null), Optional.empty());
    assertThat(folder.resolve("sprite.jpg")).doesNotExist();
    assertThat(ProjectorFiles.inTheWay(folder)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"projector_config.pbtxt", "metadata.tsv", "sprite.jpg"})
  void whatPupilDidNotWriteIsInTheWay(String name) throws IOException {
    write();
    Files.writeString(folder.resolve(name), "embeddings {}\n");
    assertThat(ProjectorFiles.inTheWay(folder))
        .isEqualTo(Map.of(folder.resolve(name), "was not written by Pupil"));
  }

  @Test
  void linksAndFoldersAreInTheWay() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "# pupil.projector");
    Files.createSymbolicLink(folder.resolve("projector_config.pbtxt"), elsewhere);
    Files.createDirectory(folder.resolve("bottlenecks.pupil.f32"));
    assertThat(ProjectorFiles.inTheWay(folder).values())
        .containsExactlyInAnyOrder("is a symbolic link", "is not a file");
  }

  @Test
  void whatIsThereAlreadyIsNotWrittenAgain() throws IOException {
    write();
    Path vectors = folder.resolve("bottlenecks.pupil.f32");
    Object before = Files.readAttributes(vectors, "unix:ino").get("ino");
    write();
    assertThat(Files.readAttributes(vectors, "unix:ino").get("ino")).isEqualTo(before);
    ProjectorFiles.write(
        folder,
        "b",
        List.of(new float[] {1, 2}, new float[] {3, 4}),
        points(null),
        Optional.empty());
    assertThat(Files.readAttributes(vectors, "unix:ino").get("ino")).isNotEqualTo(before);
  }

  @Test
  void whatCannotBeShownIsRefused() {
    assertThatThrownBy(
            () ->
                ProjectorFiles.write(folder, "a \"name\"", VECTORS, points(null), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                ProjectorFiles.write(
                    folder,
                    "b",
                    List.of(new float[] {1, 2}, new float[] {3}),
                    points(null),
                    Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(folder).isEmptyDirectory();
  }
}
