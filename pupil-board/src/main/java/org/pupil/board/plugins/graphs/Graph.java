package org.pupil.board.plugins.graphs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.FunctionDef;
import org.pupil.log.proto.FunctionDefLibrary;
import org.pupil.log.proto.GradientDef;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.VersionDef;

/** A serialized graph that is known to be one. */
public final class Graph {
  private static final ExtensionRegistryLite NO_EXTENSIONS =
      ExtensionRegistryLite.getEmptyRegistry();

  private final ByteString serialized;

  /**
   * Checks a graph.
   *
   * @param serialized a GraphDef
   * @throws IOException if the bytes are no graph
   */
  Graph(ByteString serialized) throws IOException {
    this.serialized = serialized;
    visit(serialized, new Visitor() {});
  }

  /** Hears of what is in a graph, in the order of the file. */
  private interface Visitor {
    default void node(NodeDef unused) throws IOException {}

    default void function(FunctionDef unused) throws IOException {}

    default void gradient(GradientDef unused) throws IOException {}

    default void version(int unused) throws IOException {}

    default void versions(VersionDef unused) throws IOException {}
  }

  /**
   * Which attributes are left out.
   *
   * @param bytes an attribute may be so large at most, at least 1
   * @param key the attribute that lists the names of those left out
   */
  public record AttributeLimit(int bytes, String key) {
    public AttributeLimit {
      if (bytes < 1) {
        throw new IllegalArgumentException("limit_attr_size must be > 0, but is " + bytes);
      }
    }

    private NodeDef apply(NodeDef node) {
      NodeDef.Builder limited = null;
      for (Map.Entry<String, AttrValue> attribute : new TreeMap<>(node.getAttrMap()).entrySet()) {
        if (attribute.getValue().getSerializedSize() > bytes) {
          limited = limited == null ? node.toBuilder() : limited;
          limited.removeAttr(attribute.getKey());
          AttrValue.Builder names =
              limited.getAttrOrDefault(key, AttrValue.getDefaultInstance()).toBuilder();
          names.getListBuilder().addS(ByteString.copyFromUtf8(attribute.getKey()));
          limited.putAttr(key, names.build());
        }
      }
      return limited == null ? node : limited.build();
    }
  }

  /** Writes it in protobuf's text form, whole. */
  public void writeText(Appendable out) throws IOException {
    writeText(out, node -> node);
  }

  /** Writes it in protobuf's text form, without large attributes. */
  public void writeText(Appendable out, AttributeLimit limit) throws IOException {
    writeText(out, limit::apply);
  }

  private interface NodeChange {
    NodeDef apply(NodeDef node);
  }

  private void writeText(Appendable out, NodeChange change) throws IOException {
    ProtoText text = new ProtoText(out);
    visit(
        serialized,
        new Visitor() {
          @Override
          public void node(NodeDef node) throws IOException {
            text.message("node", change.apply(node), 0);
          }

          @Override
          public void versions(VersionDef versions) throws IOException {
            text.message("versions", versions, 0);
          }

          @Override
          public void version(int version) throws IOException {
            out.append("version: ").append(Integer.toString(version)).append('\n');
          }
        });
    writeLibrary(text);
  }

  /** All functions stand in one block, wherever they stand in the file. */
  private void writeLibrary(ProtoText text) throws IOException {
    boolean[] hasAny = {false};
    visit(
        serialized,
        new Visitor() {
          @Override
          public void function(FunctionDef function) throws IOException {
            open();
            text.message("function", function, 1);
          }

          @Override
          public void gradient(GradientDef gradient) throws IOException {
            open();
            text.message("gradient", gradient, 1);
          }

          private void open() throws IOException {
            if (!hasAny[0]) {
              text.open("library", 0);
              hasAny[0] = true;
            }
          }
        });
    if (hasAny[0]) {
      text.close(0);
    }
  }

  /**
   * Writes what a page needs in order to draw it; {@code http_api.md} has the form.
   *
   * @param most so many nodes at most
   */
  public void writeJson(JsonGenerator json, int most) throws IOException {
    NodeJson nodes = new NodeJson(json, most);
    json.writeStartObject();
    json.writeArrayFieldStart("nodes");
    visit(
        serialized,
        new Visitor() {
          @Override
          public void node(NodeDef node) throws IOException {
            nodes.write(node);
          }
        });
    json.writeEndArray();
    json.writeArrayFieldStart("functions");
    visit(
        serialized,
        new Visitor() {
          @Override
          public void function(FunctionDef function) throws IOException {
            if (nodes.isFull()) {
              nodes.count(function.getNodeDefCount());
              return;
            }
            json.writeStartObject();
            json.writeStringField("name", function.getSignature().getName());
            json.writeArrayFieldStart("nodes");
            for (NodeDef node : function.getNodeDefList()) {
              nodes.write(node);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
        });
    json.writeEndArray();
    json.writeNumberField("written", nodes.written());
    json.writeNumberField("total", nodes.total());
    json.writeEndObject();
  }

  private static void visit(ByteString serialized, Visitor visitor) throws IOException {
    CodedInputStream in = serialized.newCodedInput();
    // Bytes in the nodes are then parts of the one array and not copies.
    in.enableAliasing(true);
    for (int field = in.readTag(); field != 0; field = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(field)) {
        case GraphDef.NODE_FIELD_NUMBER ->
            visitor.node(in.readMessage(NodeDef.parser(), NO_EXTENSIONS));
        case GraphDef.LIBRARY_FIELD_NUMBER -> visitLibrary(in.readBytes(), visitor);
        case GraphDef.VERSIONS_FIELD_NUMBER ->
            visitor.versions(in.readMessage(VersionDef.parser(), NO_EXTENSIONS));
        case GraphDef.VERSION_FIELD_NUMBER -> visitor.version(in.readInt32());
        default -> in.skipField(field);
      }
    }
  }

  private static void visitLibrary(ByteString library, Visitor visitor) throws IOException {
    CodedInputStream in = library.newCodedInput();
    in.enableAliasing(true);
    for (int field = in.readTag(); field != 0; field = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(field)) {
        case FunctionDefLibrary.FUNCTION_FIELD_NUMBER ->
            visitor.function(in.readMessage(FunctionDef.parser(), NO_EXTENSIONS));
        case FunctionDefLibrary.GRADIENT_FIELD_NUMBER ->
            visitor.gradient(in.readMessage(GradientDef.parser(), NO_EXTENSIONS));
        default -> in.skipField(field);
      }
    }
  }
}
