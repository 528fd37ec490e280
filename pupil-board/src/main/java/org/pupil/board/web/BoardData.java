package org.pupil.board.web;

import java.time.Clock;
import org.pupil.board.log.EventLogs;

/**
 * What the routes of a plugin answer from.
 *
 * @param logs the runs and their series
 * @param samples how many points an answer may have
 * @param clock tells how long ago a training run's last event was
 */
public record BoardData(EventLogs logs, SampleLimits samples, Clock clock) {}
