package org.pupil.program;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reports in a real browser, of photos whose labels would do harm if they were not text: those of
 * {@code --report}, and that of a training run, by itself and on the board.
 */
class ReportPageIT {
  /** Would run if it became an element. */
  private static final String SCRIPT = "<img src=x onerror=\"window.planted=1\">";

  /** Hebrew for fruit. */
  private static final String BACKWARDS = "\u05e4\u05e8\u05d9";

  /** Turns what follows it around, whatever it is. */
  private static final String OVERRIDE = "\u202e";

  private static final List<String> REPORTS =
      List.of("pupil-report", "evaluation", "cross-validation", "check", "explanation");

  private static Path chromium;

  /** Where the run was, with its reports. */
  private static Path work;

  private static Path logs;

  @BeforeAll
  static void reports(@TempDir Path shared) throws IOException {
    var browser = BrowserPage.browser();
    assumeTrue(
        browser.isPresent(), "no chromium on the path, nor in the variable CHROMIUM: not tested");
    chromium = browser.orElseThrow();
    work = shared;
    photos(shared.resolve("photos"));
    PupilProgram pupil = PupilProgram.in(shared);
    pupil.run("retrain", "--image_dir=photos", Photos.QUICK, "--testing_percentage=50").succeeded();
    logs = shared.resolve("pupil-model/runs");
    String to = "--report=pupil-model/runs";
    pupil
        .run(
            "evaluate",
            "--graph=pupil-model/graph.pb",
            "--image_dir=photos",
            to + "/evaluation.html")
        .succeeded();
    pupil
        .run("evaluate", "--image_dir=photos", Photos.QUICK, to + "/cross-validation.html")
        .succeeded();
    pupil.run("check", "--image_dir=photos", Photos.QUICK, to + "/check.html").exitedWith(7);
    pupil
        .run("explain", "--image=photos/" + SCRIPT + "/duck.jpg", to + "/explanation.html")
        .succeeded();
    Files.copy(logs.resolve("run-1/pupil-report.html"), shared.resolve("pupil-report.html"));
  }

  /** Two labels of two kinds of photos each, so that some are mistaken; a copy, a damaged photo. */
  private static void photos(Path folder) throws IOException {
    Path first = Files.createDirectories(folder.resolve(SCRIPT));
    Path second = Files.createDirectories(folder.resolve(BACKWARDS));
    for (Path photo : Photos.examples("bird").subList(0, 16)) {
      Files.copy(photo, first.resolve(photo.getFileName()));
    }
    Files.copy(Photos.duck(), first.resolve("duck.jpg"), StandardCopyOption.REPLACE_EXISTING);
    for (String label : List.of("fruit", "bird")) {
      for (Path photo : Photos.examples(label).subList(12, 22)) {
        Path to = second.resolve(photo.getFileName());
        if (!Files.exists(first.resolve(photo.getFileName()))) {
          Files.copy(photo, to);
        }
      }
    }
    Files.copy(Photos.duck(), second.resolve(OVERRIDE + "the duck again.jpg"));
    Files.write(first.resolve("half.jpg"), Photos.halfAJpeg());
  }

  private static Path file(String report) {
    Path beside = work.resolve(report + ".html");
    return Files.exists(beside) ? beside : logs.resolve(report + ".html");
  }

  private static Stream<String> reportNames() {
    return REPORTS.stream();
  }

  /** Opens a report; it may ask for itself and nothing else. */
  private static Page open(BrowserPage browser, String report) {
    Page page = browser.page();
    List<String> asked = new ArrayList<>();
    page.onRequest(request -> asked.add(request.url()));
    page.navigate(file(report).toUri().toString());
    assertThat(asked)
        .filteredOn(url -> !url.startsWith("data:"))
        .containsExactly(file(report).toUri().toString());
    return page;
  }

  private static void isSeenWhole(BrowserPage browser, String report, int width, boolean dark) {
    Page page = open(browser, report);
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("the page does not scroll sideways")
        .isEqualTo(0);
    assertThat(PageAudit.lacks(page.mainFrame())).isEmpty();
    browser.keepWholePage("report-%s-%d-%s".formatted(report, width, dark ? "dark" : "light"));
    browser.hasNoComplaint();
  }

  @ParameterizedTest
  @MethodSource("reportNames")
  void aReportIsReadByEverybody(String report) {
    for (int width : List.of(1200, 320)) {
      for (boolean dark : List.of(false, true)) {
        try (BrowserPage browser = BrowserPage.open(chromium, width, 900, dark)) {
          isSeenWhole(browser, report, width, dark);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("reportNames")
  void labelsAreText(String report) {
    try (BrowserPage browser = BrowserPage.open(chromium, 1200, 900, false)) {
      Page page = open(browser, report);
      assertThat(page.evaluate("window.planted === undefined")).isEqualTo(true);
      assertThat(page.locator("img[onerror], img[src=x], script")).hasCount(0);
      assertThat(page.locator("body")).containsText(SCRIPT);
      assertThat(page.content()).doesNotContain(OVERRIDE);
      // Each name is isolated: what follows it stays where it is.
      assertThat(
              page.evaluate(
                  "[...document.querySelectorAll('body *')].filter((one) => !one.closest('bdi, svg, title')"
                      + " && [...one.childNodes].some((child) => child.nodeType === 3 && /[\\u0590-\\u05ff]/.test(child.data)))"
                      + ".map((one) => one.outerHTML.slice(0, 200))"))
          .isEqualTo(List.of());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluation", "check"})
  void everythingIsReachedByKeyboard(String report) {
    try (BrowserPage browser = BrowserPage.open(chromium, 1200, 900, false)) {
      Page page = open(browser, report);
      Locator stops = page.locator("a[href], summary, [tabindex='0']");
      int count = stops.count();
      assertThat(count).isPositive();
      for (int i = 0; i < count; i++) {
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.matches('a[href], summary, [tabindex]')"))
            .isEqualTo(true);
        assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
            .isEqualTo("solid");
        assertThat(stops.nth(i)).isFocused();
      }
      Locator words = page.locator("summary").first();
      if (words.count() > 0) {
        words.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("details").first()).hasAttribute("open", "");
      }
    }
  }

  @Test
  void aMistakeHasItsHeatMapAndTheCommandThatExplainsIt() {
    try (BrowserPage browser = BrowserPage.open(chromium, 1200, 900, false)) {
      for (String report : List.of("evaluation", "pupil-report")) {
        Page page = open(browser, report);
        Locator mistake = page.locator(".mistakes > li:has(summary)").first();
        assertThat(mistake.locator("img")).hasCount(2);
        assertThat(mistake.locator("img").nth(1))
            .hasAttribute("alt", Pattern.compile("^Heat map of "));
        mistake.locator("summary").click();
        assertThat(mistake.locator("code")).containsText("explain ");
        assertThat(mistake.locator("code")).containsText(" --image ");
        browser.keepPicture("report-mistake-" + report);
      }
    }
  }

  @Test
  void photosKeepTheirShape() {
    try (BrowserPage browser = BrowserPage.open(chromium, 1200, 900, false)) {
      Page page = open(browser, "evaluation");
      Locator photo = page.locator(".mistakes img").first();
      photo.scrollIntoViewIfNeeded();
      page.waitForCondition(
          () -> (boolean) photo.evaluate("(image) => image.complete && image.naturalWidth > 0"));
      assertThat(
              page.evaluate(
                  "[...document.images].some((image) => image.naturalWidth !== image.naturalHeight)"))
          .isEqualTo(true);
      assertThat(
              page.evaluate(
                  "[...document.images].every((image) => getComputedStyle(image).objectFit === 'contain')"))
          .isEqualTo(true);
    }
  }

  @Test
  void aReportCanBePrinted() {
    try (BrowserPage browser = BrowserPage.open(chromium, 794, 1100, true)) {
      Page page = open(browser, "pupil-report");
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
          .as("paper is white")
          .isEqualTo("rgb(255, 255, 255)");
      assertThat(PageAudit.lacks(page.mainFrame())).isEmpty();
      browser.keepWholePage("report-print");
    }
  }

  // --- on the board -----------------------------------------------------------------------------

  private BoardServer serve(Path logdir) {
    return BoardServer.start(PupilProgram.in(work), "--logdir=" + logdir).loaded();
  }

  @Test
  void theBoardShowsTheReports() {
    for (int width : List.of(1400, 390)) {
      for (boolean dark : List.of(false, true)) {
        try (BoardServer board = serve(logs);
            BrowserPage browser = BrowserPage.open(chromium, width, 900, dark)) {
          Page page = browser.page();
          page.onRequest(
              request ->
                  assertThat(request.url()).matches("(?s)(" + board.address() + "|data:).*"));
          page.navigate(board.address() + "#reports");
          Locator choice = page.getByLabel("Report", new Page.GetByLabelOptions().setExact(true));
          assertThat(choice.locator("option")).hasCount(REPORTS.size());
          choice.selectOption("run-1/pupil-report.html");
          FrameLocator frame = page.frameLocator("iframe");
          assertThat(frame.locator("h1")).hasText("What the training run came to");
          assertThat(page.locator("iframe")).hasAttribute("sandbox", "");
          assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
              .isEqualTo(true);
          page.waitForTimeout(300);
          assertThat(PageAudit.lacks(page.frames().get(1))).isEmpty();
          browser.keepPicture("board-reports-%d-%s".formatted(width, dark ? "dark" : "light"));
          browser.hasNoComplaint();
        }
      }
    }
  }

  @Test
  void aMistakeOfTheOverviewLeadsToItsExplanation() {
    try (BoardServer board = serve(logs);
        BrowserPage browser = BrowserPage.open(chromium, 1400, 1000, false)) {
      Page page = browser.page();
      page.navigate(board.address() + "#overview");
      Locator mistake = page.locator(".overview .mistake").nth(1);
      String photo = mistake.locator(".path").textContent();
      mistake.getByText("Why?").click();
      assertThat(page.locator("#tab-reports")).hasAttribute("aria-selected", "true");
      Locator shown = page.frameLocator("iframe").locator(".mistakes > li:target");
      assertThat(shown).isInViewport();
      assertThat(shown.locator("bdi").first()).hasText(photo);
      page.goBack();
      assertThat(page.locator("#tab-overview")).hasAttribute("aria-selected", "true");
      browser.hasNoComplaint();
    }
  }

  @Test
  void aReportOfAStrangerDoesNothing(@TempDir Path strange) throws IOException {
    Files.createDirectories(strange.resolve("run"));
    Files.writeString(
        strange.resolve("run/pupil-report.html"),
        """
        <!DOCTYPE html><html><head><meta name="generator" content="Pupil"><title>Strange</title>
        <meta http-equiv="refresh" content="0;url=/data/logdir"></head><body>
        <h1 id="here">still here</h1><script>document.getElementById('here').textContent = 'ran';
        top.planted = 1; fetch('/data/logdir')</script><img src="/page/icon.svg" onload="top.planted=1">
        <form action="/data/logdir"><button>go</button></form></body></html>
        """);
    try (BoardServer board = serve(strange);
        BrowserPage browser = BrowserPage.open(chromium, 1400, 900, false)) {
      Page page = browser.page();
      page.navigate(board.address() + "#reports");
      FrameLocator frame = page.frameLocator("iframe");
      assertThat(frame.locator("h1")).hasText("still here");
      frame.locator("button").click();
      page.waitForTimeout(500);
      assertThat(frame.locator("h1")).hasText("still here");
      assertThat(page.evaluate("window.planted === undefined")).isEqualTo(true);
      assertThat(page.frames().get(1).url()).contains("/data/plugin/pupil/report?");
    }
  }
}
