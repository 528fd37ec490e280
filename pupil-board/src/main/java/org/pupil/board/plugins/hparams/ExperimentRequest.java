package org.pupil.board.plugins.hparams;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of the experiment.
 *
 * @param includeMetrics null is yes
 * @param hparamsLimit so many hyperparameters at most; 0 for all
 */
public record ExperimentRequest(
    @JsonAlias("experiment_name") @Nullable String experimentName,
    @JsonAlias("include_metrics") @Nullable Boolean includeMetrics,
    @JsonAlias("hparams_limit") int hparamsLimit) {}
