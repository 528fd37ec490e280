package org.pupil.board.plugins;

import java.util.List;
import org.pupil.board.plugins.distributions.DistributionsRoutes;
import org.pupil.board.plugins.files.FilesRoutes;
import org.pupil.board.plugins.graphs.GraphsRoutes;
import org.pupil.board.plugins.histograms.HistogramsRoutes;
import org.pupil.board.plugins.hparams.HParamsRoutes;
import org.pupil.board.plugins.images.ImagesRoutes;
import org.pupil.board.plugins.overview.OverviewRoutes;
import org.pupil.board.plugins.prcurves.PrCurvesRoutes;
import org.pupil.board.plugins.projector.ProjectorRoutes;
import org.pupil.board.plugins.reports.ReportsRoutes;
import org.pupil.board.plugins.scalars.ScalarsRoutes;
import org.pupil.board.plugins.text.TextRoutes;
import org.pupil.board.plugins.timeseries.TimeSeriesRoutes;
import org.pupil.board.web.Plugin;

/** The plugins of the board. A new one is added here, and is in a package of its own. */
public final class Plugins {
  private static final List<Plugin> ALL =
      List.of(
          OverviewRoutes.PLUGIN,
          ReportsRoutes.PLUGIN,
          TimeSeriesRoutes.PLUGIN,
          ScalarsRoutes.PLUGIN,
          ImagesRoutes.PLUGIN,
          GraphsRoutes.PLUGIN,
          DistributionsRoutes.PLUGIN,
          HistogramsRoutes.PLUGIN,
          TextRoutes.PLUGIN,
          PrCurvesRoutes.PLUGIN,
          HParamsRoutes.PLUGIN,
          ProjectorRoutes.PLUGIN,
          FilesRoutes.PLUGIN);

  private Plugins() {}

  /** All of them, in the order of their tabs. */
  public static List<Plugin> all() {
    return ALL;
  }
}
