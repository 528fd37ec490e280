package org.pupil.board.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How {@code /data/plugins_listing} lists a plugin, for clients of TensorBoard.
 *
 * @param tabName what stands on its tab
 * @param disableReload whether its page is not reloaded by itself
 * @param loading how TensorBoard's own page loads it
 * @param dataFrom the plugins whose data it shows
 */
public record Listing(
    String tabName, boolean disableReload, Loading loading, Set<String> dataFrom) {
  /** How TensorBoard's own page loads a plugin. */
  public sealed interface Loading permits BuiltIn, Element, Frame {}

  /** It is a part of TensorBoard's page. */
  public record BuiltIn() implements Loading {}

  /** It is an element of TensorBoard's page, by that name. */
  public record Element(String name) implements Loading {}

  /** It has a page of its own, {@code index.js} among its routes, which is shown in a frame. */
  public record Frame() implements Loading {}

  public Listing {
    dataFrom = Set.copyOf(dataFrom);
  }

  /** A plugin whose tab has its name, and which shows its own data with an element. */
  public static Listing element(String plugin, String element) {
    return new Listing(plugin, false, new Element(element), Set.of(plugin));
  }

  /**
   * The answer's part of this plugin.
   *
   * @param plugin its name
   * @param enabled whether there is data for it
   * @param root what the paths of all routes begin with, may be empty
   */
  public Map<String, Object> answer(String plugin, boolean enabled, String root) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("disable_reload", disableReload);
    answer.put("enabled", enabled);
    answer.put("remove_dom", false);
    answer.put("tab_name", tabName);
    answer.put("loading_mechanism", loadingMechanism(plugin, root));
    return answer;
  }

  private Map<String, String> loadingMechanism(String plugin, String root) {
    Map<String, String> mechanism = new LinkedHashMap<>();
    if (loading instanceof Frame) {
      mechanism.put("type", "IFRAME");
      mechanism.put("module_path", root + "/data/plugin/" + plugin + "/index.js");
    } else if (loading instanceof Element element) {
      mechanism.put("type", "CUSTOM_ELEMENT");
      mechanism.put("element_name", element.name());
    } else {
      mechanism.put("type", "NG_COMPONENT");
    }
    return mechanism;
  }
}
