package org.pupil.board.server;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pupil.board.web.Plugin;

/** Names the plugins in the head of the page, in the order of their tabs. */
final class PluginLinks {
  private static final String PLACE = "<!-- plugins -->";

  private PluginLinks() {}

  /**
   * Puts in where the styles and the module of each plugin are.
   *
   * @param page the page's file, which says where they belong
   * @param root the folder of the folders {@code plugins/NAME} in the jar
   */
  static String into(String page, String root, List<Plugin> plugins) {
    return page.replace(
        PLACE,
        plugins.stream()
            .flatMap(plugin -> links(plugin.folder(), root))
            .collect(Collectors.joining("\n  ")));
  }

  private static Stream<String> links(String folder, String root) {
    String tab = "plugins/" + folder + "/tab";
    boolean hasStyles = PluginLinks.class.getResource(root + "/" + tab + ".css") != null;
    String module =
        "<link rel=\"modulepreload\" href=\"%s.js\" data-plugin=\"%s\">".formatted(tab, folder);
    return hasStyles
        ? Stream.of("<link rel=\"stylesheet\" href=\"%s.css\">".formatted(tab), module)
        : Stream.of(module);
  }
}
