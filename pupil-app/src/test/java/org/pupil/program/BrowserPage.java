package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A page in a real browser. What its console says is kept: nothing may be an error. */
final class BrowserPage implements AutoCloseable {
  private static final String PATH_VARIABLE = "CHROMIUM";
  private static final double PATIENCE_MILLIS = 20_000;

  /** Drawn by the processor, so that it works, and looks the same, where there is no display. */
  private static final List<String> FLAGS =
      List.of("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader");

  private final Playwright playwright;
  private final Browser browser;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private BrowserPage(Playwright playwright, Browser browser, Page page) {
    this.playwright = playwright;
    this.browser = browser;
    this.page = page;
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.type() + ": " + message.text());
          }
        });
    page.onPageError(error -> complaints.add("exception: " + error));
  }

  /** The browser: of the variable CHROMIUM, or one on the path; empty if there is none. */
  static Optional<Path> browser() {
    String named = System.getenv(PATH_VARIABLE);
    Stream<Path> onPath =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .flatMap(
                folder ->
                    Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)));
    return Stream.concat(Stream.ofNullable(named).map(Path::of), onPath)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens a window of that size. */
  static BrowserPage open(Path executable, int width, int height, boolean dark) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(FLAGS));
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
    return new BrowserPage(playwright, browser, context.newPage());
  }

  Page page() {
    return page;
  }

  /** Where something stands once it has come to rest: pages draw what has just come again. */
  BoundingBox placeOf(Locator locator) {
    BoundingBox[] places = new BoundingBox[2];
    page.waitForCondition(
        () -> {
          places[0] = places[1];
          places[1] = locator.boundingBox();
          return places[0] != null
              && places[1] != null
              && places[0].x == places[1].x
              && places[0].y == places[1].y
              && places[0].width == places[1].width
              && places[0].height == places[1].height;
        });
    return places[1];
  }

  /** Keeps a picture in the build folder. */
  void keepPicture(String name) {
    Path folder = Checkout.folder().resolve("pupil-app/target/screenshots");
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
  }

  /** Keeps a picture of all of the page, also of what one has to scroll to. */
  void keepWholePage(String name) {
    Path folder = Checkout.folder().resolve("pupil-app/target/screenshots");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")).setFullPage(true));
  }

  /** The browser has nothing to complain of. */
  void hasNoComplaint() {
    assertThat(complaints).isEmpty();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
