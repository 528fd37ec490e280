package org.pupil.board;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands where it is put. */
public final class HandClock extends Clock {
  private Instant now;

  /** Stands at this time, in seconds since 1970. */
  public HandClock(double seconds) {
    put(seconds);
  }

  /** Puts it to a time, in seconds since 1970, to the millisecond. */
  public void put(double seconds) {
    now = Instant.ofEpochMilli(Math.round(seconds * 1000));
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
