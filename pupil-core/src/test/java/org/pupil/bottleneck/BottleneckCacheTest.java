package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.pupil.bottleneck.Samples.KEY;
import static org.pupil.bottleneck.Samples.LONG_AGO;
import static org.pupil.bottleneck.Samples.READ_AT;
import static org.pupil.bottleneck.Samples.bottleneck;
import static org.pupil.bottleneck.Samples.bottlenecks;
import static org.pupil.bottleneck.Samples.content;
import static org.pupil.bottleneck.Samples.key;
import static org.pupil.bottleneck.Samples.photo;
import static org.pupil.bottleneck.Samples.photos;
import static org.pupil.bottleneck.Samples.put;
import static org.pupil.bottleneck.Samples.read;
import static org.pupil.bottleneck.Samples.row;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.bottleneck.BottleneckCache.PhotoContent;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFile;
import org.pupil.errors.PupilException;

class BottleneckCacheTest {
  @TempDir Path folder;

  @Test
  void aNewCacheKnowsNothing() {
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      FoundBottlenecks found = cache.find(KEY, List.of(photo("/a.jpg"), photo("/b.jpg")));
      assertThat(found.size()).isEqualTo(2);
      assertThat(found.foundCount()).isZero();
      assertThat(found.hasBottleneck(1)).isFalse();
      assertThat(found.content(1)).isEmpty();
      assertThat(found.bottlenecks()).isEmpty();
      assertThat(found.damaged()).isZero();
    }
  }

  @Test
  void whatWasPutIsFoundByTheNextProgram() {
    List<PhotoContent> read = read(0, 5);
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, read, 3);
    }
    assertThat(folder).isDirectoryContaining("glob:**/bottlenecks.db");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      // In another order, with a photo that is not known and one twice.
      List<Photo> asked =
          List.of(read.get(4).photo(), photo("/new.jpg"), read.get(1).photo(), read.get(4).photo());
      FoundBottlenecks found = cache.find(KEY, asked);
      assertThat(found.foundCount()).isEqualTo(3);
      assertThat(found.bottlenecks().orElseThrow().size()).isEqualTo(4);
      assertThat(found.bottlenecks().orElseThrow().floats()).isEqualTo(3);
      assertThat(row(found, 0)).containsExactly(bottleneck(KEY, read.get(4).content(), 3));
      assertThat(found.hasBottleneck(1)).isFalse();
      assertThat(found.bottlenecks().orElseThrow().row(1)).containsExactly(0, 0, 0);
      assertThat(row(found, 2)).containsExactly(bottleneck(KEY, read.get(1).content(), 3));
      assertThat(row(found, 3)).containsExactly(bottleneck(KEY, read.get(4).content(), 3));
      assertThat(found.content(2)).contains(read.get(1).content());
    }
  }

  @Test
  void everyBitOfAFloatIsKept() {
    float[] strange = {
      -0f,
      Float.MIN_VALUE,
      Float.MAX_VALUE,
      Float.NEGATIVE_INFINITY,
      Float.intBitsToFloat(0x7fc12345)
    };
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      cache.put(KEY, List.of(read("/a.jpg")), Bottlenecks.of(new float[][] {strange}));
      float[] found = row(cache.find(KEY, List.of(photo("/a.jpg"))), 0);
      for (int i = 0; i < strange.length; i++) {
        assertThat(Float.floatToRawIntBits(found[i]))
            .isEqualTo(Float.floatToRawIntBits(strange[i]));
      }
    }
  }

  @Test
  void moreThanOneQuestionOfSqlHoldsIsAnsweredWhole() {
    List<PhotoContent> read = read(0, 9000);
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, read.subList(4500, 9000), 2);
      put(cache, KEY, read.subList(0, 4500), 2);
      FoundBottlenecks found = cache.find(KEY, photos(read));
      assertThat(found.foundCount()).isEqualTo(9000);
      for (int i = 0; i < 9000; i++) {
        assertThat(row(found, i)).containsExactly(bottleneck(KEY, read.get(i).content(), 2));
      }
    }
  }

  @Test
  void anotherBackboneOrPreprocessingHasItsOwnBottlenecks() {
    PhotoContent read = read("/a.jpg");
    BottleneckKey small = key("224x224");
    BottleneckKey large = key("288x288");
    BottleneckKey other = new BottleneckKey("ef".repeat(32), "224x224");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, small, List.of(read), 3);
      put(cache, large, List.of(read), 4);
      assertThat(row(cache.find(small, photos(List.of(read))), 0))
          .containsExactly(bottleneck(small, read.content(), 3));
      assertThat(row(cache.find(large, photos(List.of(read))), 0))
          .containsExactly(bottleneck(large, read.content(), 4));
      FoundBottlenecks unknown = cache.find(other, photos(List.of(read)));
      assertThat(unknown.hasBottleneck(0)).isFalse();
      assertThat(unknown.content(0)).contains(read.content());
    }
  }

  @Test
  void aMovedPhotoIsFoundByItsContentAndThenByItsPath() {
    PhotoContent before = read("/a.jpg");
    PhotoContent after =
        new PhotoContent(
            photo("/b/c.jpg", Samples.file(before.photo()).size(), 77), before.content(), READ_AT);
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, List.of(before), 3);
      assertThat(cache.find(KEY, List.of(after.photo())).content(0)).isEmpty();

      FoundBottlenecks found =
          cache.findContents(KEY, List.of(content("new"), before.content(), before.content()));
      assertThat(found.foundCount()).isEqualTo(2);
      assertThat(found.hasBottleneck(0)).isFalse();
      assertThat(row(found, 2)).containsExactly(bottleneck(KEY, before.content(), 3));

      cache.remember(List.of(after));
      assertThat(cache.find(KEY, photos(List.of(before, after))).foundCount()).isEqualTo(2);
    }
  }

  @Test
  void anExactCopySharesTheBottleneck() {
    PhotoContent original = read("/a.jpg");
    PhotoContent copy = new PhotoContent(photo("/copy.jpg"), original.content(), READ_AT);
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, List.of(original, copy), 3);
      FoundBottlenecks found = cache.find(KEY, photos(List.of(copy, original)));
      assertThat(found.foundCount()).isEqualTo(2);
      assertThat(row(found, 0)).containsExactly(row(found, 1));
      assertThat(found.content(0)).isEqualTo(found.content(1));
    }
  }

  @Test
  void aPhotoOfAnotherSizeOrTimeMustBeReadAgain() {
    PhotoContent read = read("/a.jpg");
    long size = Samples.file(read.photo()).size();
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, List.of(read), 3);
      FoundBottlenecks found =
          cache.find(
              KEY,
              List.of(
                  photo("/a.jpg", size + 1, LONG_AGO),
                  photo("/a.jpg", size, LONG_AGO + 1),
                  photo("/a.jpg", size, LONG_AGO - 1),
                  photo("/A.jpg", size, LONG_AGO),
                  photo("/a.jpg", size, LONG_AGO)));
      for (int changed = 0; changed < 4; changed++) {
        assertThat(found.content(changed)).isEmpty();
        assertThat(found.hasBottleneck(changed)).isFalse();
      }
      assertThat(found.hasBottleneck(4)).isTrue();
      assertThat(found.damaged()).isZero();
    }
  }

  @Test
  void aReplacedPhotoHasTheBottleneckOfWhatIsInItNow() {
    PhotoContent before = read("/a.jpg");
    PhotoContent after =
        new PhotoContent(
            photo("/a.jpg", Samples.file(before.photo()).size(), LONG_AGO + 5_000),
            content("new"),
            READ_AT);
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, List.of(before), 3);
      put(cache, KEY, List.of(after), 3);
      FoundBottlenecks found = cache.find(KEY, photos(List.of(before, after)));
      assertThat(found.content(0)).isEmpty();
      assertThat(row(found, 1)).containsExactly(bottleneck(KEY, content("new"), 3));
    }
  }

  @Test
  void theLimitAPhotoReplacedBySomethingOfItsSizeAndItsTimeIsTakenForTheOldOne()
      throws IOException {
    Path file = Files.writeString(folder.resolve("a.jpg"), "a red cat");
    Files.setLastModifiedTime(file, FileTime.fromMillis(LONG_AGO));
    PhotoContent before =
        new PhotoContent(found(file), ContentHash.of(Files.readAllBytes(file)), READ_AT);
    try (BottleneckCache cache = BottleneckCache.open(folder.resolve("cache"))) {
      put(cache, KEY, List.of(before), 3);
      Files.writeString(file, "a fat dog");
      assertThat(cache.find(KEY, List.of(found(file))).content(0)).isEmpty();

      Files.setLastModifiedTime(file, FileTime.fromMillis(LONG_AGO));
      assertThat(cache.find(KEY, List.of(found(file))).content(0)).contains(content("a red cat"));
    }
  }

  private static Photo found(Path file) throws IOException {
    return new Photo(PhotoFile.of(file), "cat/a.jpg", 0);
  }

  @Test
  void aPhotoThatChangedJustBeforeItWasReadIsNotRemembered() {
    long[] ages = {2_001, 2_000, 0, -60_000};
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      for (long age : ages) {
        Photo photo = photo("/" + age + ".jpg", 5, READ_AT - age);
        put(cache, KEY, List.of(new PhotoContent(photo, content("v" + age), READ_AT)), 3);
        FoundBottlenecks found = cache.find(KEY, List.of(photo));
        assertThat(found.content(0).isPresent()).as("age %s ms", age).isEqualTo(age > 2_000);
        // The bottleneck itself is kept: it does not depend on the file's time.
        assertThat(cache.findContents(KEY, List.of(content("v" + age))).foundCount()).isEqualTo(1);
      }
    }
  }

  @Test
  void whatWasRememberedOfAPhotoIsForgottenWhenItsNextContentCannotBeTrusted() {
    PhotoContent before = read("/a.jpg");
    PhotoContent sameTime =
        new PhotoContent(
            before.photo(), content("new"), Samples.file(before.photo()).modifiedMillis());
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, List.of(before), 3);
      cache.remember(List.of(sameTime));
      assertThat(cache.find(KEY, photos(List.of(before))).content(0)).isEmpty();
    }
  }

  @Test
  void pathsOfAnyLettersAreToldApart() {
    List<PhotoContent> read = new ArrayList<>();
    for (String name :
        List.of("\"", "\\", "\\\"", "a\nb", "\t", "'", "ä", "a\u0308", "猫🐈", "%41", "\u007f")) {
      read.add(read("/photos/" + name + ".jpg"));
    }
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, read, 3);
      FoundBottlenecks found = cache.find(KEY, photos(read));
      for (int i = 0; i < read.size(); i++) {
        assertThat(row(found, i))
            .as(read.get(i).photo().name())
            .containsExactly(bottleneck(KEY, read.get(i).content(), 3));
      }
    }
  }

  @Test
  void aNameThatIsNotTextIsNotRememberedBecauseTwoSuchNamesReadTheSame() {
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, List.of(read("/photos/\uFFFD.jpg")), 3);
      FoundBottlenecks found = cache.find(KEY, List.of(photo("/photos/\uFFFD.jpg")));
      assertThat(found.content(0)).isEmpty();
      assertThat(found.damaged()).isZero();
      assertThat(cache.findContents(KEY, List.of(content("/photos/\uFFFD.jpg"))).foundCount())
          .isEqualTo(1);
    }
  }

  @Test
  void aPhotoIsTheSameWhetherItsPathIsRelativeOrNot() {
    Photo relative = photo("./photos/a.jpg");
    Photo absolute =
        new Photo(
            new PhotoFile(
                Path.of("photos/a.jpg").toAbsolutePath(),
                Samples.file(relative).size(),
                Samples.file(relative).modifiedMillis()),
            "a.jpg",
            0);
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, List.of(new PhotoContent(relative, content("a"), READ_AT)), 3);
      assertThat(cache.find(KEY, List.of(absolute)).hasBottleneck(0)).isTrue();
    }
  }

  @Test
  void theFolderMayHaveAnyNameAndIsMadeWithItsParents() {
    Path odd = folder.resolve("a b?c#d%41&e;f'g").resolve("ü").resolve(":memory:");
    try (BottleneckCache cache = BottleneckCache.open(odd)) {
      put(cache, KEY, List.of(read("/a.jpg")), 3);
    }
    assertThat(odd.resolve("bottlenecks.db")).isRegularFile();
    try (BottleneckCache cache = BottleneckCache.open(odd)) {
      assertThat(cache.find(KEY, List.of(photo("/a.jpg"))).foundCount()).isEqualTo(1);
    }
  }

  @Test
  void aLinkToAFolderIsAFolder() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    BottleneckCache.open(link).close();
    assertThat(real.resolve("bottlenecks.db")).isRegularFile();
  }

  @Test
  void aClosedCacheLeavesOneFile() throws IOException {
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, read(0, 3), 3);
    }
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("bottlenecks.db"));
    }
  }

  @Test
  void usingAClosedCacheIsAMistake() {
    BottleneckCache cache = BottleneckCache.open(folder);
    cache.close();
    cache.close();
    assertThatThrownBy(() -> cache.find(KEY, List.of())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void bottlenecksOfAnotherLengthThanTheKeysAreAMistakeAndChangeNothing() {
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, read(0, 1), 3);
      assertThatThrownBy(() -> put(cache, KEY, read(1, 2), 4))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("bottlenecks of 4 floats for a key whose have 3");
      assertThat(cache.find(KEY, photos(read(1, 2))).content(0)).isEmpty();
      assertThatThrownBy(() -> cache.put(KEY, read(0, 2), Bottlenecks.of(new float[1][3])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("2 photos, but bottlenecks [1, 3]");
      put(cache, KEY, read(1, 2), 3);
      assertThat(cache.find(KEY, photos(read(0, 2))).foundCount()).isEqualTo(2);
    }
  }

  @Test
  void aBottleneckHasFromOneFloatToAMillion() {
    BottleneckKey shortest = key("short");
    BottleneckKey longest = key("long");
    int most = 1 << 20;
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, shortest, read(0, 1), 1);
      put(cache, longest, read(0, 1), most);
      assertThatThrownBy(() -> put(cache, key("longer"), read(0, 1), most + 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a bottleneck has at most 1048576 floats, this one 1048577");
    }
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      ContentHash content = read(0, 1).get(0).content();
      assertThat(row(cache.find(shortest, photos(read(0, 1))), 0))
          .containsExactly(bottleneck(shortest, content, 1));
      assertThat(row(cache.find(longest, photos(read(0, 1))), 0))
          .isEqualTo(bottleneck(longest, content, most));
      assertThat(cache.knows(key("longer"))).isFalse();
    }
  }

  @Test
  void aFileThatIsNotADatabaseIsLeftAsItWas() throws IOException {
    for (int length : new int[] {1, 15, 100, 5000}) {
      Path file = folder.resolve("bottlenecks.db");
      Files.writeString(file, "holiday ".repeat(1000).substring(0, length));
      assertThatThrownBy(() -> BottleneckCache.open(folder))
          .isInstanceOfSatisfying(
              PupilException.class,
              e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_INPUT))
          .hasMessage(
              file
                  + " is not a cache of bottlenecks: move it away or give another"
                  + " bottleneckDir");
      assertThat(file).hasContent("holiday ".repeat(1000).substring(0, length));
    }
  }

  @Test
  void anotherProgramsDatabaseIsLeftAsItWas() throws Exception {
    Path file = folder.resolve("bottlenecks.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE photo (favourite TEXT)");
    }
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> BottleneckCache.open(folder))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith(file + " is another program's database")
        .hasMessageContaining("bottleneckDir");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aCacheOfANewerPupilIsLeftAsItWas() throws Exception {
    BottleneckCache.open(folder).close();
    Path file = folder.resolve("bottlenecks.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 2");
    }
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> BottleneckCache.open(folder))
        .isInstanceOf(PupilException.class)
        .hasMessage(
            file
                + " was written by another version of Pupil (format 2, this one reads 1):"
                + " use that version or give another bottleneckDir");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void anEmptyFileIsANewCache() throws IOException {
    Files.createFile(folder.resolve("bottlenecks.db"));
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, read(0, 1), 3);
      assertThat(cache.find(KEY, photos(read(0, 1))).foundCount()).isEqualTo(1);
    }
  }

  @Test
  void aFileInPlaceOfTheFolderIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("bottlenecks"), "text");
    for (Path notAFolder : List.of(file, file.resolve("below"))) {
      assertThatThrownBy(() -> BottleneckCache.open(notAFolder))
          .isInstanceOfSatisfying(
              PupilException.class,
              e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.UNAVAILABLE))
          .hasMessageContaining(notAFolder.toString())
          .hasMessageEndingWith("give another bottleneckDir");
    }
    assertThat(file).hasContent("text");
  }

  @Test
  void aFolderInPlaceOfTheFileIsAnError() throws IOException {
    Files.createDirectory(folder.resolve("bottlenecks.db"));
    assertThatThrownBy(() -> BottleneckCache.open(folder))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void aFolderThatCannotBeWrittenIsAnError() throws IOException {
    BottleneckCache.open(folder.resolve("old")).close();
    Path locked = Files.createDirectory(folder.resolve("locked"));
    for (Path readOnly : List.of(locked, folder.resolve("old"))) {
      Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
      try {
        assumeFalse(Files.isWritable(readOnly), "this user may write everywhere");
        assertThatThrownBy(() -> BottleneckCache.open(readOnly))
            .isInstanceOfSatisfying(
                PupilException.class,
                e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.UNAVAILABLE))
            .hasMessage(
                readOnly.resolve("bottlenecks.db")
                    + " cannot be written: make it and its folder writable or give another"
                    + " bottleneckDir");
      } finally {
        Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  @Test
  void aFullDiskKeepsWhatWasPutBefore() throws SQLException {
    int put = 0;
    BottleneckCacheFolder opened = new BottleneckCacheFolder(folder);
    try (BottleneckCacheFile file = opened.open();
        BottleneckCache cache = new BottleneckCache(opened)) {
      file.execute("PRAGMA max_page_count = 60");
      PupilException full = null;
      while (full == null) {
        try {
          put(cache, KEY, read(put, put + 8), 500);
          put += 8;
        } catch (PupilException e) {
          full = e;
        }
      }
      assertThat(full.kind()).isEqualTo(PupilException.Kind.UNAVAILABLE);
      assertThat(full)
          .hasMessage(
              "no space left for "
                  + folder.resolve("bottlenecks.db")
                  + ": free some and run again (what is in it stays), or give another"
                  + " bottleneckDir");
      assertThat(put).isPositive();
      FoundBottlenecks found = cache.find(KEY, photos(read(0, put + 8)));
      assertThat(found.foundCount()).isEqualTo(put);

      file.execute("PRAGMA max_page_count = 1000");
      put(cache, KEY, read(put, put + 8), 500);
    }
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThat(cache.find(KEY, photos(read(0, put + 8))).foundCount()).isEqualTo(put + 8);
    }
  }

  @Test
  void aLockThatAnotherProgramKeepsIsAnErrorInTheEnd() throws SQLException {
    BottleneckCacheFolder opened = new BottleneckCacheFolder(folder);
    try (BottleneckCacheFile file = opened.open();
        BottleneckCache cache = new BottleneckCache(opened);
        BottleneckCacheFile other = BottleneckCacheFile.open(folder)) {
      put(cache, KEY, read(0, 1), 3);
      file.execute("PRAGMA busy_timeout = 1");
      other.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> put(cache, KEY, read(1, 2), 3))
          .isInstanceOfSatisfying(
              PupilException.class,
              e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.UNAVAILABLE))
          .hasMessageStartingWith(folder.resolve("bottlenecks.db") + " is locked by another")
          .hasMessageEndingWith("give another bottleneckDir");
      // Reading does not wait for who writes.
      assertThat(cache.find(KEY, photos(read(0, 2))).foundCount()).isEqualTo(1);
      other.execute("ROLLBACK");
      put(cache, KEY, read(1, 2), 3);
      assertThat(cache.find(KEY, photos(read(0, 2))).foundCount()).isEqualTo(2);
    }
  }

  @Test
  void openingWaitsForWhoWritesTheFileInItsOldMode() throws Exception {
    BottleneckCache.open(folder).close();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (var writer =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bottlenecks.db"));
        var statement = writer.createStatement()) {
      statement.execute("PRAGMA journal_mode = DELETE");
      statement.execute("BEGIN IMMEDIATE");
      Future<BottleneckCache> opening = thread.submit(() -> BottleneckCache.open(folder));
      assertThatThrownBy(() -> opening.get(100, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      statement.execute("COMMIT");
      try (BottleneckCache cache = opening.get()) {
        put(cache, KEY, read(0, 1), 3);
      }
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void severalThreadsMayOpenANewCacheAndPutIntoItAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 5; round++) {
        Path fresh = folder.resolve("round" + round);
        List<Future<?>> ends = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
          int from = thread * 10;
          ends.add(
              threads.submit(
                  () -> {
                    try (BottleneckCache cache = BottleneckCache.open(fresh)) {
                      put(cache, KEY, read(from, from + 5), 3);
                      put(cache, KEY, read(from + 5, from + 10), 3);
                    }
                  }));
        }
        for (Future<?> end : ends) {
          end.get();
        }
        try (BottleneckCache cache = BottleneckCache.open(fresh)) {
          assertThat(cache.find(KEY, photos(read(0, 80))).foundCount()).isEqualTo(80);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void workerThreadsMayShareOneCache() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int from = i * 8;
        ends.add(threads.submit(() -> put(cache, KEY, read(from, from + 8), 3)));
        ends.add(threads.submit(() -> cache.find(KEY, photos(read(from, from + 8)))));
      }
      for (Future<?> end : ends) {
        end.get();
      }
      FoundBottlenecks found = cache.find(KEY, photos(read(0, 320)));
      assertThat(found.foundCount()).isEqualTo(320);
      assertThat(found.damaged()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theFileIsAsDocumented() throws Exception {
    PhotoContent read = read("/a.jpg");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      cache.put(KEY, List.of(read), Bottlenecks.of(new float[][] {{1.5f, -2f}}));
    }
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bottlenecks.db"));
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                """
                SELECT hex(b.value), p.path, p.size, p.modified_millis, hex(c.sha256), k.floats,
                  b.id, k.id, c.id
                FROM bottleneck_key k, content c, photo p, bottleneck b
                """)) {
      assertThat(result.next()).isTrue();
      assertThat(result.getString(1)).isEqualTo("0000C03F000000C0");
      assertThat(result.getString(2)).isEqualTo("/a.jpg");
      assertThat(result.getLong(3)).isEqualTo(Samples.file(read.photo()).size());
      assertThat(result.getLong(4)).isEqualTo(LONG_AGO);
      assertThat(result.getString(5).toLowerCase(Locale.ROOT))
          .isEqualTo(ContentHash.of("/a.jpg".getBytes(StandardCharsets.UTF_8)).toString());
      assertThat(result.getInt(6)).isEqualTo(2);
      assertThat(result.getLong(7)).isEqualTo((result.getLong(8) << 32) + result.getLong(9));
      assertThat(result.next()).isFalse();
    }
  }

  // --- thumbnails

  private void execute(String sql) throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bottlenecks.db"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void thumbnailsAreFoundByContentAndADamagedOneIsAbsent() throws Exception {
    List<PhotoContent> read = List.of(read("/a"), read("/b"), read("/c"));
    Bottlenecks rows = bottlenecks(KEY, read, 3);
    List<ContentHash> contents = read.stream().map(PhotoContent::content).toList();
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      cache.put(KEY, read, rows, List.of(new byte[] {1}, new byte[] {2, 2}, new byte[] {3}));
      cache.put(KEY, read.subList(2, 3), rows.only(new int[] {2}), List.of(new byte[] {4}));
      cache.put(KEY, read, rows);
    }
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThat(cache.thumbnails(List.of(content("/c"), content("none"), content("/b"))))
          .containsExactly(new byte[] {4}, new byte[0], new byte[] {2, 2});
    }
    execute("UPDATE thumbnail SET value = x'0203' WHERE length(value) = 2");
    execute("UPDATE thumbnail SET value = zeroblob(9000000) WHERE value = x'04'");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThat(cache.thumbnails(contents))
          .containsExactly(new byte[] {1}, new byte[0], new byte[0]);
      assertThatThrownBy(() -> cache.put(KEY, read, rows, List.of(new byte[] {1})))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Unlike a damaged table of thumbnails, which is done without. */
  @Test
  void aDiskThatIsFullWhenThumbnailsAreWrittenIsAnErrorAndTheyAreWrittenOnceThereIsRoom()
      throws SQLException {
    List<PhotoContent> read = read(0, 2);
    Bottlenecks rows = bottlenecks(KEY, read, 3);
    List<byte[]> thumbnails = List.of(new byte[60_000], new byte[60_001]);
    BottleneckCacheFolder opened = new BottleneckCacheFolder(folder);
    try (BottleneckCacheFile file = opened.open();
        BottleneckCache cache = new BottleneckCache(opened)) {
      file.execute("PRAGMA max_page_count = 20");
      assertThatThrownBy(() -> cache.put(KEY, read, rows, thumbnails))
          .isInstanceOf(PupilException.class)
          .hasMessageStartingWith("no space left for ");
      assertThat(cache.find(KEY, photos(read)).foundCount()).isZero();

      file.execute("PRAGMA max_page_count = 1000");
      cache.put(KEY, read, rows, thumbnails);
      assertThat(cache.find(KEY, photos(read)).foundCount()).isEqualTo(2);
      assertThat(cache.thumbnails(read.stream().map(PhotoContent::content).toList()))
          .containsExactlyElementsOf(thumbnails);
    }
  }

  @Test
  void aFileFromBeforeThumbnailsGetsTheirTablesAndKeepsItsBottlenecks() throws Exception {
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, read(0, 2), 3);
    }
    execute("DROP TABLE thumbnail");
    execute("DROP TABLE perceptual_hash");
    execute("DROP TABLE near_duplicates");
    List<ContentHash> contents = List.of(read(0, 1).get(0).content());
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThat(cache.find(KEY, photos(read(0, 2))).foundCount()).isEqualTo(2);
      assertThat(cache.thumbnails(contents)).containsExactly(new byte[0]);
      assertThat(cache.hashes(contents)).containsExactly(new byte[0]);
      cache.putHashes(contents, List.of(new byte[] {7}));
      assertThat(cache.hashes(contents)).containsExactly(new byte[] {7});
      assertThat(cache.nearDuplicates(contents.get(0))).isEmpty();
    }
  }

  @Test
  void ofNearDuplicatesTheNewestAreKeptAndNoneThatIsVeryLong() throws Exception {
    try (BottleneckCache cache = BottleneckCache.openWhenNeeded(folder)) {
      assertThat(cache.nearDuplicates(content("0"))).isEmpty();
      for (int i = 0; i <= BottleneckCacheDerived.MOST; i++) {
        cache.putNearDuplicates(content("" + i), new byte[] {(byte) i});
      }
      assertThat(cache.nearDuplicates(content("0"))).isEmpty();
      assertThat(cache.nearDuplicates(content("1"))).contains(new byte[] {1});

      cache.putNearDuplicates(content("1"), new byte[] {10, 10});
      cache.putNearDuplicates(content("a"), new byte[BottleneckCacheDerived.MOST_BYTES + 1]);
      cache.putNearDuplicates(content("b"), new byte[BottleneckCacheDerived.MOST_BYTES]);
      assertThat(cache.nearDuplicates(content("1"))).contains(new byte[] {10, 10});
      assertThat(cache.nearDuplicates(content("2"))).isEmpty();
      assertThat(cache.nearDuplicates(content("3"))).contains(new byte[] {3});
      assertThat(cache.nearDuplicates(content("a"))).isEmpty();
      assertThat(cache.nearDuplicates(content("b"))).isPresent();
    }
    // Under the digest of another it would be another's near-duplicates.
    execute("UPDATE near_duplicates SET digest = x'" + content("0") + "' WHERE id = 4");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThat(cache.nearDuplicates(content("0"))).isEmpty();
    }
  }

  @Test
  void hashesAreKeptUntilAThumbnailIsReplacedAndADamagedOneIsAbsent() throws Exception {
    List<PhotoContent> read = List.of(read("/a"), read("/b"), read("/c"));
    Bottlenecks rows = bottlenecks(KEY, read, 3);
    List<ContentHash> contents = read.stream().map(PhotoContent::content).toList();
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      cache.put(KEY, read, rows, List.of(new byte[] {1}, new byte[] {2}, new byte[] {3}));
      cache.putHashes(
          List.of(content("/c"), content("/a"), content("/b"), content("none")),
          List.of(new byte[] {6}, new byte[] {4}, new byte[] {5, 5}, new byte[] {7}));
      cache.put(KEY, read.subList(0, 2), rows.only(new int[] {0, 1}));
    }
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThat(cache.hashes(List.of(content("/b"), content("none"), content("/b"))))
          .containsExactly(new byte[] {5, 5}, new byte[0], new byte[] {5, 5});
      cache.put(KEY, read.subList(2, 3), rows.only(new int[] {2}), List.of(new byte[] {3}));
      assertThat(cache.hashes(contents))
          .containsExactly(new byte[] {4}, new byte[] {5, 5}, new byte[0]);
    }
    execute("UPDATE perceptual_hash SET value = x'0506' WHERE length(value) = 2");
    execute("UPDATE perceptual_hash SET value = zeroblob(9000000) WHERE value = x'04'");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThat(cache.hashes(contents)).containsExactly(new byte[0], new byte[0], new byte[0]);
    }
  }
}
