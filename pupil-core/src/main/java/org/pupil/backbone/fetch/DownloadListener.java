package org.pupil.backbone.fetch;

import java.util.OptionalLong;

/** Hears how a download goes, to show it to a person. Called from one thread at a time. */
public interface DownloadListener {

  /**
   * A download begins, or goes on where it was cut.
   *
   * @param address where from
   * @param doneBytes bytes that are on the disk already
   * @param totalBytes length of the whole file, where the server says it
   */
  void started(String address, long doneBytes, OptionalLong totalBytes);

  /** More has come: {@code doneBytes} are on the disk now. */
  void advanced(long doneBytes);

  /** Everything has come. */
  void finished();

  /** A listener that does nothing. */
  static DownloadListener silent() {
    return new DownloadListener() {
      @Override
      public void started(String address, long doneBytes, OptionalLong totalBytes) {}

      @Override
      public void advanced(long doneBytes) {}

      @Override
      public void finished() {}
    };
  }
}
