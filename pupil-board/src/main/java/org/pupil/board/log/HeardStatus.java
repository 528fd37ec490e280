package org.pupil.board.log;

import org.pupil.record.RunStatus;

/**
 * What a training run says of itself, and for how long it has said nothing new.
 *
 * @param status as it was read last
 * @param silentSeconds how long it had not changed at the last look, by the clock of the machine
 *     that looks: the run may be on another one. Of a status that was never seen to change, the
 *     time in it counts too
 */
public record HeardStatus(RunStatus status, double silentSeconds) {}
