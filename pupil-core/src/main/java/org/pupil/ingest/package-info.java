/**
 * Brings photo sets from anywhere (a well-known name, an address, an archive, a folder) into a
 * folder that holds one folder of photos for each label. Start at {@link
 * org.pupil.ingest.Ingestion}.
 *
 * <p>Nothing that comes from outside is trusted: while an archive is unpacked its files have
 * numbers for names, and a name becomes a path only by way of {@link org.pupil.ingest.TargetNames}.
 */
@NullMarked
package org.pupil.ingest;

import org.jspecify.annotations.NullMarked;
