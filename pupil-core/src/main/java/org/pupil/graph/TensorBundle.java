package org.pupil.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;
import org.pupil.files.InputFile;
import org.pupil.log.MaskedCrc;
import org.pupil.log.proto.BundleEntryProto;
import org.pupil.log.proto.BundleHeaderProto;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.log.proto.TrackableObjectGraph;

/**
 * A checkpoint as TensorFlow writes it: an index, {@code variables.index}, that says of every
 * tensor its type, its shape and where its bytes are in one of the files {@code
 * variables.data-00000-of-00001} (tensorflow/core/util/tensor_bundle/tensor_bundle.h).
 */
public final class TensorBundle implements Checkpoint {
  private static final String OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH";

  /** The index of a network with 100,000 variables. */
  private static final long MOST_INDEX_BYTES = 64L << 20;

  /** One variable: 128 million weights. */
  private static final long MOST_TENSOR_BYTES = 512L << 20;

  private final Path folder;
  private final String where;
  private @Nullable Map<String, byte[]> index;

  /**
   * Nothing is read yet.
   *
   * @param savedModel the SavedModel's folder
   * @param where what to call it in a message
   */
  public TensorBundle(Path savedModel, String where) {
    this.folder = savedModel.resolve("variables");
    this.where = where;
  }

  @Override
  public List<TensorProto> values(List<Entry> entries, List<DataType> types) {
    List<TensorProto> values = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      BundleEntryProto found = entry(entry.key());
      if (found.getDtypeValue() != types.get(i).getNumber()) {
        throw trouble(
            "%s is of type %s, not %s"
                .formatted(entry.key(), DataType.forNumber(found.getDtypeValue()), types.get(i)));
      }
      values.add(value(entry, found));
    }
    return values;
  }

  private TensorProto value(Entry entry, BundleEntryProto found) {
    TensorSlices slices = TensorSlices.of(entry, found, this::trouble);
    byte[] content =
        found.getSlicesCount() == 0
            ? slices.part(bytes(entry.key(), found))
            : slices.joined(key -> bytes(entry.key(), entry(key)));
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long length : slices.lengths()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
    }
    return TensorProto.newBuilder()
        .setDtype(DataType.forNumber(found.getDtypeValue()))
        .setTensorShape(shape)
        .setTensorContent(ByteString.copyFrom(content))
        .build();
  }

  @Override
  public Map<String, String> keysByName() {
    Map<String, String> keys = new HashMap<>();
    List<String> twice = new ArrayList<>();
    for (TrackableObjectGraph.TrackableObject object : objects().getNodesList()) {
      for (TrackableObjectGraph.TrackableObject.SerializedTensor tensor :
          object.getAttributesList()) {
        String before = keys.put(tensor.getFullName(), tensor.getCheckpointKey());
        if (before != null && !before.equals(tensor.getCheckpointKey())) {
          twice.add(tensor.getFullName());
        }
      }
    }
    twice.forEach(keys::remove);
    return keys;
  }

  /** The list of objects is a tensor of one string: its length, a checksum, the string. */
  private TrackableObjectGraph objects() {
    ByteBuffer content = ByteBuffer.wrap(read(OBJECT_GRAPH, entry(OBJECT_GRAPH)));
    try {
      CodedInputStream in = CodedInputStream.newInstance(content);
      long length = in.readRawVarint64();
      in.skipRawBytes(Integer.BYTES);
      return TrackableObjectGraph.parseFrom(in.readRawBytes(Math.toIntExact(length)));
    } catch (IOException | ArithmeticException e) {
      throw PupilException.badModel(where + " is damaged: its list of objects cannot be read", e);
    }
  }

  private BundleEntryProto entry(String key) {
    byte[] found = index().get(latin1(key));
    if (found == null) {
      throw trouble("there is no " + key);
    }
    try {
      return BundleEntryProto.parseFrom(found);
    } catch (InvalidProtocolBufferException e) {
      throw trouble("the index is damaged at " + key);
    }
  }

  /** Keys in the index are compared byte by byte. */
  private static String latin1(String key) {
    return new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private Map<String, byte[]> index() {
    if (index == null) {
      Path file = folder.resolve("variables.index");
      try {
        index = SortedTable.read(InputFile.read(file, MOST_INDEX_BYTES));
      } catch (IOException e) {
        throw trouble(FileTrouble.reason(e));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw trouble(file.getFileName() + ": " + e.getMessage());
      }
      checkHeader(index.get(""));
    }
    return index;
  }

  private void checkHeader(byte @Nullable [] header) {
    try {
      if (header == null
          || BundleHeaderProto.parseFrom(header).getEndianness()
              != BundleHeaderProto.Endianness.LITTLE) {
        throw trouble("the index has no header, or numbers are written from the high byte on");
      }
    } catch (InvalidProtocolBufferException e) {
      throw trouble("the header of the index is damaged");
    }
  }

  /** The bytes of a tensor of numbers, checked. */
  private byte[] bytes(String key, BundleEntryProto entry) {
    byte[] bytes = read(key, entry);
    if (new MaskedCrc().of(bytes, 0, bytes.length) != entry.getCrc32C()) {
      throw trouble(key + " is damaged: its checksum is wrong");
    }
    return bytes;
  }

  private byte[] read(String key, BundleEntryProto entry) {
    if (entry.getSize() < 0 || entry.getSize() > MOST_TENSOR_BYTES || entry.getOffset() < 0) {
      throw trouble(key + " has a size of " + entry.getSize());
    }
    Path file = dataFile(entry.getShardId());
    try {
      InputFile.checkRegular(file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        if (channel.size() - entry.getOffset() < entry.getSize()) {
          throw trouble(key + " is cut off");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) entry.getSize());
        while (bytes.hasRemaining()
            && channel.read(bytes, entry.getOffset() + bytes.position()) >= 0) {
          // on to the rest
        }
        return bytes.array();
      }
    } catch (IOException e) {
      throw trouble(FileTrouble.reason(e));
    }
  }

  private Path dataFile(int shard) {
    int shards;
    try {
      shards = BundleHeaderProto.parseFrom(index().get("")).getNumShards();
    } catch (InvalidProtocolBufferException e) {
      throw trouble("the header of the index is damaged");
    }
    return folder.resolve("variables.data-%05d-of-%05d".formatted(shard, shards));
  }

  private PupilException trouble(String reason) {
    return PupilException.badModel(where + ": its variables cannot be read: " + reason);
  }
}
