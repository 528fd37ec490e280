package org.pupil.ingest;

import java.util.Locale;

/** How a photo set says which label a photo has. */
public enum Layout {
  /** One folder for each label. */
  FOLDERS,
  /** Folders for training, validation and testing, and in each one folder for each label. */
  SETS,
  /** Folders in folders; the label is the one that the photo lies in. */
  INNERMOST_FOLDERS,
  /** The label begins the name of the file: {@code beagle_12.jpg}. */
  PREFIX,
  /** A table of files and labels: CSV, TSV or JSON lines. */
  TABLE,
  /** Arrays of small pictures, with an array of labels: IDX or NumPy. */
  ARRAY,
  /** Boxes in a JSON file as COCO has them: each object becomes a photo. */
  COCO,
  /** Boxes in an XML file for each photo as Pascal VOC has them: each object becomes a photo. */
  VOC;

  /** The name as it is typed. */
  public String typed() {
    return name().toLowerCase(Locale.ROOT);
  }
}
