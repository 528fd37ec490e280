package org.pupil.dataset;

import java.nio.file.Path;

/**
 * One photo: a file on disk, not yet read. (An image is what is inside: its pixels.)
 *
 * @param path where the file is
 * @param name the path below the image folder, with {@code /} between its parts on every system:
 *     {@code cat/garden/tom.jpg}. The first part is the label's folder.
 * @param label index of the photo's label in {@link Labels}
 * @param size length of the file in bytes
 * @param modifiedMillis last change of the file, in milliseconds since 1970
 */
public record Photo(Path path, String name, int label, long size, long modifiedMillis) {}
