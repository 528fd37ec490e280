package org.pupil.backbone.fetch;

import java.net.URI;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * Where backbones are downloaded from.
 *
 * @param models base address of Google's archives; {@code
 *     mobilenet_v1_2018_08_02/mobilenet_v1_0.5_224.tgz} and the like are below it
 * @param hub base address of the Hub modules; {@code
 *     google/imagenet/mobilenet_v1_075_160/feature_vector/1.tar.gz} and the like are below it
 */
public record DownloadAddresses(URI models, URI hub) {
  public DownloadAddresses {
    models = folder(models);
    hub = folder(hub);
  }

  /** Google's own, where the addresses of the originals lead today. */
  public static DownloadAddresses official() {
    return new DownloadAddresses(
        URI.create("https://storage.googleapis.com/download.tensorflow.org/models/"),
        URI.create("https://storage.googleapis.com/tfhub-modules/"));
  }

  /**
   * A mirror that keeps both below one address: the folders {@code models} and {@code hub}.
   *
   * @param base an http or https address
   */
  public static DownloadAddresses mirror(URI base) {
    URI folder = folder(base);
    return new DownloadAddresses(folder.resolve("models/"), folder.resolve("hub/"));
  }

  public URI model(String path) {
    return models.resolve(path);
  }

  public URI hubModule(String path) {
    return hub.resolve(path);
  }

  private static URI folder(URI address) {
    String scheme = address.getScheme();
    if (scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw PupilException.usage(
          Message.of(
              Setting.DOWNLOAD_MIRROR, " must begin with http:// or https://, was " + address));
    }
    String text = address.toString();
    return text.endsWith("/") ? address : URI.create(text + "/");
  }
}
