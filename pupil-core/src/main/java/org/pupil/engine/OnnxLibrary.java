package org.pupil.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;
import org.pupil.files.CacheFolder;
import org.pupil.files.WholeFolder;
import org.pupil.natives.SupportedSystems;

/**
 * Loads ONNX Runtime's native library once, with its chatter off.
 *
 * <p>By itself ONNX Runtime unpacks 22 megabytes at every start. Here they are unpacked once, into
 * Pupil's cache folder; a folder that is there is whole.
 */
final class OnnxLibrary {
  /** Where ONNX Runtime looks for its libraries, if it is set. */
  private static final String FOLDER_PROPERTY = "onnxruntime.native.path";

  private static final String RESOURCES = "/ai/onnxruntime/native/";

  /**
   * Changes with the version of the library, so that two versions do not get in each other's way.
   */
  private static final String FOLDER = "onnxruntime-1.23.2-";

  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

  private OnnxLibrary() {}

  /** The environment, or why there is none: found out once, in whichever thread is first. */
  private static final class Loaded {
    static final @Nullable OrtEnvironment ENVIRONMENT;
    static final @Nullable String FAILURE;

    static {
      OrtEnvironment environment = null;
      String failure = null;
      try {
        environment = load();
      } catch (PupilException e) {
        failure = e.getMessage();
      }
      ENVIRONMENT = environment;
      FAILURE = failure;
    }
  }

  /**
   * What all sessions of the process share.
   *
   * @throws PupilException (unavailable) if the library cannot be loaded
   */
  static OrtEnvironment environment() {
    if (Loaded.ENVIRONMENT == null) {
      throw PupilException.unavailable(String.valueOf(Loaded.FAILURE));
    }
    return Loaded.ENVIRONMENT;
  }

  private static OrtEnvironment load() {
    CacheFolder cache = CacheFolder.ofProcess();
    if (System.getProperty(FOLDER_PROPERTY) == null) {
      System.setProperty(FOLDER_PROPERTY, unpacked(cache).toString());
    }
    checkTemporaryFolder();
    try {
      return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "pupil");
    } catch (LinkageError | RuntimeException e) {
      throw PupilException.unavailable(cache.notLoaded("ONNX Runtime", e), e);
    }
  }

  /** ONNX Runtime makes an empty temporary folder even if there is nothing to unpack. */
  private static void checkTemporaryFolder() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", ""));
    if (!Files.isWritable(temporary)) {
      throw PupilException.unavailable(
          "ONNX Runtime needs a folder for temporary files, and "
              + temporary
              + " cannot be written: start Java with -Djava.io.tmpdir=FOLDER");
    }
  }

  private static Path unpacked(CacheFolder cache) {
    String platform = OnnxPlatform.ofProcess().folder();
    Path folder = cache.forNativeLibraries().resolve(FOLDER + platform);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    try {
      WholeFolder.write(folder, libraries(platform));
      return folder;
    } catch (IOException e) {
      throw cache.cannotWrite(e);
    } catch (PupilException e) {
      if (Files.isDirectory(folder)) {
        return folder; // another process was faster; Windows lets nobody replace what it has loaded
      }
      throw e.getCause() instanceof IOException cause ? cache.cannotWrite(cause) : e;
    }
  }

  private static Map<String, byte[]> libraries(String platform) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String library : LIBRARIES) {
      String name = System.mapLibraryName(library);
      try (InputStream in =
          OrtEnvironment.class.getResourceAsStream(RESOURCES + platform + "/" + name)) {
        if (in == null) {
          throw PupilException.unavailable(SupportedSystems.missing("ONNX Runtime", platform));
        }
        files.put(name, in.readAllBytes());
      }
    }
    return files;
  }
}
