package org.pupil.app;

import java.nio.file.Path;

/**
 * A folder with a name that a person gave it: {@code NAME:FOLDER}.
 *
 * @param name may be empty
 */
record NamedFolder(String name, Path folder) {}
