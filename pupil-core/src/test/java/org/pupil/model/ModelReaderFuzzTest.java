package org.pupil.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.files.FolderTree;

/** Whatever is in the file: a graph, or one line for a person. */
class ModelReaderFuzzTest {
  /** In memory, so that many thousand files cost nothing. */
  private static FileSystem memory;

  private static Path file;
  private static byte[] whole;

  @BeforeContainer
  static void make() throws IOException {
    Path folder = Files.createTempDirectory("model");
    whole = Files.readAllBytes(TinyModel.written(folder));
    FolderTree.delete(folder);
    memory = Jimfs.newFileSystem(Configuration.unix());
    file = memory.getPath("m.pb");
  }

  @AfterContainer
  static void forget() throws IOException {
    memory.close();
  }

  private static void assertReadOrRefused(byte[] content) throws IOException {
    Files.write(file, content);
    try {
      assertThat(TinyModel.graphOf(Model.read(file)).getNodeCount()).isPositive();
    } catch (PupilException e) {
      assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL);
      assertThat(e.getMessage()).contains(file.toString()).doesNotContain("\n");
    }
  }

  @Property(tries = 300)
  void randomBytes(@ForAll byte[] bytes) throws IOException {
    assertReadOrRefused(bytes);
  }

  @Property(tries = 500)
  void aModelWithDamagedBytes(@ForAll Random random, @ForAll @IntRange(min = 1, max = 20) int times)
      throws IOException {
    byte[] damaged = whole.clone();
    for (int i = 0; i < times; i++) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    assertReadOrRefused(damaged);
  }

  @Property(tries = 300)
  void aModelWithAPieceMissing(@ForAll Random random) throws IOException {
    int from = random.nextInt(whole.length);
    int to = from + random.nextInt(whole.length - from);
    byte[] damaged = new byte[whole.length - (to - from)];
    System.arraycopy(whole, 0, damaged, 0, from);
    System.arraycopy(whole, to, damaged, from, whole.length - to);
    assertReadOrRefused(damaged);
  }
}
