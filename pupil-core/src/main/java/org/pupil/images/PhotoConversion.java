package org.pupil.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.pupil.dataset.InstalledConverters;
import org.pupil.dataset.InstalledConverters.Program;
import org.pupil.dataset.PhotoConverter;
import org.pupil.dataset.PhotoConverter.Turning;
import org.pupil.dataset.PhotoFile;
import org.pupil.dataset.PhotoFormat;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.errors.OneLine;
import org.pupil.files.FileTrouble;
import org.pupil.files.ScratchFolder;

/**
 * Has HEIC, AVIF and JPEG XL photos written again by programs of the system, as PNG or TIFF, which
 * {@link Decoders} reads. Each conversion has a folder of its own that is gone afterwards.
 *
 * <p>What a program may do is limited: to a time, and to as many bytes as the picture can have by
 * its header. Safe for use by many threads; so many programs run at a time as there are cores.
 */
final class PhotoConversion {
  /** A photo of 48 million pixels takes ten seconds on an old machine that is idle. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /** So small a part of Java's memory holds the last conversions: 20 large photos in 6 GB. */
  private static final int PART_OF_MEMORY = 32;

  private static final String OUT = "picture";
  private static final String ERRORS = "errors.txt";
  private static final int MOST_OF_ERROR = 200;

  /** Red, green, blue and transparency of two bytes each. */
  private static final int MOST_BYTES_OF_PIXEL = 8;

  /** For headers, and for what a program says. */
  private static final long MORE_BYTES = 1 << 20;

  private final InstalledConverters converters;
  private final Path scratch;
  private final Duration patience;
  private final RecentConversions recent =
      new RecentConversions(Runtime.getRuntime().maxMemory() / PART_OF_MEMORY);
  private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors());

  /**
   * @param converters what may be run
   * @param scratch the folder for temporary files
   * @param patience how long a program may take for a photo
   */
  PhotoConversion(InstalledConverters converters, Path scratch, Duration patience) {
    this.converters = converters;
    this.scratch = scratch;
    this.patience = patience;
  }

  /** The one of this process. */
  static PhotoConversion ofProcess() {
    return OfProcess.CONVERSION;
  }

  private static final class OfProcess {
    static final PhotoConversion CONVERSION =
        new PhotoConversion(
            InstalledConverters.ofProcess(),
            Path.of(System.getProperty("java.io.tmpdir")),
            PATIENCE);
  }

  /**
   * Converts a photo, unless that was done a moment ago. If a converter refuses it, the next one is
   * asked.
   *
   * @param header of the photo, whose format needs a converter
   * @param encoded its whole file
   * @return the same picture in a format that can be decoded
   * @throws UndecodableImageException if there is no converter, or none can read it; the message is
   *     that of the first
   * @throws IllegalStateException if the thread is interrupted; it stays marked as interrupted
   */
  EncodedImage convert(ImageHeader header, byte[] encoded) throws UndecodableImageException {
    String name = RecentConversions.name(encoded);
    Optional<EncodedImage> known = recent.find(name);
    if (known.isPresent()) {
      return known.get();
    }
    EncodedImage image = convertAnew(header, encoded);
    recent.keep(name, image);
    return image;
  }

  private EncodedImage convertAnew(ImageHeader header, byte[] encoded)
      throws UndecodableImageException {
    List<Program> programs = new ArrayList<>(converters.reading(header.format()));
    if (programs.isEmpty()) {
      throw new UndecodableImageException(
          "%s is not read here: %s"
              .formatted(header.format().inWords(), converters.advice(header.format())));
    }
    if (header.format() == PhotoFormat.AVIF && HeifHeader.isTransformed(encoded)) {
      programs.removeIf(program -> program.converter().turning() == Turning.NOT_RELIABLE);
      if (programs.isEmpty()) {
        throw new UndecodableImageException(
            "avifdec does not turn this photo upright: " + converters.advice(header.format()));
      }
    }
    Optional<String> refusal = Optional.empty();
    for (Program program : programs) {
      try {
        return convert(program, header, encoded);
      } catch (Refusal e) {
        refusal = refusal.or(() -> Optional.of(e.getMessage()));
      }
    }
    throw new UndecodableImageException(refusal.orElseThrow());
  }

  /** That one program cannot read a photo, which another may. */
  private static final class Refusal extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    Refusal(Program program, String what) {
      super(program.converter().program() + " " + what);
    }
  }

  private EncodedImage convert(Program program, ImageHeader header, byte[] encoded)
      throws Refusal, UndecodableImageException {
    try {
      cores.acquire();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try (ScratchFolder folder = ScratchFolder.make(scratch, "pupil-photo-")) {
      Path in = folder.path().resolve(PhotoConverter.inputName(header.format()));
      Files.write(in, encoded);
      run(program, header, folder.path(), encoded.length + mostBytes(header));
      return read(program, header, folder.path());
    } catch (UndecodableImageException e) {
      throw e;
    } catch (IOException e) {
      throw new UndecodableImageException(
          "cannot convert it in " + scratch + ": " + FileTrouble.reason(e), e);
    } finally {
      cores.release();
    }
  }

  private static long mostBytes(ImageHeader header) {
    return (long) MOST_BYTES_OF_PIXEL * header.width() * header.height() + MORE_BYTES;
  }

  private static IllegalStateException interrupted() {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while converting a photo");
  }

  private void run(Program program, ImageHeader header, Path folder, long mostBytes)
      throws Refusal, IOException {
    PhotoConverter converter = program.converter();
    List<String> command = new ArrayList<>(List.of(program.file().toString()));
    command.addAll(converter.arguments(header.format(), OUT + "." + converter.outputExtension()));
    ConverterProcess process;
    try {
      process = ConverterProcess.start(command, folder, folder.resolve(ERRORS));
    } catch (IOException e) {
      throw new Refusal(program, "cannot be run: " + OneLine.of(String.valueOf(e.getMessage())));
    }
    int status;
    try (process) {
      status = process.await(patience, mostBytes);
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ConverterProcess.OverLimit e) {
      throw new Refusal(program, e.getMessage());
    }
    if (status != 0) {
      throw new Refusal(
          program,
          firstError(folder.resolve(ERRORS))
              .map(error -> "cannot read it: " + error)
              .orElse("cannot read it (it ended with status " + status + ")"));
    }
  }

  /** The first line that a program wrote to its stream for errors. */
  private static Optional<String> firstError(Path errors) throws IOException {
    byte[] beginning;
    try (InputStream in = Files.newInputStream(errors)) {
      beginning = in.readNBytes(4 * MOST_OF_ERROR);
    }
    return new String(beginning, StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .map(line -> line.substring(0, Math.min(line.length(), MOST_OF_ERROR)))
        .map(OneLine::of);
  }

  private static EncodedImage read(Program program, ImageHeader header, Path folder)
      throws Refusal, IOException {
    byte[] picture =
        PhotoFile.of(
                written(folder, program.converter().outputExtension())
                    .orElseThrow(() -> new Refusal(program, "wrote no picture")))
            .read();
    ImageHeader read;
    try {
      read = ImageHeader.read(picture);
    } catch (UndecodableImageException e) {
      throw new Refusal(program, "wrote a picture that cannot be read: " + e.getMessage());
    }
    if (read.format().needsConverter()) {
      throw new Refusal(program, "wrote " + read.format().inWords() + " again");
    }
    boolean turned =
        program.converter().turning() == Turning.NOTED_IN_FILE && read.isUprightAs(header);
    return new EncodedImage(turned ? read : read.upright(), picture);
  }

  /** Of a file with several pictures some programs write each, with a number in its name. */
  private static Optional<Path> written(Path folder, String extension) throws IOException {
    Path expected = folder.resolve(OUT + "." + extension);
    if (Files.isRegularFile(expected)) {
      return Optional.of(expected);
    }
    List<Path> numbered = new ArrayList<>();
    try (DirectoryStream<Path> pictures =
        Files.newDirectoryStream(folder, OUT + "-*." + extension)) {
      pictures.forEach(numbered::add);
    }
    return numbered.stream().min(Path::compareTo);
  }
}
