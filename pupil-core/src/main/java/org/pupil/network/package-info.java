/**
 * Stop 4 of the data's way: a network turns pixels [n,h,w,3] into numbers, and a pipeline keeps it
 * busy.
 *
 * <p>Start at {@link org.pupil.network.Network}, which names no engine, and at {@link
 * org.pupil.network.PhotoPipeline}, which reads, decodes and computes many photos with several
 * threads.
 */
@NullMarked
package org.pupil.network;

import org.jspecify.annotations.NullMarked;
