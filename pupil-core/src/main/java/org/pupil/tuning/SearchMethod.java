package org.pupil.tuning;

/** How configurations are chosen, and how many folds judge them. */
public enum SearchMethod {
  /** All combinations of evenly spread values, each judged by all folds. */
  GRID,

  /** Drawn at random, each judged by all folds. */
  RANDOM,

  /**
   * Successive halving: many are judged by a few folds, the better third of them by more, and so on
   * (K. Jamieson and A. Talwalkar, "Non-stochastic best arm identification and hyperparameter
   * optimization", 2016). That is done round by round, and what was learnt in a round says where
   * the next one looks ({@link ParzenProposals}), as BOHB does (S. Falkner, A. Klein and F. Hutter,
   * 2018).
   */
  HALVING
}
