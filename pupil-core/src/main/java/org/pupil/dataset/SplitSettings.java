package org.pupil.dataset;

import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * How photos are divided into training, validation and testing.
 *
 * @param rule what decides for a photo
 * @param testingPercentage share of the testing set, 0 to 99; 0 is no testing set
 * @param validationPercentage share of the validation set, 0 to 99; 0 is no validation set
 * @param seed another number, another split; 0 is no salt. {@link SplitRule#RETRAIN} knows only 0
 * @param groupNearDuplicates whether photos that are nearly the same are put into one group once
 *     their bottlenecks are known. {@link SplitRule#RETRAIN} goes by names alone
 */
public record SplitSettings(
    SplitRule rule,
    int testingPercentage,
    int validationPercentage,
    long seed,
    boolean groupNearDuplicates) {

  /** The stratified rule, 10 % for testing, 10 % for validation, no salt. */
  public static final SplitSettings DEFAULT = new SplitSettings(SplitRule.STRATIFIED, 10, 10, 0);

  /** With near-duplicates in one group, but under a rule that goes by names alone. */
  public SplitSettings(SplitRule rule, int testingPercentage, int validationPercentage, long seed) {
    this(
        rule, testingPercentage, validationPercentage, seed, groupsNearDuplicatesUnlessGiven(rule));
  }

  /** Whether near-duplicates are put into one group where nobody says whether they are. */
  public static boolean groupsNearDuplicatesUnlessGiven(SplitRule rule) {
    return rule != SplitRule.RETRAIN;
  }

  /**
   * Checks the settings.
   *
   * @throws PupilException (usage) naming the setting, if a percentage is out of range, nothing is
   *     left for training, or the rule has no seed or no such groups
   */
  public SplitSettings {
    checkPercentage(Setting.TESTING_PERCENTAGE, testingPercentage);
    checkPercentage(Setting.VALIDATION_PERCENTAGE, validationPercentage);
    if (testingPercentage + validationPercentage >= 100) {
      throw PupilException.usage(
          Message.of(
              Setting.TESTING_PERCENTAGE,
              " and ",
              Setting.VALIDATION_PERCENTAGE,
              " must leave photos for training: their"
                  + " sum must be below 100, was "
                  + testingPercentage
                  + " + "
                  + validationPercentage));
    }
    if (rule == SplitRule.RETRAIN && seed != 0) {
      throw PupilException.usage(
          Message.of(
              Setting.SPLIT_SEED,
              " must be 0 with ",
              Setting.SPLIT_RULE,
              "=retrain, which has one split only, was " + seed));
    }
    if (rule == SplitRule.RETRAIN && groupNearDuplicates) {
      throw PupilException.usage(
          Message.of(
              Setting.GROUP_NEAR_DUPLICATES,
              " must be false with ",
              Setting.SPLIT_RULE,
              "=retrain, which goes by names alone"));
    }
  }

  private static void checkPercentage(Setting setting, int percentage) {
    if (percentage < 0 || percentage >= 100) {
      throw PupilException.usage(Message.of(setting, " must be 0 to 99, was " + percentage));
    }
  }

  /** Share of a set in percent. */
  public int percentage(SplitSet set) {
    return switch (set) {
      case TRAINING -> 100 - testingPercentage - validationPercentage;
      case VALIDATION -> validationPercentage;
      case TESTING -> testingPercentage;
    };
  }
}
