package org.pupil.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array of whole numbers in a file: IDX, as MNIST has it, or NumPy's {@code .npy}.
 *
 * @param file where it is
 * @param shape its sizes, the first one first
 * @param bytes of each number: 1, 2, 4 or 8
 * @param order of these
 * @param start where the numbers begin in the file
 */
record NumberArray(SourceFile file, List<Integer> shape, int bytes, ByteOrder order, long start) {
  private static final int LONGEST_HEADER = 4096;
  private static final String NPY = "\u0093NUMPY";
  private static final Pattern NPY_HEADER =
      Pattern.compile(
          "'descr':\\s*'([<>|=])([ui])([1248])'.*'fortran_order':\\s*False.*'shape':\\s*\\(([0-9, ]*)\\)");
  private static final int MOST_LABELS = 100_000_000;

  NumberArray {
    shape = List.copyOf(shape);
  }

  /** The array that a file holds; empty if it holds none of these kinds. */
  static Optional<NumberArray> of(SourceFile file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file.content())) {
      head = in.readNBytes(LONGEST_HEADER);
    }
    Optional<NumberArray> array = npy(file, head).or(() -> idx(file, head));
    return array.filter(one -> one.start + one.count() * one.bytes == file.size());
  }

  /**
   * Two zeros, the type (8 is unsigned bytes), how many sizes, and the sizes as big-endian ints.
   */
  private static Optional<NumberArray> idx(SourceFile file, byte[] head) {
    if (head.length < 8 || head[0] != 0 || head[1] != 0 || head[2] != 8 || head[3] < 1) {
      return Optional.empty();
    }
    int sizes = head[3];
    int start = 4 + 4 * sizes;
    if (head.length < start) {
      return Optional.empty();
    }
    ByteBuffer ints = ByteBuffer.wrap(head, 4, 4 * sizes);
    Integer[] shape = new Integer[sizes];
    for (int i = 0; i < sizes; i++) {
      shape[i] = ints.getInt();
    }
    return Arrays.stream(shape).anyMatch(size -> size < 1)
        ? Optional.empty()
        : Optional.of(new NumberArray(file, List.of(shape), 1, ByteOrder.BIG_ENDIAN, start));
  }

  private static Optional<NumberArray> npy(SourceFile file, byte[] head) {
    String text = new String(head, ISO_8859_1);
    if (!text.startsWith(NPY) || head.length < 12) {
      return Optional.empty();
    }
    ByteBuffer sizes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int at = head[6] == 1 ? 10 : 12;
    int length = head[6] == 1 ? sizes.getShort(8) & 0xFFFF : sizes.getInt(8);
    if (length < 0 || at + length > head.length) {
      return Optional.empty();
    }
    Matcher header = NPY_HEADER.matcher(text.substring(at, at + length));
    if (!header.find()) {
      return Optional.empty();
    }
    List<Integer> shape =
        Arrays.stream(header.group(4).split(",", -1))
            .map(String::strip)
            .filter(size -> !size.isEmpty() && size.length() < 10)
            .map(Integer::valueOf)
            .toList();
    ByteOrder order = header.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return Optional.of(
        new NumberArray(file, shape, Integer.parseInt(header.group(3)), order, at + length));
  }

  /** How many numbers there are. */
  long count() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }

  /** Whether it may be pictures: [n, height, width], or with 1 or 3 channels behind these. */
  boolean isPictures() {
    return bytes == 1
        && (shape.size() == 3 || (shape.size() == 4 && (shape.get(3) == 1 || shape.get(3) == 3)));
  }

  /** Whether it may be labels: [n] or [n, 1]. */
  boolean isLabels() {
    return (shape.size() == 1 || (shape.size() == 2 && shape.get(1) == 1)) && count() < MOST_LABELS;
  }

  /** All numbers. */
  long[] numbers() throws IOException {
    long[] numbers = new long[(int) count()];
    ByteBuffer all = read(start, numbers.length * bytes).order(order);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (bytes) {
            case 1 -> all.get() & 0xFF;
            case 2 -> all.getShort();
            case 4 -> all.getInt();
            default -> all.getLong();
          };
    }
    return numbers;
  }

  /** The bytes of one picture, [height, width] or [height, width, 3] row by row. */
  byte[] picture(int index) throws IOException {
    int size = (int) (count() / shape.get(0));
    return read(start + (long) index * size, size).array();
  }

  private ByteBuffer read(long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(file.content(), StandardOpenOption.READ)) {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, from + buffer.position()) < 0) {
          throw new IOException(file.path() + " is shorter than its header says");
        }
      }
    }
    return buffer.flip();
  }
}
