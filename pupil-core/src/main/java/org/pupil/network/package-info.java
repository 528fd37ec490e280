/**
 * Stop 4 of the data's way: a network that turns pixels [n,h,w,3] into bottlenecks [n,d], and the
 * pipeline that keeps it busy.
 *
 * <p>Start at {@link org.pupil.network.PhotoPipeline}: it reads, decodes and computes many photos
 * with several threads.
 */
@NullMarked
package org.pupil.network;

import org.jspecify.annotations.NullMarked;
