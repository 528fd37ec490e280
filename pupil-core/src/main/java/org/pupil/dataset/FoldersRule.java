package org.pupil.dataset;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/** {@link SplitRule#FOLDERS}. */
final class FoldersRule {
  private final SplitSettings settings;

  FoldersRule(SplitSettings settings) {
    this.settings = settings;
  }

  SplitSet[] assign(Dataset photos) {
    Set<SplitSet> there = EnumSet.noneOf(SplitSet.class);
    SplitSet[] sets = new SplitSet[photos.photos().size()];
    List<Photo> training = new ArrayList<>();
    List<Integer> placesOfTraining = new ArrayList<>();
    for (int i = 0; i < sets.length; i++) {
      Photo photo = photos.photos().get(i);
      sets[i] = photo.set().orElseThrow(() -> withoutSet(photos, photo));
      there.add(sets[i]);
      if (sets[i] == SplitSet.TRAINING) {
        training.add(photo);
        placesOfTraining.add(i);
      }
    }
    if (!there.contains(SplitSet.TRAINING)) {
      throw PupilException.badInput("no photo is for training: there must be a folder train");
    }
    SplitSet[] taken =
        new StratifiedRule(missing(there))
            .assign(new Dataset(photos.labels(), training, List.of(), photos.place()));
    for (int i = 0; i < taken.length; i++) {
      sets[placesOfTraining.get(i)] = taken[i];
    }
    return sets;
  }

  /** How the training photos are divided further: by the shares of the sets that are not there. */
  private SplitSettings missing(Set<SplitSet> there) {
    return new SplitSettings(
        SplitRule.STRATIFIED,
        there.contains(SplitSet.TESTING) ? 0 : settings.testingPercentage(),
        there.contains(SplitSet.VALIDATION) ? 0 : settings.validationPercentage(),
        settings.seed());
  }

  private static PupilException withoutSet(Dataset photos, Photo first) {
    long without = photos.photos().stream().filter(photo -> photo.set().isEmpty()).count();
    Optional<SplitSet> any =
        photos.photos().stream().flatMap(photo -> photo.set().stream()).findFirst();
    return PupilException.badInput(
        any.isEmpty()
            ? Message.of(
                Setting.SPLIT_RULE,
                "=folders needs photos that are divided already, in folders such as train, val and test or by a column of a table: leave it out")
            : Message.of(
                "%s in none of the sets, which ".formatted(are(without)),
                Setting.SPLIT_RULE,
                "=folders needs (first %s): move them to a folder such as train or test"
                    .formatted(first.source().name())));
  }

  private static String are(long photos) {
    return photos == 1 ? "1 photo is" : photos + " photos are";
  }
}
