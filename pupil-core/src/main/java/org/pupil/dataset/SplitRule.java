package org.pupil.dataset;

import org.pupil.errors.Message;
import org.pupil.errors.Setting;

/** What decides in which set a photo is. */
public enum SplitRule {
  /**
   * The default: by the hash of the photo's name below the image folder, with at least one photo of
   * each label in each set where that is possible.
   *
   * <p>Photos whose names are equal up to {@code _nohash_} (looked for in the last part of the name
   * only) are one group and stay together; every other photo is a group of its own. The group's key
   * is that part of the name, {@code cat/garden/tom.jpg} or {@code cat/leaf} for {@code
   * cat/leaf_nohash_1.jpg}. Its position from 0 to 100 is {@code 100 n / 2^48}, where n is the
   * number in the first six bytes, the highest first, of the SHA-256 of the key in UTF-8; with a
   * seed other than 0 the key is preceded by the seed in decimal and a slash. With shares of v %
   * and t % a group is for validation below v, else for testing below v + t, else for training.
   *
   * <p>Then each label is looked at by itself. The sets it must have are training, testing and
   * validation, without those of share 0, and of these as many as it has groups, from the first. In
   * that order a set that must be there and is empty takes one group: of all groups in sets that
   * need not be there or hold more than one group, the one whose position is nearest to the set's
   * interval (of equally near ones the lower position, then the key that is first by code point).
   *
   * <p>So neither moving the folder nor writing its path another way changes anything. A new photo
   * moves no photo of another label, and none of its own where the hash alone leaves no set empty;
   * elsewhere it moves at most two groups. A label of one group is all for training, one of two
   * groups has no validation photo.
   */
  STRATIFIED {
    @Override
    SplitSet[] assign(Dataset photos, SplitSettings settings) {
      return new StratifiedRule(settings).assign(photos);
    }

    @Override
    String group(Photo photo) {
      return photo.group();
    }

    @Override
    Message advice() {
      return Message.of("labels need at least three photos each: add some");
    }
  },

  /**
   * As the photos come: by the folders {@code train}, {@code val} and {@code test} (or what else
   * people call them), or by the column of a table.
   *
   * <p>There must be photos for training, and each photo must be in one of the sets. A set that is
   * not there is taken out of the training photos by {@link #STRATIFIED}, unless its share is 0.
   */
  FOLDERS {
    @Override
    SplitSet[] assign(Dataset photos, SplitSettings settings) {
      return new FoldersRule(settings).assign(photos);
    }

    @Override
    String group(Photo photo) {
      return photo.group();
    }

    @Override
    Message advice() {
      return Message.of("put photos there");
    }
  },

  /**
   * The rule of retrain.py, for comparison with it: by the hash of the path as it was typed.
   *
   * <p>The path is the image folder as typed, a slash unless it ends with one, and the names below
   * it as they are on disk. Everything from the first {@code _nohash_} on is cut off, even in a
   * folder's name. The position from 0 to 100 is {@code v * (100.0 / (2^27 - 1))}, where v is the
   * lowest 27 bits of the SHA-1 of the path in UTF-8. Below the validation percentage it is for
   * validation, else below the sum for testing, else for training. Moving the folder or typing
   * {@code ./} before it changes the split, and small labels may miss a set, which is an error.
   */
  RETRAIN {
    @Override
    SplitSet[] assign(Dataset photos, SplitSettings settings) {
      return new RetrainRule(settings, photos.place()).assign(photos);
    }

    @Override
    String group(Photo photo) {
      return RetrainRule.group(photo.name());
    }

    @Override
    Message advice() {
      return Message.of("use the default, ", Setting.SPLIT_RULE, "=stratified, or add photos");
    }
  };

  /** The set of each photo, in the photos' order. */
  abstract SplitSet[] assign(Dataset photos, SplitSettings settings);

  /** What the photos that stay together have in common. */
  abstract String group(Photo photo);

  /** What to do when a set is empty under this rule. */
  abstract Message advice();
}
