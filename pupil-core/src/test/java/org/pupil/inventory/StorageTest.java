package org.pupil.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.backbone.KnownBackbone;
import org.pupil.errors.PupilException;
import org.pupil.files.CacheFolder;
import org.pupil.inventory.Kept.Kind;

class StorageTest {
  @TempDir Path folder;

  private Storage storage() {
    return new Storage(
        new CacheFolder(folder.resolve("cache")),
        folder.resolve("model").resolve("bottlenecks"),
        folder.resolve("model").resolve("datasets"),
        folder.resolve("model").resolve("backbones"));
  }

  private Path write(String name, int bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[bytes]);
  }

  private Kept only(Kind kind) {
    List<Kept> kept = storage().kept().stream().filter(k -> k.kind() == kind).toList();
    assertThat(kept).hasSize(1);
    return kept.get(0);
  }

  @Test
  void foldersThatAreNotThereKeepNothing() {
    assertThat(storage().kept()).isEmpty();
  }

  @Test
  void countsTheBytesOfEachKind() throws IOException {
    write("cache/native/onnxruntime-1/libonnxruntime.so", 100);
    write("cache/native/sqlite/libsqlite.so", 20);
    write("cache/classes-17.0.1-123.jsa", 7);
    write("model/bottlenecks/bottlenecks.db", 50);
    write("model/bottlenecks/bottlenecks.db-wal", 5);
    write("model/bottlenecks/fine-tuning/a.maps", 300);
    write("model/datasets/0123456789abcdef/cat/tom.jpg", 6);
    write("model/datasets/0123456789abcdef/pupil-dataset.json", 2);
    write("model/datasets/fedcba9876543210/mine.jpg", 1);
    write("model/datasets/mine/cat/tom.jpg", 1);
    write("model/backbones/mobilenet_v1_0.5_224.tgz", 40);
    write("model/backbones/mobilenet_v1_0.5_224.tgz.sha256", 0);

    assertThat(storage().kept())
        .extracting(Kept::kind, Kept::bytes)
        .containsExactly(
            tuple(Kind.LIBRARIES, 120L),
            tuple(Kind.CLASSES, 7L),
            tuple(Kind.BOTTLENECKS, 55L),
            tuple(Kind.MAPS, 300L),
            tuple(Kind.DATASETS, 8L),
            tuple(Kind.BACKBONES, 40L));
  }

  @Test
  void removesWhatIsItsOwnAndNothingElse() throws IOException {
    Path database = write("model/bottlenecks/bottlenecks.db", 50);
    Path photo = write("model/bottlenecks/holiday.jpg", 50);
    Path used = write("model/backbones/mobilenet_v1_0.5_224.tgz", 40);
    Path record = write("model/backbones/mobilenet_v1_0.5_224.tgz.sha256", 0);
    Path neverUsed = write("model/backbones/inception_v3.pb", 40);
    Path image = write("model/backbones/ubuntu.iso", 40);
    write("model/backbones/ubuntu.iso.sha256", 0);
    Path maps = write("model/bottlenecks/fine-tuning/a.maps", 3);

    for (Kept kept : storage().kept()) {
      kept.remove();
    }

    assertThat(List.of(database, used, record, maps)).noneMatch(Files::exists);
    assertThat(List.of(photo, neverUsed, image)).allMatch(Files::exists);
  }

  @Test
  void aLinkGoesWithoutWhatItLeadsTo() throws IOException {
    Path photo = write("photos/cat.jpg", 9);
    write("model/bottlenecks/fine-tuning/a.maps", 3);
    Files.createSymbolicLink(
        folder.resolve("model/bottlenecks/fine-tuning/photos"), folder.resolve("photos"));

    Kept maps = only(Kind.MAPS);
    maps.remove();

    assertThat(photo).exists();
    assertThat(folder.resolve("model/bottlenecks/fine-tuning")).doesNotExist();
  }

  @Test
  void whatSomebodyStillUsesIsNoLeftover() throws IOException {
    CacheFolder cache = new CacheFolder(Files.createDirectories(folder.resolve("cache")));
    Path left = Files.createDirectory(folder.resolve("cache").resolve("self-check-1-x"));
    Files.write(left.resolve("graph.pb"), new byte[11]);
    Path archive =
        Files.createDirectory(folder.resolve("cache").resolve("classes-17.jsa.1-0.part"));
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    Files.setLastModifiedTime(left, longAgo);
    Files.createDirectory(folder.resolve("cache").resolve("self-check-2-new"));
    Files.setLastModifiedTime(archive, longAgo);

    assertThat(cache.path()).isDirectory();
    assertThat(only(Kind.LEFTOVERS).paths()).containsExactlyInAnyOrder(left, archive);
    assertThat(only(Kind.LEFTOVERS).bytes()).isEqualTo(11);
  }

  @Test
  void aBackboneThatChangedSaysSo() throws IOException {
    Path file = write("model/backbones/mobilenet_v1_0.5_224.tgz", 40);
    Files.writeString(
        file.resolveSibling("mobilenet_v1_0.5_224.tgz.sha256"),
        "0".repeat(64) + "  mobilenet_v1_0.5_224.tgz\n");

    assertThat(KnownBackbone.in(file.getParent()))
        .singleElement()
        .satisfies(
            known -> assertThat(known.trouble().orElseThrow()).contains("has changed since"));
  }

  @Test
  void aLibraryThatDoesNotLoadSaysWhy() {
    NativeLibrary library =
        NativeLibrary.load(
            "X",
            "does things",
            () -> {
              throw PupilException.unavailable("no room");
            });

    assertThat(library.version()).isEmpty();
    assertThat(library.failure()).contains("no room");
  }
}
