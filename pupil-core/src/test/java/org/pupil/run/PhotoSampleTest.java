package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;

class PhotoSampleTest {
  private static Dataset photos(int... counts) {
    List<Photo> photos = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      for (int i = 0; i < counts[label]; i++) {
        String name = label + "/" + i + ".jpg";
        photos.add(new Photo(PhotoSource.bytes(name, new byte[1]), name, label));
      }
    }
    List<String> names = IntStream.range(0, counts.length).mapToObj(i -> "label " + i).toList();
    return new Dataset(new Labels(names), photos, List.of(), "");
  }

  @Test
  void fewPhotosAreAllTaken() {
    assertThat(PhotoSample.of(photos(3, 2), 5)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void ofManyPhotosEveryLabelHasTheSameNumberOrAll() {
    Dataset photos = photos(500, 3, 40);
    int[] places = PhotoSample.of(photos, 63);
    int[] byLabel = new int[3];
    Arrays.stream(places).forEach(i -> byLabel[photos.photos().get(i).label()]++);

    assertThat(byLabel).containsExactly(30, 3, 30);
    assertThat(places).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void theSameNamesAreDrawnWhenOthersAreAdded() {
    List<String> few =
        Arrays.stream(PhotoSample.of(photos(100), 20))
            .mapToObj(i -> photos(100).photos().get(i).name())
            .toList();
    Dataset more = photos(110);
    List<String> many =
        Arrays.stream(PhotoSample.of(more, 20)).mapToObj(i -> more.photos().get(i).name()).toList();
    assertThat(many).filteredOn(few::contains).hasSizeGreaterThan(13);
  }

  @Test
  void sharesNeverExceedWhatThereIs() {
    assertThat(PhotoSample.shares(new int[] {0, 7, 1}, 5)).containsExactly(0, 4, 1);
    assertThat(PhotoSample.shares(new int[] {2, 2}, 100)).containsExactly(2, 2);
    assertThat(PhotoSample.shares(new int[] {9, 9, 9}, 2)).containsExactly(0, 1, 1);
  }
}
