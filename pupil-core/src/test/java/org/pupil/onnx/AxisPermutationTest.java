package org.pupil.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisPermutationTest {
  /**
   * Some fit into one block, some take several, and of the last a single row is larger than one.
   */
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "1, 0",
    "0 3, 1 0",
    "3 0, 1 0",
    "7, 0",
    "2 3, 0 1",
    "2 3, 1 0",
    "1 1 1 5, 3 2 0 1",
    "3 3 2 4, 3 2 0 1",
    "3 3 8 1, 2 3 0 1",
    "2 3 4 5, 0 3 1 2",
    "2 3 4 5, 0 2 3 1",
    "2 3 4 5, 1 0 3 2",
    "2 1 3 2 5, 4 0 2 1 3",
    "1 1 300 500, 3 2 0 1",
    "300 500, 0 1",
    "7 300 100, 1 0 2",
    "7 300 100, 2 1 0",
    "3 3 128 600, 3 2 0 1",
  })
  void eachNumberComesToThePlaceThatTheOrderGivesIt(String lengths, String axes) {
    Shape shape = new Shape(IntStream.of(numbers(lengths)).asLongStream().toArray());
    int[] order = numbers(axes);
    FloatBuffer from = FloatBuffer.allocate(shape.elements());
    for (int i = 0; i < from.capacity(); i++) {
      from.put(i, i);
    }
    FloatBuffer to =
        ByteBuffer.allocateDirect(from.capacity() * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();

    new AxisPermutation(shape, order).copy(from, to);

    float[] moved = new float[to.capacity()];
    to.get(0, moved);
    assertThat(moved).isEqualTo(expected(shape, order));
  }

  /** Goes through the result number by number. */
  private static float[] expected(Shape shape, int... order) {
    float[] expected = new float[shape.elements()];
    for (int i = 0; i < expected.length; i++) {
      int rest = i;
      int[] place = new int[order.length];
      for (int axis = order.length - 1; axis >= 0; axis--) {
        int length = (int) shape.length(order[axis]);
        place[order[axis]] = rest % length;
        rest /= length;
      }
      int at = 0;
      for (int axis = 0; axis < place.length; axis++) {
        at = at * (int) shape.length(axis) + place[axis];
      }
      expected[i] = at;
    }
    return expected;
  }

  private static int[] numbers(String text) {
    return Pattern.compile(" ")
        .splitAsStream(text)
        .filter(number -> !number.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }
}
