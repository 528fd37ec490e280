package org.pupil.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pupil.dataset.PhotoSource;

/**
 * That a photo might be taken out, because of a finding.
 *
 * @param photo a file
 * @param isForAll whether it is taken out when a person agrees to all that is proposed without
 *     looking: not what may well stay, such as photos that are only nearly the same
 */
public record Proposal(Finding finding, PhotoSource photo, boolean isForAll) {

  /** What may be taken out, in the order of the findings; each photo once. */
  public static List<Proposal> of(CheckResult report) {
    List<Proposal> proposals = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Finding finding : report.findings()) {
      for (PhotoSource photo : toTakeOut(finding)) {
        if (seen.add(photo.name())) {
          proposals.add(new Proposal(finding, photo, isForAll(finding)));
        }
      }
    }
    return proposals;
  }

  /** Of copies the first stays; of a photo under several labels nobody knows which is right. */
  private static List<PhotoSource> toTakeOut(Finding finding) {
    return switch (finding.kind()) {
      case UNREADABLE, TRUNCATED, EMPTY, BLANK, TINY, EXTREME_SHAPE, SUSPECT_LABEL, TWO_LABELS ->
          finding.photos();
      case EXACT_DUPLICATE, NEAR_DUPLICATE -> finding.photos().subList(1, finding.photos().size());
      case SHORTCUT, SPLIT_LEAK, FEW_PHOTOS, IMBALANCE, WRONG_EXTENSION -> List.of();
    };
  }

  private static boolean isForAll(Finding finding) {
    return switch (finding.kind()) {
      case UNREADABLE, TRUNCATED, EMPTY, BLANK, SUSPECT_LABEL, TWO_LABELS, EXACT_DUPLICATE -> true;
      default -> false;
    };
  }
}
