package org.pupil.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupil.ingest.TestArchives.folder;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.pupil.backbone.ArchiveServer;
import org.pupil.backbone.fetch.TarFile;
import org.pupil.dataset.SplitSet;

/** Small pictures in arrays, and objects in photos. */
class ArraysAndBoxesTest extends IngestTestBase {

  private static byte[] idx(int[] shape, byte[] numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * shape.length + numbers.length);
    buffer.put(new byte[] {0, 0, 8, (byte) shape.length});
    for (int size : shape) {
      buffer.putInt(size);
    }
    return buffer.put(numbers).array();
  }

  private static byte[] npy(String type, String shape, byte[] numbers) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, shape);
    header += " ".repeat(63 - (10 + header.length()) % 64) + "\n";
    return ByteBuffer.allocate(10 + header.length() + numbers.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) header.length())
        .put(header.getBytes(StandardCharsets.ISO_8859_1))
        .put(numbers)
        .array();
  }

  @Test
  void idxFilesOfAKnownSetBecomePngsOfNamedLabels() throws IOException {
    byte[] pictures = new byte[3 * 4];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = (byte) (20 * i);
    }
    try (ArchiveServer server = ArchiveServer.start()) {
      server
          .file("/train-images-idx3-ubyte.gz", TarFile.gzip(idx(new int[] {3, 2, 2}, pictures)))
          .file(
              "/train-labels-idx1-ubyte.gz", TarFile.gzip(idx(new int[] {3}, new byte[] {1, 0, 1})))
          .file("/t10k-images-idx3-ubyte.gz", TarFile.gzip(idx(new int[] {1, 2, 2}, new byte[4])))
          .file("/t10k-labels-idx1-ubyte.gz", TarFile.gzip(idx(new int[] {1}, new byte[1])));
      StringBuilder files = new StringBuilder();
      for (String name :
          new String[] {
            "train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"
          }) {
        files.append(files.isEmpty() ? "" : ",");
        files.append("{\"address\": \"%s%s-ubyte.gz\"}".formatted(server.address(), name));
      }
      Path catalogue =
          Files.writeString(
              work.resolve("sets.json"),
              "[{\"name\": \"clothes\", \"title\": \"t\", \"licence\": \"l\", \"page\": \"http://x/\", \"layout\": \"array\", \"labels\": [\"shirt\", \"shoe\"], \"files\": ["
                  + files
                  + "]}]");
      IngestRequest plain = request("clothes");
      ingest(
          new IngestRequest(
              plain.source(),
              plain.to(),
              plain.layout(),
              plain.inner(),
              plain.names(),
              plain.limits(),
              Catalogue.read(catalogue),
              plain.environment()));
    }

    assertThat(files())
        .containsExactly(
            "shirt/test/000000.png",
            "shirt/train/000001.png",
            "shoe/train/000000.png",
            "shoe/train/000002.png");
    assertThat(recognised.get(0).sets())
        .isEqualTo(Map.of(SplitSet.TRAINING, 3, SplitSet.TESTING, 1));
    BufferedImage second = ImageIO.read(to().resolve("shirt/train/000001.png").toFile());
    assertThat(second.getWidth()).isEqualTo(2);
    assertThat(second.getRaster().getSample(1, 0, 0)).isEqualTo(100);
    assertThat(second.getRaster().getSample(0, 1, 0)).isEqualTo(120);
  }

  @Test
  void numpyArraysInAnArchive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      byte[] colours = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120};
      put(out, "x_train.npy", npy("|u1", "2, 1, 2, 3", colours));
      put(
          out,
          "y_train.npy",
          npy(
              "<i8",
              "2,",
              ByteBuffer.allocate(16)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putLong(7)
                  .putLong(3)
                  .array()));
      put(out, "y_test.npy", npy("<f4", "2,", new byte[8]));
    }
    ingest(Files.write(work.resolve("small.npz"), bytes.toByteArray()));

    assertThat(files()).containsExactly("3/train/000001.png", "7/train/000000.png");
    BufferedImage first = ImageIO.read(to().resolve("7/train/000000.png").toFile());
    assertThat(first.getRGB(1, 0) & 0xFFFFFF).isEqualTo(40 << 16 | 50 << 8 | 60);
  }

  @Test
  void aFewBytesAreNotAsManyPhotosAsTheyLike() throws IOException {
    byte[] labels = new byte[800];
    labels[0] = 1;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      put(out, "x_train.npy", npy("|u1", "100, 2, 2", new byte[400]));
      put(out, "y_train.npy", npy("<i8", "100,", labels));
    }
    Path array = Files.write(work.resolve("many.npz"), bytes.toByteArray());

    assertThatThrownBy(() -> ingest(array, new UnpackLimits(100, 99, 1 << 20)))
        .hasMessageContaining("holds more than 99 files");
    assertThat(to()).doesNotExist();
  }

  private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(content);
    out.closeEntry();
  }

  /** A photo of 40 x 30 pixels, red right of column 20. */
  private static byte[] halves() throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 30; y++) {
      for (int x = 20; x < 40; x++) {
        image.setRGB(x, y, 0xFF0000);
      }
    }
    return Pngs.of(image);
  }

  @Test
  void cocoBoxesAreCroppedWhenAsked() throws IOException {
    Path set =
        folder(
            work.resolve("coco"),
            Map.of(
                "annotations/instances_train.json",
                """
                {"info": {"year": 2026},
                 "images": [{"id": 9, "file_name": "halves.png"}, {"id": 10, "file_name": "gone.png"}],
                 "annotations": [
                   {"id": 1, "image_id": 9, "category_id": 1, "bbox": [20, 0, 30.2, 10], "iscrowd": 0},
                   {"id": 2, "image_id": 9, "category_id": 2, "bbox": [0, 0, 20, 30]},
                   {"id": 3, "image_id": 9, "category_id": 2, "bbox": [0, 0, 3, 3]},
                   {"id": 4, "image_id": 10, "category_id": 2, "bbox": [0, 0, 20, 30]},
                   {"id": 5, "image_id": 9, "category_id": 2, "bbox": [0, 0, 20, 30], "iscrowd": 1}],
                 "categories": [{"id": 1, "name": "rose"}, {"id": 2, "name": "coal"}]}
                """));
    Files.createDirectories(set.resolve("images"));
    Files.write(set.resolve("images/halves.png"), halves());

    assertThatThrownBy(() -> ingest(set))
        .hasMessageEndingWith(
            "says where in its photos objects are: to make a photo of each object, add layout coco");
    ingest(set, Layout.COCO);

    assertThat(files()).containsExactly("coal/train/halves_2.png", "rose/train/halves_1.png");
    BufferedImage rose = ImageIO.read(to().resolve("rose/train/halves_1.png").toFile());
    assertThat(rose.getWidth()).isEqualTo(20);
    assertThat(rose.getHeight()).isEqualTo(10);
    assertThat(rose.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFF0000);
    assertThat(notes)
        .contains(
            "left out 1 object of fewer than 8 rows or columns",
            "left out 1 object of photos that are not there (first gone.png)");
    // Objects of one photo belong together.
    assertThat(Files.readAllLines(to().resolve("photos.csv")))
        .contains("rose/train/halves_1.png,rose,training,halves");
  }

  @Test
  void vocBoxesAreCroppedAndEntitiesAreNotFollowed() throws IOException {
    Path set =
        folder(
            work.resolve("voc"),
            Map.of(
                "Annotations/halves.xml",
                """
                <annotation><filename>halves.png</filename>
                  <object><name>rose</name><part><name>leaf</name></part>
                    <bndbox><xmin>21</xmin><ymin>1</ymin><xmax>40</xmax><ymax>30</ymax></bndbox></object>
                  <object><name>coal &amp; ash</name>
                    <bndbox><xmin>1</xmin><ymin>1</ymin><xmax>20</xmax><ymax>30</ymax></bndbox></object>
                </annotation>
                """,
                "Annotations/evil.xml",
                """
                <!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>
                <annotation><filename>halves.png</filename><object><name>&x;</name>
                  <bndbox><xmin>1</xmin><ymin>1</ymin><xmax>20</xmax><ymax>30</ymax></bndbox></object></annotation>
                """));
    Files.createDirectories(set.resolve("JPEGImages"));
    Files.write(set.resolve("JPEGImages/halves.png"), halves());

    ingest(set, Layout.VOC);

    assertThat(files()).hasSize(2);
    assertThat(recognised.get(0).counts()).containsOnlyKeys("coal & ash", "rose");
    BufferedImage rose = ImageIO.read(to().resolve("rose/halves_1.png").toFile());
    assertThat(rose.getWidth()).isEqualTo(20);
    assertThat(rose.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFF0000);
    assertThat(Optional.of(rose.getRGB(19, 29) & 0xFFFFFF)).contains(0xFF0000);
  }
}
