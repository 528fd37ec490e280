package org.pupil.dataset;

import java.util.Optional;

/**
 * One labelled photo, not yet read. (An image is what is inside: its pixels.)
 *
 * @param source gives its bytes, and what messages call it
 * @param name what it is called in its data set, whatever the place: {@code cat/garden/tom.jpg},
 *     with {@code /} between the parts on every system. The first part is the label's folder. The
 *     split is made from it
 * @param label index of the photo's label in {@link Labels}
 * @param group what it has in common with photos that resemble it: those of one group stay together
 *     in the split and in cross-validation. By default the name up to {@code _nohash_}, which is
 *     looked for in its last part only
 * @param set which set it belongs to, if its folder or its row in a table says that. Only {@link
 *     SplitRule#FOLDERS} looks at it
 */
public record Photo(
    PhotoSource source, String name, int label, String group, Optional<SplitSet> set) {
  static final String NOT_HASHED = "_nohash_";

  /** A photo of the group that its name says, and of no set. */
  public Photo(PhotoSource source, String name, int label) {
    this(source, name, label, groupOf(name));
  }

  /** A photo of no set. */
  public Photo(PhotoSource source, String name, int label, String group) {
    this(source, name, label, group, Optional.empty());
  }

  /** The same photo in another group, for photos that are known to resemble each other. */
  public Photo inGroup(String other) {
    return new Photo(source, name, label, other, set);
  }

  static String groupOf(String name) {
    int cut = name.indexOf(NOT_HASHED, name.lastIndexOf('/') + 1);
    return cut < 0 ? name : name.substring(0, cut);
  }
}
