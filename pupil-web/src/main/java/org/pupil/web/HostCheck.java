package org.pupil.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses requests that name another host than this one. Otherwise a page of a stranger could make
 * its own name point to this machine (DNS rebinding) and then read what is served through the
 * browser.
 */
final class HostCheck implements Handler {
  private static final String ANY = "*";

  private final Set<String> names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
  private final String refusal;

  /**
   * @param hostNames names besides those of the loopback addresses; {@code *} for any
   * @param refusal what is answered to other names
   */
  HostCheck(List<String> hostNames, String refusal) {
    this.refusal = refusal;
    hostNames.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public void handle(Context context) {
    String host = context.header("Host");
    if (!names.contains(ANY) && (host == null || !names.contains(withoutPort(host)))) {
      throw RequestException.badRequest(refusal);
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon > host.lastIndexOf(']');
    return (hasPort ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }
}
