package org.pupil.finetuning;

/**
 * How the upper layers are trained.
 *
 * @param epochs how often each photo is seen, at least 1
 * @param batchSize photos a step, at least 1
 * @param learningRate the greatest rate of Adam, which rises to it and falls to 0 as a cosine
 * @param warmUp the part of all steps in which the rate rises, 0 to below 1
 * @param dropout the part of a bottleneck's numbers that are set to 0 in each step, 0 to below 1
 * @param labelSmoothing how much of a photo's probability is wanted for all labels alike, 0 to
 *     below 1
 * @param averaging the part that the average of the weights keeps at each step, 0 (no average) to
 *     below 1
 * @param seed decides the order of the photos, their views and the dropout
 */
public record FineTuningSettings(
    int epochs,
    int batchSize,
    double learningRate,
    double warmUp,
    double dropout,
    double labelSmoothing,
    double averaging,
    long seed) {}
