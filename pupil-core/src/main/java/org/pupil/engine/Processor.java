package org.pupil.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What the processor can do, as Linux tells it; of others nothing is known. */
final class Processor {
  private static final Path LINUX_TELLS_IT = Path.of("/proc/cpuinfo");

  /** As Linux names the instructions that multiply numbers of bfloat16. */
  private static final List<String> BFLOAT16 = List.of("amx_bf16", "avx512_bf16");

  private Processor() {}

  /** Whether it multiplies numbers of bfloat16 in hardware; false if nobody can tell. */
  static boolean multipliesBfloat16() {
    return multipliesBfloat16(LINUX_TELLS_IT);
  }

  static boolean multipliesBfloat16(Path cpuInfo) {
    try (Stream<String> lines = Files.lines(cpuInfo)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .flatMap(line -> Arrays.stream(line.substring(line.indexOf(':') + 1).split(" ")))
          .anyMatch(BFLOAT16::contains);
    } catch (IOException e) {
      return false; // not Linux: the slower way is right everywhere
    }
  }
}
