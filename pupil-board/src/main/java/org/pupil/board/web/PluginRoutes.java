package org.pupil.board.web;

import org.pupil.web.Router;

/** The routes of a plugin, for the logs of a board. */
public interface PluginRoutes {
  /** Adds them. */
  void addTo(Router router);

  /** Whether there is something to show that does not stand in event files. */
  default boolean hasOwnData() {
    return false;
  }
}
