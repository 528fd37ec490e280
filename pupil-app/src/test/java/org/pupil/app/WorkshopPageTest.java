package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.program.Checkout;

class WorkshopPageTest {
  private static final Path PAGES = Checkout.folder().resolve("docs/workshop");

  private static Stream<WorkshopPage> pages() {
    return WorkshopPages.all().stream();
  }

  @Test
  void aPageIsReadInSteps() {
    WorkshopPage page =
        WorkshopPage.of(
            """
            # Station 9: Tea

            **What you will do.** Make [tea](tea.md). ![A pot](../pictures/pot.svg)

            ```console
            $ ./pupil boil
            boiling
            $ ./pupil board --open
            ```

            ## Question

            | word | meaning |
            |---|---|
            | tea | leaves |

            <details>
            <summary>Answer</summary>

            Yes.

            <!-- not run: hot -->
            ```sh
            drink
            ```

            </details>

            ## When it goes wrong

            - **Cold**: boil again.

            Next: [Coffee](10.md)
            """);

    assertThat(page.title()).isEqualTo("Station 9: Tea");
    assertThat(page.steps())
        .containsExactly(
            new WorkshopPage.Reading(
                List.of(
                    "What you will do. Make tea. (Picture: A pot. It is in docs/pictures/pot.svg)"),
                false),
            new WorkshopPage.Command("./pupil boil", true),
            new WorkshopPage.Command("./pupil board --open", true),
            new WorkshopPage.Reading(
                List.of("Question", "--------", "", "  word  meaning", "  tea   leaves"), false),
            new WorkshopPage.Reading(List.of("Yes."), true),
            new WorkshopPage.Command("drink", false));
    assertThat(page.troubles()).contains("* Cold: boil again.");
    assertThat(((WorkshopPage.Command) page.steps().get(1)).isServer()).isFalse();
    assertThat(((WorkshopPage.Command) page.steps().get(2)).isServer()).isTrue();
  }

  @Test
  void eachStationHasItsPage() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.matches("\\d.*"))
                  .sorted())
          .containsExactlyElementsOf(WorkshopPages.names());
    }
    for (String name : WorkshopPages.names()) {
      WorkshopPage page = WorkshopPage.of(Files.readString(PAGES.resolve(name)));
      assertThat(WorkshopPages.all()).contains(page);
      assertThat(page.title()).startsWith("Station " + name.charAt(0) + ": ");
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aStationHasACommandAQuestionAndHelp(WorkshopPage page) {
    assertThat(page.steps()).hasAtLeastOneElementOfType(WorkshopPage.Command.class);
    assertThat(page.steps())
        .filteredOn(WorkshopPage.Reading.class::isInstance)
        .filteredOn(step -> ((WorkshopPage.Reading) step).isAnswer())
        .hasSize(1);
    assertThat(page.troubles()).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void nothingOfMarkdownIsLeftToRead(WorkshopPage page) {
    for (WorkshopPage.Step step : page.steps()) {
      if (step instanceof WorkshopPage.Reading reading) {
        for (String line : reading.lines()) {
          assertThat(line).doesNotContain("](", "**", "<details", "<!--", "|--", "```");
        }
      }
    }
  }
}
