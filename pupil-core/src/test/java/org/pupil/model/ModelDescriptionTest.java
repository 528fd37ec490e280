package org.pupil.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.images.Alpha;
import org.pupil.images.PerChannel;

class ModelDescriptionTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ModelDescription SAMPLE = TinyModel.description();

  private static ModelDescription read(String json) {
    return ModelDescription.fromJson(json, "m.pb");
  }

  private static void assertDamaged(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL))
        .hasMessage("m.pb has a damaged description of itself: train it again");
  }

  private static ObjectNode tree() throws Exception {
    return (ObjectNode) JSON.readTree(SAMPLE.toJson());
  }

  @Test
  void whatIsWrittenIsReadAsItWas() {
    assertThat(read(SAMPLE.toJson())).isEqualTo(SAMPLE);
  }

  /** Of the sample all channels have the same mean and std. */
  private interface OneNumber {
    @JsonValue
    float red();
  }

  /** The one field that is called otherwise than the record's component. */
  private interface Teaching {
    @JsonProperty("teaching")
    Provenance.Training training();
  }

  /** It is written field by field, since that is faster than by way of the records' types. */
  @Test
  void everyFieldIsWrittenInTheOrderOfTheRecords() throws Exception {
    JsonMapper byType =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .addMixIn(PerChannel.class, OneNumber.class)
            .addMixIn(Provenance.class, Teaching.class)
            .build();
    assertThat(SAMPLE.toJson()).isEqualTo(byType.writeValueAsString(SAMPLE));
  }

  @Test
  void whatBecameOfTransparencyIsWrittenInAWord() throws Exception {
    assertThat(tree().path("alpha").asText()).isEqualTo("white");
  }

  /** They were taught by pixels whose alpha was dropped. */
  @Test
  void modelsFromBeforeTransparencyWasSeenDropIt() throws Exception {
    ObjectNode old = tree();
    old.remove("alpha");
    assertThat(read(old.toString()).alpha()).isEqualTo(Alpha.DROP);
  }

  @Test
  void theOptionsKeepTheirOrder() {
    assertThat(read(SAMPLE.toJson()).provenance().options().keySet())
        .containsExactly("image_dir", "architecture", "seed");
  }

  @Test
  void withoutTestPhotosThereIsNoScore() throws Exception {
    Provenance p = SAMPLE.provenance();
    ModelDescription untested =
        new ModelDescription(
            1,
            SAMPLE.labels(),
            SAMPLE.inputLayer(),
            SAMPLE.outputLayer(),
            4,
            5,
            SAMPLE.alpha(),
            new Provenance(
                p.pupil(),
                p.createdAt(),
                p.backbone(),
                p.split(),
                p.training(),
                null,
                p.data(),
                p.options()));

    assertThat(JSON.readTree(untested.toJson()).path("provenance").has("test")).isFalse();
    assertThat(read(untested.toJson())).isEqualTo(untested);
  }

  @Test
  void fieldsThatThisPupilDoesNotKnowAreIgnoredEverywhere() throws Exception {
    ObjectNode json = tree();
    json.put("colour", "green");
    ((ObjectNode) json.path("provenance")).putObject("weather").put("rain", true);
    ((ObjectNode) json.path("provenance").path("backbone")).put("depth", 7);
    ((ObjectNode) json.path("provenance").path("test")).putArray("more").add(1);

    assertThat(read(json.toString())).isEqualTo(SAMPLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "4294967297", "99999999999999999999999"})
  void aNewerFormatIsRefusedWithAdvice(String format) throws Exception {
    String json = SAMPLE.toJson().replace("\"format\":1", "\"format\":" + format);
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL))
        .hasMessage("m.pb was made by a newer Pupil (format %s): update Pupil to use it", format);
  }

  @Test
  void aFormatOfAThousandDigitsIsNotPrintedWhole() {
    assertThatThrownBy(() -> read("{\"format\": " + "9".repeat(1000) + "}"))
        .hasMessage(
            "m.pb was made by a newer Pupil (format %s...): update Pupil to use it",
            "9".repeat(30));
  }

  /** It is how what is not finite is written, and models may have been edited. */
  @Test
  void aNumberMayStandThereAsATextAndATextAsANumber() throws Exception {
    ObjectNode json = tree();
    json.putArray("labels").add(1).add(2.50).add("x");
    json.put("input_height", "4");
    ((ObjectNode) json.path("provenance").path("test")).put("cross_entropy", Double.NaN);
    ((ObjectNode) json.path("provenance").path("test")).put("accuracy", 1);

    ModelDescription read = read(json.toString());

    assertThat(read.labels()).containsExactly("1", "2.5", "x");
    assertThat(read.inputHeight()).isEqualTo(4);
    assertThat(read.provenance().test().crossEntropy()).isNaN();
    assertThat(read.provenance().test().accuracy()).isEqualTo(1);
  }

  @Test
  void aNumberOfTheProvenanceThatIsMissingIsZero() throws Exception {
    ObjectNode json = tree();
    ((ObjectNode) json.path("provenance").path("split")).remove(List.of("seed", "testing_photos"));
    ((ObjectNode) json.path("provenance").path("split")).remove("rule");

    Provenance.SplitUsed split = read(json.toString()).provenance().split();

    assertThat(split.seed()).isZero();
    assertThat(split.testingPhotos()).isZero();
    assertThat(split.rule()).isNull();
    assertThat(split.trainingPhotos()).isEqualTo(40);
  }

  @Test
  void anEmptyLabelIsDamage() throws Exception {
    ObjectNode json = tree();
    json.putArray("labels").add("").add("cat");
    assertDamaged(json.toString());
  }

  @Test
  void aChecksumThatIsNotTheLastFieldIsDamage() {
    String rest = SAMPLE.toJson().substring(1);
    assertDamaged("{\"checksum\":\"crc32c:00000000\"," + rest);
  }

  /** Its other fields need not be as this Pupil knows them. */
  @Test
  void aNewerFormatIsRefusedWhateverElseStandsInIt() {
    assertThatThrownBy(() -> read("{\"format\": 2, \"labels\": 3}"))
        .hasMessageContaining("made by a newer Pupil");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "null",
        "1",
        "\"text\"",
        "[]",
        "{}",
        "{\"format\": 1}",
        "not json",
        "\u0000\u0001\uFFFD"
      })
  void whatIsNoDescriptionIsDamaged(String json) {
    assertDamaged(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format",
        "labels",
        "input_layer",
        "output_layer",
        "input_height",
        "input_width",
        "provenance"
      })
  void everyFieldMustBeThereAndNotNull(String field) throws Exception {
    ObjectNode json = tree();
    assertThat(json.has(field)).isTrue();
    json.remove(field);
    assertDamaged(json.toString());
    json.putNull(field);
    assertDamaged(json.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pupil", "created_at", "backbone", "split", "teaching", "data", "options"})
  void everyFieldOfTheProvenanceMustBeThereAndNotNull(String field) throws Exception {
    ObjectNode json = tree();
    ObjectNode provenance = (ObjectNode) json.path("provenance");
    assertThat(provenance.has(field)).isTrue();
    provenance.remove(field);
    assertDamaged(json.toString());
    provenance.putNull(field);
    assertDamaged(json.toString());
  }

  @Test
  void valuesThatCannotBeAreDamage() throws Exception {
    for (String json :
        List.of(
            SAMPLE.toJson().replace("\"format\":1", "\"format\":0"),
            SAMPLE.toJson().replace("\"format\":1", "\"format\":-1"),
            SAMPLE.toJson().replace("\"format\":1", "\"format\":\"1\""),
            SAMPLE.toJson().replace("\"format\":1", "\"format\":1.5"),
            SAMPLE.toJson().replace("\"input_height\":4", "\"input_height\":0"),
            SAMPLE.toJson().replace("\"input_height\":4", "\"input_height\":4097"),
            SAMPLE.toJson().replace("\"input_height\":4", "\"input_height\":2147483647"),
            SAMPLE.toJson().replace("\"input_width\":5", "\"input_width\":99999999999"),
            SAMPLE.toJson().replace("\"input_width\":5", "\"input_width\":[5]"),
            SAMPLE.toJson().replace("\"bee\"", "\"ant\""),
            SAMPLE.toJson().replace("\"bee\"", "null"),
            SAMPLE.toJson().replace("\"bee\"", "{}"),
            SAMPLE.toJson().replace("\"insects\"", "null"),
            SAMPLE.toJson().replace("[\"ant\",\"bee\",\"wasp 2\"]", "[]"),
            SAMPLE.toJson() + " and more",
            "[".repeat(100_000))) {
      assertThat(json).isNotEqualTo(SAMPLE.toJson());
      assertDamaged(json);
    }
  }

  /** A text with a piece replaced by a piece from elsewhere is a description, or is refused. */
  @Property(tries = 500)
  void mixedUpTextNeverGivesAnotherError(
      @ForAll @IntRange(max = 10_000) int from,
      @ForAll @IntRange(max = 10_000) int source,
      @ForAll @IntRange(max = 40) int removed,
      @ForAll @IntRange(max = 40) int inserted) {
    String json = SAMPLE.toJson();
    int at = from % json.length();
    int piece = source % json.length();
    String mixed =
        json.substring(0, at)
            + json.substring(piece, Math.min(json.length(), piece + inserted))
            + json.substring(Math.min(json.length(), at + removed));
    try {
      assertThat(read(mixed).labels()).isNotEmpty();
    } catch (PupilException e) {
      assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL);
      assertThat(e.getMessage()).startsWith("m.pb ").doesNotContain("\n");
    }
  }

  /** Every name in the JSON is in lower case with underscores, as the flags are. */
  @Test
  void theNamesAreSpeltLikeFlags() throws Exception {
    List<String> names = new ArrayList<>();
    addNames(tree(), names);
    assertThat(names).hasSizeGreaterThan(30).allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
  }

  private static void addNames(JsonNode node, List<String> names) {
    node.fieldNames().forEachRemaining(names::add);
    node.forEach(child -> addNames(child, names));
  }
}
