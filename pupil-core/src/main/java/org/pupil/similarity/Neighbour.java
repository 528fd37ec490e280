package org.pupil.similarity;

/**
 * A row that is near another.
 *
 * @param row its index
 * @param cosine of the angle between the two, -1 to 1; 1 is the nearest
 */
public record Neighbour(int row, float cosine) {}
