package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.errors.PupilException;

class BoardAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a b", "/{x}", "/[", "/|", "//x", "/a//b", "/a?b", "/a#b", "/%41", "/..", "/a/../b", "/.",
        "/a\\b", "/<x>", "/a\nb", "/\u00e4", "/a/*", "//", "/a:b@c", "/a;b"
      })
  void aPrefixThatIsNoneIsRefusedInOneLine(String flag) {
    assertThatThrownBy(() -> BoardAddress.pathPrefix(flag))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("--path_prefix may have names of letters, digits and - . _ ~");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/board", "/a/b-c_d.e~f", "/..a", "/a/b/"})
  void aPrefixOfNamesIsAPartOfAnAddress(String flag) {
    String prefix = BoardAddress.pathPrefix(flag);
    assertThat(URI.create("http://localhost" + prefix + "/").getPath()).isEqualTo(prefix + "/");
  }

  @Test
  void aSlashAloneIsNoPrefix() {
    assertThat(BoardAddress.pathPrefix("/")).isEmpty();
    assertThat(BoardAddress.pathPrefix("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "http://x", "localhost:6006", "a/b", "a{b}", "a%b", "[::1", "x@y"})
  void aHostThatIsNoneIsRefusedInOneLine(String flag) {
    assertThatThrownBy(() -> BoardAddress.host(flag))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("--host takes a name or an address of this machine");
  }

  @Test
  void namesAndAddressesAreHosts() {
    assertThat(List.of("localhost", "my-machine.local", "a_b", "127.0.0.1", "::1", "fe80::1%eth0"))
        .allSatisfy(host -> assertThat(BoardAddress.host(host)).isEqualTo(host));
    assertThat(BoardAddress.host("[::1]")).isEqualTo("::1");
  }

  @Test
  void twoFoldersOfOneNameAreRefused() {
    assertThat(LogRoots.named(List.of(folder("a"), folder("b")))).hasSize(2);
    for (String name : List.of("a", "")) {
      assertThatThrownBy(() -> LogRoots.named(List.of(folder(name), folder(name))))
          .isInstanceOf(PupilException.class)
          .hasMessageContaining("a name of its own for each folder");
    }
  }

  private static NamedFolder folder(String name) {
    return new NamedFolder(name, Path.of("x"));
  }
}
