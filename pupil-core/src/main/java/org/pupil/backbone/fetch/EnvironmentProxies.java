package org.pupil.backbone.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;

/**
 * Which proxy a download goes through: the JVM's ({@code -Dhttps.proxyHost} and the like), else
 * that of the environment variables {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and
 * {@code no_proxy} as curl reads them, in small or capital letters. This machine itself is always
 * reached directly.
 */
public final class EnvironmentProxies extends ProxySelector {
  private static final int HTTP_PORT = 80;

  private final ProxySelector jvm;
  private final Map<String, String> environment;

  public EnvironmentProxies(ProxySelector jvm, Map<String, String> environment) {
    this.jvm = jvm;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public List<Proxy> select(URI uri) {
    List<Proxy> chosen = jvm.select(uri);
    if (chosen.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
      return chosen;
    }
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    String address = variable(uri.getScheme() + "_proxy");
    if (address.isEmpty()) {
      address = variable("all_proxy");
    }
    return address.isEmpty() || isDirect(host)
        ? List.of(Proxy.NO_PROXY)
        : List.of(new Proxy(Proxy.Type.HTTP, socket(address)));
  }

  private boolean isDirect(String host) {
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
      return true;
    }
    for (String entry : variable("no_proxy").split(",", -1)) {
      String pattern = entry.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
      if (pattern.equals("*")
          || (!pattern.isEmpty() && (host.equals(pattern) || host.endsWith("." + pattern)))) {
        return true;
      }
    }
    return false;
  }

  private String variable(String name) {
    String value = environment.get(name);
    return value != null
        ? value.strip()
        : environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip();
  }

  private static InetSocketAddress socket(String address) {
    try {
      URI proxy = URI.create(address.contains("://") ? address : "http://" + address);
      if (proxy.getHost() != null) {
        int port = proxy.getPort() < 0 ? HTTP_PORT : proxy.getPort();
        return InetSocketAddress.createUnresolved(proxy.getHost(), port);
      }
    } catch (IllegalArgumentException e) {
      throw notAnAddress(address, e);
    }
    throw notAnAddress(address, null);
  }

  private static PupilException notAnAddress(
      String address, @Nullable IllegalArgumentException cause) {
    String message = "the proxy in the environment is not an address: " + address;
    return cause == null
        ? PupilException.unavailable(message)
        : PupilException.unavailable(message, cause);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The download itself reports it.
  }
}
