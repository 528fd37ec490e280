package org.pupil.board.plugins.files;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.pupil.board.log.EventFileState;
import org.pupil.board.log.EventLogs;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.web.Json;
import org.pupil.web.Router;

/** {@code /data/plugin/pupil/files}: every event file with how far it was read. */
public final class FilesRoutes implements PluginRoutes {
  /** The plugin. */
  public static final Plugin PLUGIN = new Plugin("files", FilesRoutes::new);

  private final EventLogs logs;

  private FilesRoutes(BoardData data) {
    this.logs = data.logs();
  }

  @Override
  public void addTo(Router router) {
    router.get(
        "/data/plugin/pupil/files",
        context -> Json.answer(context, logs.files().stream().map(FilesRoutes::file).toList()));
  }

  private static Map<String, Object> file(EventFileState file) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("run", file.run());
    answer.put("file", file.file().toString());
    answer.put("records", file.records());
    answer.put("offset", file.offset());
    answer.put("state", file.kind().name().toLowerCase(Locale.ROOT));
    answer.put("reason", file.reason());
    answer.put("note", file.note());
    return answer;
  }
}
