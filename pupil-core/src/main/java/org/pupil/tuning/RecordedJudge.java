package org.pupil.tuning;

import java.util.Optional;

/** A judge whose sayings are kept, and who is not asked again what was kept. */
record RecordedJudge(Judge judge, TrialJournal journal) implements Judge {
  @Override
  public int foldsOfRepeat() {
    return judge.foldsOfRepeat();
  }

  @Override
  public int folds() {
    return judge.folds();
  }

  @Override
  public int photos() {
    return judge.photos();
  }

  @Override
  public Optional<FoldOutcome> judge(Configuration configuration, int fold) {
    Optional<FoldOutcome> known = journal.find(configuration, fold);
    if (known.isPresent()) {
      return known;
    }
    Optional<FoldOutcome> outcome = judge.judge(configuration, fold);
    outcome.ifPresent(said -> journal.keep(configuration, fold, said));
    return outcome;
  }
}
