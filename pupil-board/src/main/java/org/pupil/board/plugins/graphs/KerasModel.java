package org.pupil.board.plugins.graphs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/**
 * A Keras model's layers as a graph, one node a layer. A model within a model is a scope of that
 * name. The layers of a sequential model follow each other; those of a functional one say which
 * layers they take their input from, in the form of Keras 2 ({@code [["name", 0, 0, {}]]}) or of
 * Keras 3 ({@code keras_history}).
 */
final class KerasModel {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int DEEPEST = 50;

  private final GraphDef.Builder graph = GraphDef.newBuilder();

  /** Where the output of a model within comes from, by the model's name with its scope. */
  private final Map<String, List<String>> outputs = new HashMap<>();

  private KerasModel() {}

  /**
   * Reads a model.
   *
   * @param json as a Keras model's {@code to_json} writes it
   * @throws IOException if it is no such model
   */
  static GraphDef graph(String json) throws IOException {
    JsonNode model;
    try {
      model = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IOException("the Keras model is no JSON", e);
    }
    KerasModel reading = new KerasModel();
    reading.addModel("", model, List.of(), 0);
    return reading.graph.build();
  }

  private static boolean isModel(JsonNode layer) {
    return layer.path("config").path("layers").isArray();
  }

  private static String name(JsonNode layer) {
    JsonNode config = layer.path("config");
    return config.path("name").asText(layer.path("name").asText(""));
  }

  private static String scoped(String scope, String name) {
    return scope.isEmpty() ? name : scope + "/" + name;
  }

  /** Adds the layers of a model, whose own inputs are {@code sources}; returns its outputs. */
  private List<String> addModel(String scope, JsonNode model, List<String> sources, int depth)
      throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("the Keras model's models are nested too deep");
    }
    String inner = scoped(scope, name(model));
    JsonNode config = model.path("config");
    Map<String, String> inputOf = new HashMap<>();
    List<String> inputLayers = layerNames(config.path("input_layers"));
    for (int i = 0; i < Math.min(inputLayers.size(), sources.size()); i++) {
      inputOf.put(inputLayers.get(i), sources.get(i));
    }
    List<String> previous = inputLayers.isEmpty() ? sources : List.of();
    for (JsonNode layer : config.path("layers")) {
      List<String> inputs = new ArrayList<>(inputs(inner, layer));
      if (!layer.path("inbound_nodes").isArray()) {
        inputs.addAll(previous);
      }
      String source = inputOf.get(name(layer));
      if (source != null) {
        inputs.add(source);
      }
      previous =
          isModel(layer)
              ? addModel(inner, layer, inputs, depth + 1)
              : List.of(addLayer(inner, layer, inputs));
    }
    List<String> last = previous;
    List<String> named =
        layerNames(config.path("output_layers")).stream()
            .flatMap(layer -> outputs(scoped(inner, layer)).stream())
            .toList();
    outputs.put(inner, named.isEmpty() ? last : named);
    return outputs(inner);
  }

  private List<String> outputs(String layer) {
    return outputs.getOrDefault(layer, List.of(layer));
  }

  /** Of {@code ["name", 0, 0]} or a list of such. */
  private static List<String> layerNames(JsonNode layers) {
    if (layers.path(0).isTextual()) {
      return List.of(layers.path(0).asText());
    }
    List<String> names = new ArrayList<>();
    layers.forEach(layer -> names.add(layer.path(0).asText()));
    return names;
  }

  private List<String> inputs(String scope, JsonNode layer) {
    List<String> inputs = new ArrayList<>();
    for (JsonNode inbound : layer.path("inbound_nodes")) {
      if (inbound.isObject()) {
        addHistories(scope, inbound.path("args"), inputs, 0);
      } else {
        inbound.forEach(one -> addInput(scope, one, inputs));
      }
    }
    return inputs;
  }

  private void addHistories(String scope, JsonNode arguments, List<String> inputs, int depth) {
    for (JsonNode argument : arguments) {
      if (argument.isArray() && depth < DEEPEST) {
        addHistories(scope, argument, inputs, depth + 1);
      } else {
        addInput(scope, argument.path("config").path("keras_history"), inputs);
      }
    }
  }

  /** Adds the layer of {@code ["name", node, tensor]}. */
  private void addInput(String scope, JsonNode history, List<String> inputs) {
    if (history.size() >= 3) {
      List<String> from = outputs(scoped(scope, history.path(0).asText()));
      int tensor = history.path(2).asInt();
      inputs.add(from.get(tensor >= 0 && tensor < from.size() ? tensor : from.size() - 1));
    }
  }

  private String addLayer(String scope, JsonNode layer, List<String> inputs) {
    String name = scoped(scope, name(layer));
    NodeDef.Builder node = graph.addNodeBuilder().setName(name).addAllInput(inputs);
    if (layer.path("class_name").isTextual()) {
      ByteString kind = ByteString.copyFromUtf8(layer.path("class_name").asText());
      node.putAttr("keras_class", AttrValue.newBuilder().setS(kind).build());
    }
    JsonNode policy = layer.path("config").path("dtype");
    String type = policy.isObject() ? policy.path("config").path("name").asText() : policy.asText();
    DataType known = type.isEmpty() ? DataType.DT_INVALID : dataType(type);
    if (known != DataType.DT_INVALID) {
      node.putAttr("dtype", AttrValue.newBuilder().setType(known).build());
    }
    return name;
  }

  private static DataType dataType(String keras) {
    return switch (keras.toLowerCase(Locale.ROOT)) {
      case "float16" -> DataType.DT_HALF;
      case "bfloat16" -> DataType.DT_BFLOAT16;
      case "float32" -> DataType.DT_FLOAT;
      case "float64" -> DataType.DT_DOUBLE;
      case "int8" -> DataType.DT_INT8;
      case "int16" -> DataType.DT_INT16;
      case "int32" -> DataType.DT_INT32;
      case "int64" -> DataType.DT_INT64;
      case "uint8" -> DataType.DT_UINT8;
      case "bool" -> DataType.DT_BOOL;
      case "string" -> DataType.DT_STRING;
      default -> DataType.DT_INVALID;
    };
  }
}
