package org.pupil.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.errors.PupilException;

/** Tables of files and labels, good ones and bad ones. */
class DatasetTableTest {
  @TempDir Path work;

  @BeforeEach
  void photos() throws IOException {
    Files.createDirectories(work.resolve("img"));
    for (String name : List.of("a.jpg", "b.jpg", "c.jpg", "img/d.jpg", "with, comma.jpg")) {
      Files.writeString(work.resolve(name), "photo " + name);
    }
  }

  private Dataset open(String name, String... lines) throws IOException {
    Path table = work.resolve(name);
    Files.write(table, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    return new DatasetTable(table).open();
  }

  private static List<String> names(Dataset dataset) {
    return dataset.photos().stream().map(Photo::name).toList();
  }

  private static List<String> problems(Dataset dataset) {
    return dataset.problems().stream()
        .filter(problem -> problem.kind() != Problem.Kind.FEW_PHOTOS)
        .map(problem -> problem.message().toString())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file,label\na.jpg,cat\nimg/d.jpg,dog",
        "\ufefffile,label\r\na.jpg,cat\r\nimg/d.jpg,dog\r\n",
        "Image_Path;Species\na.jpg;cat\nimg\\d.jpg;dog",
        "file\tlabel\na.jpg\tcat\nimg/d.jpg\tdog",
        "label|filename\ncat|a.jpg\ndog|img/d.jpg",
        "a.jpg,cat\nimg/d.jpg,dog",
        "cat,a.jpg\ndog,img/d.jpg",
        "\"file\",\"label\"\n\"a.jpg\",\"cat\"\n\"img/d.jpg\",\"dog\"\n\n",
        "id,breed\na,cat\nimg/d,dog",
        "file , label \n a.jpg , cat\n img/d.jpg , dog"
      })
  void separatorsQuotesMarksAndNamesOfColumns(String table) throws IOException {
    Dataset dataset = open("t.csv", table);

    assertThat(dataset.labels().names()).containsExactly("cat", "dog");
    assertThat(dataset.photos()).hasSize(2);
    assertThat(dataset.photos().get(1).source().name())
        .isEqualTo(work.resolve("img/d.jpg").toString());
    assertThat(problems(dataset)).isEmpty();
  }

  @Test
  void jsonLinesAndQuotedCommas() throws IOException {
    assertThat(
            names(
                open(
                    "t.jsonl",
                    "{\"file\": \"a.jpg\", \"label\": \"cat\"}",
                    "",
                    "{\"label\": \"dog\", \"file\": \"with, comma.jpg\"}")))
        .containsExactly("cat/a.jpg", "dog/with, comma.jpg");
    assertThat(names(open("t.csv", "file,label", "a.jpg,cat", "\"with, comma.jpg\",dog")))
        .containsExactly("cat/a.jpg", "dog/with, comma.jpg");
    assertThatThrownBy(() -> open("t.jsonl", "{\"file\": \"a.jpg\", \"label\": \"cat\"}", "{"))
        .hasMessageEndingWith("t.jsonl, line 2 is no JSON object");
  }

  @Test
  void setsAndGroups() throws IOException {
    Dataset dataset =
        open(
            "t.csv",
            "file,label,split,group",
            "a.jpg,cat,train,tom",
            "b.jpg,cat,test,",
            "c.jpg,dog,Validation,rex",
            "img/d.jpg,dog,,rex");

    assertThat(dataset.photos())
        .extracting(Photo::set)
        .containsExactly(
            Optional.of(SplitSet.TRAINING),
            Optional.of(SplitSet.TESTING),
            Optional.of(SplitSet.VALIDATION),
            Optional.empty());
    assertThat(dataset.photos())
        .extracting(Photo::group)
        .containsExactly("group tom", "cat/b.jpg", "group rex", "group rex");
    assertThatThrownBy(() -> open("t.csv", "file,label,set", "a.jpg,cat,blue"))
        .hasMessageEndingWith("line 2: the set must be train, val or test, was blue");
  }

  @Test
  void aGroupStaysOnOneSide() throws IOException {
    String[] lines = new String[101];
    lines[0] = "file,label,group";
    for (int i = 0; i < 100; i++) {
      Files.writeString(work.resolve("p" + i + ".jpg"), "photo " + i);
      lines[i + 1] = "p%d.jpg,%s,plant %d".formatted(i, i % 2 == 0 ? "oak" : "elm", i / 10);
    }
    Split split = open("t.csv", lines).split(SplitSettings.DEFAULT);

    for (int group = 0; group < 10; group++) {
      int number = group;
      long sets =
          IntStream.range(0, 100)
              .filter(i -> split.all().photos().get(i).group().equals("group plant " + number))
              .filter(i -> split.all().photos().get(i).label() == 0)
              .mapToObj(split::setOf)
              .distinct()
              .count();
      assertThat(sets).isEqualTo(1);
    }
  }

  @Test
  void missingFilesAndDoubleRowsAreCounted() throws IOException {
    Dataset dataset =
        open(
            "t.csv",
            "file,label",
            "a.jpg,cat",
            "gone.jpg,cat",
            "c.jpg,dog",
            "a.jpg,cat",
            "no.jpg,dog");

    assertThat(names(dataset)).containsExactly("cat/a.jpg", "dog/c.jpg");
    Path table = work.resolve("t.csv");
    assertThat(problems(dataset))
        .containsExactly(
            table
                + ": left out 2 files not to be found (first line 3: gone.jpg): copy what is missing there, or delete the rows",
            table + ": 1 file named once more (first line 5: a.jpg), which makes no difference");
  }

  @Test
  void whatCannotBeReadIsNamedWithItsLine() {
    refused("none of its 2 files is there", "file,label", "x.jpg,cat", "y.jpg,dog");
    refused(
        "1 row has another label than an earlier one for the same file (first line 3: a.jpg)",
        "file,label",
        "a.jpg,cat",
        "a.jpg,dog");
    refused(
        "2 rows name files outside of its folder (first line 2: ../a.jpg)",
        "file,label",
        "../a.jpg,cat",
        "/etc/passwd,dog");
    refused(
        "1 row names files outside of its folder (first line 2: C:/a.jpg)",
        "file,label",
        "C:\\a.jpg,cat");
    refused(
        "which column has the labels cannot be told (its columns are file, x, y2): call them file and label",
        "file,x,y2",
        "a.jpg,1,2");
    refused("which column has the files cannot be told", "x1,x2,label", "1,2,cat");
    refused("line 3 has no label: complete it or delete it", "file,label", "a.jpg,cat", "b.jpg,");
    refused("has only one label, 'cat': at least two are needed", "file,label", "a.jpg,cat");
    refused("is empty: it must have a row for each photo", "");
    refused("names no photos", "file,label");
    refused("is a quote not closed?", "file,label", "\"a.jpg,cat", "b.jpg,dog".repeat(4_000_000));
  }

  private void refused(String message, String... lines) {
    assertThatThrownBy(() -> open("t.csv", lines))
        .isInstanceOfSatisfying(
            PupilException.class,
            e -> assertThat(e.getMessage()).contains("t.csv", message).doesNotContain("\n"));
  }

  @Test
  void foldersKeepToTheSetsOfATable() throws IOException {
    String[] lines = new String[31];
    lines[0] = "file,label,split";
    for (int i = 0; i < 30; i++) {
      Files.writeString(work.resolve("p" + i + ".jpg"), "photo " + i);
      lines[i + 1] =
          "p%d.jpg,%s,%s".formatted(i, i % 2 == 0 ? "oak" : "elm", i < 20 ? "train" : "test");
    }
    Dataset dataset = open("t.csv", lines);
    Split split = dataset.split(new SplitSettings(SplitRule.FOLDERS, 10, 10, 0));

    assertThat(split.count(SplitSet.TESTING)).isEqualTo(10);
    // No photos come for validation: they are taken from those for training.
    assertThat(split.count(SplitSet.VALIDATION)).isBetween(2, 6);
    assertThat(Arrays.stream(split.indices(SplitSet.TESTING)))
        .allMatch(i -> dataset.photos().get(i).set().equals(Optional.of(SplitSet.TESTING)));
    assertThat(
            dataset
                .split(new SplitSettings(SplitRule.FOLDERS, 10, 0, 0))
                .count(SplitSet.VALIDATION))
        .isZero();
  }

  @Test
  void foldersNeedSets() throws IOException {
    SplitSettings folders = new SplitSettings(SplitRule.FOLDERS, 10, 10, 0);
    Dataset none = open("t.csv", "file,label", "a.jpg,cat", "b.jpg,dog");
    assertThatThrownBy(() -> none.split(folders))
        .hasMessageContaining("splitRule=folders needs photos that are divided already");
    Dataset some = open("t.csv", "file,label,split", "a.jpg,cat,train", "b.jpg,dog,");
    assertThatThrownBy(() -> some.split(folders))
        .hasMessageContaining("1 photo is in none of the sets")
        .hasMessageContaining("b.jpg");
    Dataset noTraining = open("t.csv", "file,label,split", "a.jpg,cat,test", "b.jpg,dog,val");
    assertThatThrownBy(() -> noTraining.split(folders))
        .hasMessageContaining("no photo is for training");
  }

  @Test
  void groupsThatComeDividedAreTold() throws IOException {
    Dataset dataset =
        open(
            "t.csv",
            "file,label,split,group",
            "a.jpg,cat,train,tom",
            "b.jpg,cat,test,tom",
            "c.jpg,dog,train,rex",
            "img/d.jpg,dog,test,max");
    assertThat(dataset.split(new SplitSettings(SplitRule.FOLDERS, 10, 0, 0)).problems())
        .extracting(problem -> problem.message().toString())
        .containsExactly(
            "1 group has photos in more than one set, since the sets are kept as they come: the test looks better than it is; to keep groups together, leave out splitRule=folders");
  }
}
