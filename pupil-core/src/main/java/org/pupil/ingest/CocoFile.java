package org.pupil.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Annotations as COCO has them: one JSON object with images, categories and annotations. */
final class CocoFile {
  private record Annotation(
      long image, long category, double left, double top, double width, double height) {}

  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<Long, String> images = new HashMap<>();
  private final Map<Long, String> categories = new HashMap<>();
  private final List<Annotation> annotations = new ArrayList<>();

  private CocoFile() {}

  /**
   * The boxes in a file; none if it is something else. Groups of objects ("crowds") are left out.
   */
  static List<Box> boxes(SourceFile file) throws IOException {
    CocoFile coco = new CocoFile();
    try (JsonParser parser = coco.mapper.createParser(file.content().toFile())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return List.of();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        coco.field(parser.currentName(), parser);
      }
    } catch (JsonProcessingException | CharConversionException e) {
      return List.of();
    }
    return coco.boxes();
  }

  private void field(String name, JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY
        || !List.of("images", "categories", "annotations").contains(name)) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode node = mapper.readTree(parser);
      long id = node.path("id").asLong();
      switch (name) {
        case "images" -> images.put(id, node.path("file_name").asText());
        case "categories" -> categories.put(id, node.path("name").asText());
        default -> annotation(node);
      }
    }
  }

  private void annotation(JsonNode node) {
    JsonNode box = node.path("bbox");
    if (box.size() == 4 && node.path("iscrowd").asInt(0) == 0) {
      annotations.add(
          new Annotation(
              node.path("image_id").asLong(),
              node.path("category_id").asLong(),
              box.get(0).asDouble(),
              box.get(1).asDouble(),
              box.get(2).asDouble(),
              box.get(3).asDouble()));
    }
  }

  private List<Box> boxes() {
    List<Box> boxes = new ArrayList<>();
    for (Annotation one : annotations) {
      String image = images.get(one.image);
      String category = categories.get(one.category);
      if (image != null && category != null && !category.isBlank()) {
        boxes.add(new Box(image, category, one.left, one.top, one.width, one.height));
      }
    }
    return boxes;
  }
}
