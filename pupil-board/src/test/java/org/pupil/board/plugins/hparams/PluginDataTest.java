package org.pupil.board.plugins.hparams;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Value;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.board.plugins.hparams.Experiment.DataType;
import org.pupil.board.plugins.hparams.Experiment.DatasetType;
import org.pupil.log.proto.hparams.Experiment;
import org.pupil.log.proto.hparams.HParamsPluginData;
import org.pupil.log.proto.hparams.SessionEndInfo;
import org.pupil.log.proto.hparams.SessionStartInfo;

class PluginDataTest {
  private static final SessionStartInfo START =
      SessionStartInfo.newBuilder()
          .putHparams("rate", Value.newBuilder().setNumberValue(0.1).build())
          .putHparams(
              "layers",
              Value.newBuilder()
                  .setListValue(
                      ListValue.newBuilder()
                          .addValues(Value.newBuilder().setBoolValue(true))
                          .addValues(Value.newBuilder().setNullValue(NullValue.NULL_VALUE)))
                  .build())
          .putHparams("another", Value.getDefaultInstance())
          .build();

  private static ByteString start(int version) {
    return HParamsPluginData.newBuilder()
        .setVersion(version)
        .setSessionStartInfo(START)
        .build()
        .toByteString();
  }

  @Test
  void settingsKeepTheOrderOfTheLogAndMayBeOfAnyKind() {
    SessionStart start = PluginData.sessionStart(start(0)).orElseThrow();
    assertThat(start.hparams().keySet()).containsExactly("rate", "layers", "another");
    assertThat(start.hparams().get("rate")).isEqualTo(0.1);
    assertThat(start.hparams().get("layers")).isEqualTo(Arrays.asList(true, null));
    assertThat(start.hparams().get("another")).isNull();
  }

  @Test
  void aMessageOfAnotherVersionOrAnotherKindDoesNotCount() {
    assertThat(PluginData.sessionStart(start(1))).isEmpty();
    assertThat(PluginData.sessionEnd(start(0))).isEmpty();
    assertThat(PluginData.experiment(start(0))).isEmpty();
    assertThat(PluginData.sessionStart(ByteString.EMPTY)).isEmpty();
  }

  @Test
  void aMessageThatIsCutOffDoesNotCountAndIsNoError() {
    ByteString whole = start(0);
    for (int length = 0; length < whole.size(); length++) {
      assertThat(PluginData.sessionStart(whole.substring(0, length))).as("%d", length).isEmpty();
    }
  }

  @Test
  void valuesThatAreNestedWithoutEndDoNotCount() {
    Value nested = Value.newBuilder().setNumberValue(1).build();
    for (int depth = 0; depth < 500; depth++) {
      nested = Value.newBuilder().setListValue(ListValue.newBuilder().addValues(nested)).build();
    }
    ByteString content =
        HParamsPluginData.newBuilder()
            .setSessionStartInfo(SessionStartInfo.newBuilder().putHparams("deep", nested))
            .build()
            .toByteString();
    assertThat(PluginData.sessionStart(content)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4, 99})
  void aStatusOrTypeThatIsNotKnownIsUnknown(int number) {
    HParamsPluginData.Builder end = HParamsPluginData.newBuilder();
    end.setSessionEndInfo(SessionEndInfo.newBuilder().setStatusValue(number).setEndTimeSecs(7));
    assertThat(PluginData.sessionEnd(end.build().toByteString()))
        .contains(new SessionEnd(SessionStatus.STATUS_UNKNOWN, 7));

    Experiment.Builder written = Experiment.newBuilder();
    written.addHparamInfosBuilder().setName("rate").setTypeValue(number);
    written.addMetricInfosBuilder().setDatasetTypeValue(number);
    var read =
        PluginData.experiment(
                HParamsPluginData.newBuilder().setExperiment(written).build().toByteString())
            .orElseThrow();
    assertThat(read.hparamInfos().get(0).type()).isEqualTo(DataType.DATA_TYPE_UNSET);
    assertThat(read.hparamInfos().get(0).domainDiscrete()).isNull();
    assertThat(read.hparamInfos().get(0).domainInterval()).isNull();
    assertThat(read.metricInfos().get(0).datasetType()).isEqualTo(DatasetType.DATASET_UNKNOWN);
    assertThat(read.metricInfos().get(0).name()).isNull();
  }
}
