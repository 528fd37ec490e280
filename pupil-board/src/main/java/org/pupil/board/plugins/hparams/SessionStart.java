package org.pupil.board.plugins.hparams;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a session began with.
 *
 * @param hparams strings, booleans and doubles by name, in the order of the log; a value of another
 *     kind is a list, a map or null
 * @param groupName the sessions with one name form a group; empty: it is its own
 */
record SessionStart(
    Map<String, Object> hparams,
    String modelUri,
    String monitorUrl,
    String groupName,
    double startTimeSecs) {
  SessionStart {
    // Not Map.copyOf: a value may be null.
    hparams = Collections.unmodifiableMap(new LinkedHashMap<>(hparams));
  }
}
