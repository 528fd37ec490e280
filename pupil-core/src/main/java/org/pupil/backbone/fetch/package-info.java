/**
 * Gets backbones from their official addresses: downloads that go on where they stopped, archives
 * that are not trusted, and records of what came.
 *
 * <p>Start at {@link org.pupil.backbone.fetch.Downloader} and {@link
 * org.pupil.backbone.fetch.TarArchive}. What is fetched, and where it is kept, is decided in {@link
 * org.pupil.backbone}.
 */
@NullMarked
package org.pupil.backbone.fetch;

import org.jspecify.annotations.NullMarked;
