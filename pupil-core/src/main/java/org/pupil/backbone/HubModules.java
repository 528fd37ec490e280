package org.pupil.backbone;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * From what a person types after {@code --tfhub_module} to a folder or archive on this machine.
 *
 * <p>tfhub.dev is no more. Its modules lie where it used to send its visitors: {@code
 * https://tfhub.dev/google/imagenet/mobilenet_v1_075_160/feature_vector/1} is the file {@code
 * google/imagenet/mobilenet_v1_075_160/feature_vector/1.tar.gz} below the Hub's base address.
 */
final class HubModules {
  private static final List<String> HOSTS = List.of("tfhub.dev", "www.tfhub.dev");

  private HubModules() {}

  /** Checks that a module on this machine is there. */
  static void check(String handle) {
    if (!isAddress(handle)) {
      local(handle);
    }
  }

  private static boolean isAddress(String handle) {
    return handle.startsWith("http://") || handle.startsWith("https://");
  }

  static Path locate(String handle, ModelFolder models, DownloadAddresses addresses) {
    if (!isAddress(handle)) {
      return local(handle);
    }
    URI typed = address(handle);
    String host = typed.getHost() == null ? "" : typed.getHost().toLowerCase(Locale.ROOT);
    String path = trimmed(typed.getPath() == null ? "" : typed.getPath());
    if (HOSTS.contains(host) && path.contains("/")) {
      return models.hubArchive(
          addresses.hubModule(path + ".tar.gz"), path.replace('/', '~') + ".tar.gz");
    }
    if (path.endsWith(".tar.gz") || path.endsWith(".tgz")) {
      return models.hubArchive(typed, host + "~" + path.replace('/', '~'));
    }
    throw PupilException.usage(
        Message.of(
            Setting.TFHUB_MODULE,
            " "
                + handle
                + ": only addresses of tfhub.dev (https://tfhub.dev/PUBLISHER/MODULE/VERSION) and of"
                + " .tar.gz files can be fetched; download it yourself and give its folder"));
  }

  private static URI address(String handle) {
    try {
      return URI.create(handle).normalize();
    } catch (IllegalArgumentException e) {
      throw PupilException.usage(
          Message.of(Setting.TFHUB_MODULE, " " + handle + " is not an address"));
    }
  }

  private static String trimmed(String path) {
    int start = 0;
    int end = path.length();
    while (start < end && path.charAt(start) == '/') {
      start++;
    }
    while (end > start && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(start, end);
  }

  private static Path local(String handle) {
    try {
      Path path = Path.of(handle);
      if (Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw PupilException.usage(Message.of(Setting.TFHUB_MODULE, " " + handle + " is not a path"));
    }
    throw PupilException.badInput(
        Message.of(
            Setting.TFHUB_MODULE,
            " "
                + handle
                + " does not exist; give a folder, a .tar.gz or an address that begins with https://"));
  }
}
