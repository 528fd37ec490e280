package org.pupil.backbone.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.errors.PupilException;

class EnvironmentProxiesTest {
  private static final ProxySelector NO_JVM_PROXY = ProxySelector.of(null);

  private static String chosen(ProxySelector jvm, Map<String, String> environment, String uri) {
    Proxy proxy = new EnvironmentProxies(jvm, environment).select(URI.create(uri)).get(0);
    if (proxy.type() == Proxy.Type.DIRECT) {
      return "direct";
    }
    InetSocketAddress address = (InetSocketAddress) proxy.address();
    return address.getHostString() + ":" + address.getPort();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https_proxy=http://p:3128 | https://a.org/x | p:3128",
        "HTTPS_PROXY=http://p:3128/ | https://a.org/x | p:3128",
        "https_proxy=p:8080 | https://a.org/x | p:8080",
        "https_proxy=http://p | https://a.org/x | p:80",
        "http_proxy=http://p:3128 | https://a.org/x | direct",
        "http_proxy=http://p:3128 | http://a.org/x | p:3128",
        "ALL_PROXY=http://p:3128 | https://a.org/x | p:3128",
        "all_proxy=http://p:3128 | http://127.0.0.1:99/x | direct",
        "all_proxy=http://p:3128 | http://localhost/x | direct",
        "all_proxy=http://p:3128 | http://[::1]/x | direct",
        "all_proxy=http://p:3128,no_proxy=b.org;.a.org | https://www.a.org/x | direct",
        "all_proxy=http://p:3128,no_proxy=a.org | https://A.org/x | direct",
        "all_proxy=http://p:3128,no_proxy=a.org | https://ba.org/x | p:3128",
        "all_proxy=http://p:3128,NO_PROXY=* | https://a.org/x | direct",
        "https_proxy= | https://a.org/x | direct",
      })
  void environmentVariablesAreReadAsCurlDoes(String variables, String uri, String proxy) {
    Map<String, String> environment = new java.util.HashMap<>();
    for (String variable : variables.split(",", -1)) {
      String[] parts = variable.split("=", 2);
      environment.put(parts[0], parts[1].replace(';', ','));
    }

    assertThat(chosen(NO_JVM_PROXY, environment, uri)).isEqualTo(proxy);
  }

  @Test
  void theJvmsOwnSettingGoesFirst() {
    ProxySelector jvm = ProxySelector.of(InetSocketAddress.createUnresolved("jvm", 1));

    assertThat(chosen(jvm, Map.of("https_proxy", "http://p:3128"), "https://a.org/"))
        .isEqualTo("jvm:1");
  }

  @Test
  void anAddressThatIsNoneIsNamed() {
    for (String bad : new String[] {"http://", "::::", "http://a b"}) {
      assertThatThrownBy(() -> chosen(NO_JVM_PROXY, Map.of("https_proxy", bad), "https://a.org/"))
          .isInstanceOf(PupilException.class)
          .hasMessage("the proxy in the environment is not an address: " + bad);
    }
  }
}
