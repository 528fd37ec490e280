package org.pupil.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the processor is and can do, as Linux tells it; of others nothing is known.
 *
 * @param name what its maker calls it, if that is known
 * @param flags Linux' names for what it can do, such as {@code avx2}; empty if nobody can tell
 */
public record Processor(Optional<String> name, Set<String> flags) {
  private static final Path LINUX_TELLS_IT = Path.of("/proc/cpuinfo");

  /** As Linux names the instructions that multiply numbers of bfloat16. */
  private static final List<String> BFLOAT16 = List.of("amx_bf16", "avx512_bf16");

  /** Linux' names of what makes networks fast, the oldest first, and how people call it. */
  private static final List<Map.Entry<String, String>> NAMES =
      List.of(
          Map.entry("avx", "AVX"),
          Map.entry("avx2", "AVX2"),
          Map.entry("fma", "FMA"),
          Map.entry("avx512f", "AVX-512"),
          Map.entry("avx512_vnni", "AVX-512 VNNI"),
          Map.entry("avx512_bf16", "AVX-512 BF16"),
          Map.entry("amx_bf16", "AMX"),
          Map.entry("asimd", "Neon"),
          Map.entry("bf16", "BF16"),
          Map.entry("i8mm", "I8MM"));

  public Processor {
    flags = Collections.unmodifiableSet(new TreeSet<>(flags));
  }

  /** The processor of this machine. */
  public static Processor ofMachine() {
    return of(LINUX_TELLS_IT);
  }

  /**
   * @param cpuInfo what Linux tells
   */
  static Processor of(Path cpuInfo) {
    try (Stream<String> lines = Files.lines(cpuInfo, StandardCharsets.UTF_8)) {
      return of(lines.toList());
    } catch (IOException | UncheckedIOException e) {
      return new Processor(
          Optional.empty(), Set.of()); // not Linux: the slower way is right everywhere
    }
  }

  private static Processor of(List<String> lines) {
    Set<String> flags = new TreeSet<>();
    values(lines, "flags").forEach(line -> flags.addAll(Arrays.asList(line.split(" ", -1))));
    values(lines, "Features").forEach(line -> flags.addAll(Arrays.asList(line.split(" ", -1))));
    return new Processor(values(lines, "model name").findFirst(), flags);
  }

  private static Stream<String> values(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key) && line.contains(":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip());
  }

  /** Whether it multiplies numbers of bfloat16 in hardware; false if nobody can tell. */
  boolean multipliesBfloat16() {
    return BFLOAT16.stream().anyMatch(flags::contains);
  }

  /**
   * The instruction sets that make networks fast, as people call them: {@code AVX2}. Empty if
   * nobody can tell.
   */
  public List<String> instructionSets() {
    return NAMES.stream()
        .filter(entry -> flags.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
