package org.pupil.labelling;

/**
 * How likely a model holds a label to be.
 *
 * @param label the label's name
 * @param probability 0 to 1; those of all labels of one photo sum to 1
 */
public record LabelProbability(String label, float probability) {}
