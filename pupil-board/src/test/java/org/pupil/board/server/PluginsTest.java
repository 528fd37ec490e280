package org.pupil.board.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.pupil.board.plugins.Plugins;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.SampleLimits;

class PluginsTest {
  private static final String RESOURCES = "/org/pupil/board";

  @Test
  void theTabsStandInThisOrder() {
    assertThat(Plugins.all())
        .extracting(Plugin::name)
        .containsExactly(
            "overview",
            "reports",
            "timeseries",
            "scalars",
            "images",
            "graphs",
            "distributions",
            "histograms",
            "text",
            "pr_curves",
            "hparams",
            "projector",
            "files");
  }

  @Test
  void aPluginsPartOfThePageIsInItsFolder() {
    for (Plugin plugin : Plugins.all()) {
      String module = RESOURCES + "/plugins/" + plugin.folder() + "/tab.js";
      assertThat(PluginsTest.class.getResource(module)).as(module).isNotNull();
    }
  }

  @Test
  void thePageNamesThePluginsInOrderAndTheirStylesWhereThereAreSome() {
    String head = PluginLinks.into("<head><!-- plugins --></head>", RESOURCES, Plugins.all());
    assertThat(
            Pattern.compile("data-plugin=\"([a-z]+)\"")
                .matcher(head)
                .results()
                .map((MatchResult found) -> found.group(1)))
        .containsExactlyElementsOf(Plugins.all().stream().map(Plugin::folder).toList());
    assertThat(head)
        .contains("href=\"plugins/prcurves/tab.js\"", "href=\"plugins/prcurves/tab.css\"")
        .doesNotContain("plugins/files/tab.css", "<!--");
  }

  @Test
  void aLimitOfSamplesThatIsGivenGoesBeforeThePluginsOwn() {
    SampleLimits limits = new SampleLimits(Map.of("histograms", 7, "text", 0)).orOf(Plugins.all());
    assertThat(limits.of("histograms")).isEqualTo(7);
    assertThat(limits.of("text")).isEqualTo(Integer.MAX_VALUE);
    assertThat(limits.of("distributions")).isEqualTo(501);
    assertThat(limits.of("scalars")).isEqualTo(Integer.MAX_VALUE);
  }
}
