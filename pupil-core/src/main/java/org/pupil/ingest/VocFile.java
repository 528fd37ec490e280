package org.pupil.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Annotations as Pascal VOC has them: an XML file for each photo. */
final class VocFile {
  private VocFile() {}

  /** The boxes in a file; none if it is something else. */
  static List<Box> boxes(SourceFile file) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    // Nothing that the file names is fetched or expanded.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // Else R&amp;D comes in three parts, of which the last would be the label.
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try (InputStream in = Files.newInputStream(file.content())) {
      XMLStreamReader reader = factory.createXMLStreamReader(in);
      try {
        return boxes(reader, PhotoIndex.withoutExtension(file.name()));
      } finally {
        reader.close();
      }
    } catch (XMLStreamException | NumberFormatException e) {
      return List.of();
    }
  }

  private static List<Box> boxes(XMLStreamReader reader, String name) throws XMLStreamException {
    List<Box> boxes = new ArrayList<>();
    Map<String, String> object = new HashMap<>();
    String photo = name;
    String path = "";
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> path += "/" + reader.getLocalName();
        case XMLStreamConstants.CHARACTERS -> {
          String text = reader.getText().strip();
          if (!text.isEmpty() && path.startsWith("/annotation/object/")) {
            object.put(path.substring("/annotation/object/".length()), text);
          } else if (!text.isEmpty() && path.equals("/annotation/filename")) {
            photo = text;
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (path.equals("/annotation/object")) {
            add(object, photo, boxes);
            object.clear();
          }
          path = path.substring(0, path.lastIndexOf('/'));
        }
        default -> {
          // Comments and the like.
        }
      }
    }
    return boxes;
  }

  /** Pixels count from 1 there, and the last one belongs to the box. */
  private static void add(Map<String, String> object, String photo, List<Box> boxes) {
    String label = object.getOrDefault("name", "");
    double left = number(object, "bndbox/xmin");
    double top = number(object, "bndbox/ymin");
    double width = number(object, "bndbox/xmax") - left + 1;
    double height = number(object, "bndbox/ymax") - top + 1;
    if (!label.isBlank()) {
      boxes.add(new Box(photo, label, left - 1, top - 1, width, height));
    }
  }

  private static double number(Map<String, String> object, String field) {
    return Double.parseDouble(object.getOrDefault(field, "0"));
  }
}
