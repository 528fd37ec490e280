package org.pupil.bottleneck;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;
import org.pupil.files.CacheFolder;
import org.pupil.files.WholeFile;
import org.pupil.natives.SupportedSystems;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * Loads SQLite's native library once. Its driver would unpack it at each start, among the temporary
 * files; here it is unpacked once into Pupil's own folder, and system properties tell the driver
 * where. Whoever sets one of these has the driver do what they say.
 */
final class SqliteLibrary {
  private static final String PATH_PROPERTY = "org.sqlite.lib.path";
  private static final String NAME_PROPERTY = "org.sqlite.lib.name";
  private static final String TEMPORARY_PROPERTY = "org.sqlite.tmpdir";

  /**
   * The driver clears away temporary libraries of ended processes, and logs a stack trace when
   * another process was faster. What it cannot load it also throws, so nothing is lost by silence.
   * Kept here because a logger that nobody holds forgets its level.
   */
  @SuppressWarnings("UnusedVariable")
  private static final Logger LOADER_LOG = silentLoaderLog();

  /**
   * Why the library does not load, or null. Found out when the class is initialised: once for each
   * process, in whichever thread is first.
   */
  private static final @Nullable String FAILURE = tryToLoad();

  private SqliteLibrary() {}

  private static Logger silentLoaderLog() {
    Logger log = Logger.getLogger("org.sqlite.SQLiteJDBCLoader");
    log.setLevel(Level.OFF);
    return log;
  }

  /**
   * Returns when the library is loaded.
   *
   * @throws PupilException (unavailable) if it cannot be
   */
  static void load() {
    if (FAILURE != null) {
      throw PupilException.unavailable(FAILURE);
    }
  }

  /**
   * The version of SQLite's driver and library: {@code 3.53.4.0}.
   *
   * @throws PupilException (unavailable) if it cannot be loaded
   */
  static String version() {
    load();
    return SQLiteJDBCLoader.getVersion();
  }

  /**
   * Loads the library and what else the first database of a process needs. Returns when that is
   * done, or cannot be: then {@link #load} says so.
   */
  static void begin() {
    if (FAILURE != null) {
      return;
    }
    try (Connection memory = new SQLiteConfig().createConnection("jdbc:sqlite::memory:")) {
      var unused = memory.isValid(0);
    } catch (SQLException e) {
      return; // whoever opens a cache meets the same, and says so
    }
  }

  private static @Nullable String tryToLoad() {
    try {
      String temporary = System.getProperty(TEMPORARY_PROPERTY);
      String library = System.getProperty(PATH_PROPERTY, temporary);
      if (library != null) {
        return tryToLoad(new CacheFolder(Path.of(library)));
      }
      CacheFolder cache = CacheFolder.ofProcess();
      if (ofThisSystem() == null) {
        return SupportedSystems.missing("SQLite", OSInfo.getNativeLibFolderPathForCurrentOS());
      }
      try {
        unpack(cache);
      } catch (PupilException | IOException e) {
        return cache.notLoaded("SQLite", e);
      }
      return tryToLoad(cache);
    } catch (PupilException e) {
      return e.getMessage();
    }
  }

  /** Where the library is among the jars. */
  private static @Nullable URL ofThisSystem() {
    return SQLiteJDBCLoader.class.getResource(
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName());
  }

  private static void unpack(CacheFolder cache) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String inside = LibraryLoaderUtil.getNativeLibResourcePath();
    URL resource = Objects.requireNonNull(ofThisSystem());
    Path folder =
        cache.forNativeLibraries().resolve("sqlite-" + SQLiteJDBCLoader.getVersion() + inside);
    Path file = folder.resolve(name);
    URLConnection connection = resource.openConnection();
    try (InputStream in = connection.getInputStream()) {
      if (!Files.isRegularFile(file) || Files.size(file) != connection.getContentLengthLong()) {
        WholeFile.write(file, in.readAllBytes());
      }
    }
    System.setProperty(PATH_PROPERTY, folder.toString());
    System.setProperty(NAME_PROPERTY, name);
  }

  private static @Nullable String tryToLoad(CacheFolder cache) {
    try {
      SQLiteJDBCLoader.initialize();
      return null;
    } catch (Exception | LinkageError e) {
      return cache.notLoaded("SQLite", e);
    }
  }
}
