package org.pupil.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.bottleneck.ContentHash;
import org.pupil.errors.PupilException;

class MapFileTest {
  private static final MapShape SHAPE = new MapShape(2, 3, 4);
  private static final ContentHash CAT = ContentHash.of(new byte[] {1});
  private static final ContentHash DOG = ContentHash.of(new byte[] {2});

  @TempDir private Path folder;

  private static float[] map(float first) {
    float[] map = new float[SHAPE.floats() + 1];
    for (int i = 0; i < map.length; i++) {
      map[i] = first + i * 0.25f;
    }
    return map;
  }

  private static float[][] read(MapFile file, ContentHash content, int view) {
    float[][] rows = new float[SHAPE.places() + 1][SHAPE.channels()];
    file.read(content, view, rows, 1);
    return Arrays.copyOfRange(rows, 1, rows.length);
  }

  @Test
  void mapsComeBackByContentAndView() {
    Path path = folder.resolve("maps/cut.maps");
    try (MapFile file = MapFile.open(path, SHAPE)) {
      assertThat(file.has(CAT, 0)).isFalse();
      file.put(CAT, 0, map(1), 0);
      assertThat(read(file, CAT, 0)[5]).containsExactly(6, 6.25f, 6.5f, 6.75f);
      file.put(CAT, 1, map(1), 1);
    }
    try (MapFile file = MapFile.open(path, SHAPE)) {
      file.put(DOG, 0, map(-7), 0);
      assertThat(read(file, CAT, 1)[0]).containsExactly(1.25f, 1.5f, 1.75f, 2);
      assertThat(read(file, DOG, 0)[0]).containsExactly(-7, -6.75f, -6.5f, -6.25f);
      assertThat(file.has(DOG, 1)).isFalse();
      assertThatThrownBy(() -> read(file, DOG, 1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void numbersThatAreTooLargeBecomeTheGreatestHalf() {
    try (MapFile file = MapFile.open(folder.resolve("cut.maps"), SHAPE)) {
      float[] map = map(0);
      map[0] = 1e9f;
      map[1] = -1e9f;
      file.put(CAT, 0, map, 0);
      assertThat(read(file, CAT, 0)[0]).containsExactly(65504, -65504, 0.5f, 0.75f);
    }
  }

  @Test
  void halfARecordAtTheEndIsNotThere() throws IOException {
    Path path = folder.resolve("cut.maps");
    try (MapFile file = MapFile.open(path, SHAPE)) {
      file.put(CAT, 0, map(1), 0);
      file.put(DOG, 0, map(2), 0);
    }
    byte[] whole = Files.readAllBytes(path);
    for (int cut = 1; cut < MapFile.recordBytes(SHAPE); cut += 7) {
      Files.write(path, Arrays.copyOf(whole, whole.length - cut));
      try (MapFile file = MapFile.open(path, SHAPE)) {
        assertThat(file.has(CAT, 0)).isTrue();
        assertThat(file.has(DOG, 0)).isFalse();
        file.put(DOG, 0, map(2), 0);
      }
      assertThat(Files.readAllBytes(path)).isEqualTo(whole);
    }
  }

  @Test
  void aDamagedRecordAndThoseBehindItAreComputedAgain() throws IOException {
    Path path = folder.resolve("cut.maps");
    try (MapFile file = MapFile.open(path, SHAPE)) {
      file.put(CAT, 0, map(1), 0);
      file.put(DOG, 0, map(2), 0);
    }
    byte[] whole = Files.readAllBytes(path);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(path, damaged);
      try (MapFile file = MapFile.open(path, SHAPE)) {
        int firstRecordEnd = whole.length - MapFile.recordBytes(SHAPE);
        assertThat(file.has(CAT, 0)).as("byte %d", at).isEqualTo(at >= firstRecordEnd);
        assertThat(file.has(DOG, 0)).as("byte %d", at).isFalse();
      }
    }
  }

  @Test
  void aFileOfOtherMapsIsBegunAnew() {
    Path path = folder.resolve("cut.maps");
    try (MapFile file = MapFile.open(path, SHAPE)) {
      file.put(CAT, 0, map(1), 0);
    }
    try (MapFile file = MapFile.open(path, new MapShape(2, 3, 5))) {
      assertThat(file.has(CAT, 0)).isFalse();
    }
  }

  @Test
  void oneProcessUsesItAtATime() {
    Path path = folder.resolve("cut.maps");
    try (MapFile first = MapFile.open(path, SHAPE)) {
      assertThat(first.has(CAT, 0)).isFalse();
      assertThatThrownBy(() -> MapFile.open(path, SHAPE)).isInstanceOf(PupilException.class);
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsSaid() throws IOException {
    Path path = folder.resolve("file");
    Files.write(path, new byte[1], StandardOpenOption.CREATE);
    assertThatThrownBy(() -> MapFile.open(path.resolve("cut.maps"), SHAPE))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("cannot use");
  }
}
