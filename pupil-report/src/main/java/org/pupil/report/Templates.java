package org.pupil.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.file.Path;
import java.util.Map;
import org.pupil.errors.PupilException;
import org.pupil.files.WholeFile;

/** The templates of reports: one HTML file each, which needs no network and runs no script. */
final class Templates {
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), "org.pupil.report.templates");

  /**
   * Writes a report.
   *
   * @param template such as {@code evaluation.jte}
   * @param values its parameters, by name
   * @throws PupilException (unavailable) if the file cannot be written; an old one is then as it
   *     was
   */
  void write(Path file, String template, Map<String, Object> values) {
    WholeFile.write(file, text(template, values));
  }

  String text(String template, Map<String, Object> values) {
    StringOutput text = new StringOutput();
    templates.render(template, values, text);
    return text.toString();
  }
}
