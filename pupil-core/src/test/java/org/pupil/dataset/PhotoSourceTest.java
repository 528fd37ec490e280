package org.pupil.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoSourceTest {
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path folder;

  @Test
  void aFileIsReadWholeAndCalledByItsPath() throws IOException {
    Path file = Files.write(folder.resolve("a.jpg"), CONTENT);
    PhotoFile known = PhotoFile.of(file);
    assertThat(known.read()).isEqualTo(CONTENT);
    assertThat(known.size()).isEqualTo(3);
    assertThat(known.file()).containsSame(known);
    assertThat(PhotoSource.file(file).read()).isEqualTo(CONTENT);
    assertThat(PhotoSource.file(file).name()).isEqualTo(known.name()).isEqualTo(file.toString());
  }

  @Test
  void aFileOfSixteenGigabytesIsNotRead() throws IOException {
    Path file = folder.resolve("film.jpg");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 34);
    }
    assertThatThrownBy(() -> PhotoSource.file(file).read())
        .isInstanceOf(UndecodableImageException.class)
        .hasMessageMatching("the file is too large: at most \\d+ megabytes are read");
  }

  @Test
  void aFileThatIsNotThereIsNoMatterOfDecoding() {
    assertThatThrownBy(() -> PhotoSource.file(folder.resolve("gone.jpg")).read())
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aPhotoInMemoryIsNoFile() throws IOException {
    PhotoSource bytes = PhotoSource.bytes("tom", CONTENT);
    assertThat(bytes.file()).isEmpty();
    assertThat(bytes.read()).isEqualTo(CONTENT);
    assertThat(PhotoSource.stream("tom", new ByteArrayInputStream(CONTENT)).read())
        .isEqualTo(CONTENT);
  }

  @Test
  void anImageInMemoryHasTheBytesOfAPng() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 0, 0x123456);
    byte[] png = PhotoSource.image("tom", image).read();
    assertThat(PhotoFormat.of(png)).contains(PhotoFormat.PNG);
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getRGB(1, 0)).isEqualTo(0xff123456);
  }
}
