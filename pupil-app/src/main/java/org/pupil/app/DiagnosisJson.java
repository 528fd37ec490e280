package org.pupil.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.pupil.backbone.KnownBackbone;
import org.pupil.backbone.fetch.Reachability;
import org.pupil.dataset.InstalledConverters;
import org.pupil.dataset.PhotoFormat;
import org.pupil.inventory.Machine;
import org.pupil.inventory.NativeLibrary;
import org.pupil.run.PupilVersion;

/** What {@code pupil doctor} found, as one JSON object. */
final class DiagnosisJson {
  private final JsonGenerator json;

  private DiagnosisJson(JsonGenerator json) {
    this.json = json;
  }

  static void print(Diagnosis diagnosis, PrintStream out) {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .useDefaultPrettyPrinter()) {
      new DiagnosisJson(json).write(diagnosis);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Diagnosis diagnosis) throws IOException {
    json.writeStartObject();
    json.writeStringField("pupil", PupilVersion.number());
    json.writeBooleanField("works", diagnosis.isHealthy());
    machine(diagnosis.machine());
    json.writeArrayFieldStart("libraries");
    for (NativeLibrary library : diagnosis.libraries()) {
      json.writeStartObject();
      json.writeStringField("name", library.name());
      json.writeStringField("version", library.version().orElse(null));
      json.writeStringField("trouble", library.failure().orElse(null));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanField("tensorflow", diagnosis.hasTensorFlow());
    converters(diagnosis.converters());
    json.writeArrayFieldStart("backbones");
    for (KnownBackbone backbone : diagnosis.backbones()) {
      write(backbone);
    }
    json.writeEndArray();
    folder("cache_folder", diagnosis.cacheFolder(), diagnosis.cacheRoom());
    folder("work_folder", diagnosis.workFolder(), diagnosis.workRoom());
    KeptJson.write(diagnosis.kept(), json);
    json.writeArrayFieldStart("addresses");
    for (Reachability address : diagnosis.addresses()) {
      json.writeStartObject();
      json.writeStringField("address", address.address().toString());
      json.writeStringField("trouble", address.trouble().orElse(null));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("self_check", diagnosis.selfCheck().orElse(null));
    json.writeEndObject();
  }

  private void converters(InstalledConverters converters) throws IOException {
    json.writeArrayFieldStart("converters");
    for (PhotoFormat format : PhotoFormat.values()) {
      if (format.needsConverter()) {
        json.writeStartObject();
        json.writeStringField("format", format.inWords());
        json.writeStringField(
            "program",
            converters.reading(format).stream()
                .findFirst()
                .map(program -> program.file().toString())
                .orElse(null));
        json.writeStringField("install", converters.command(format).orElse(null));
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void machine(Machine machine) throws IOException {
    json.writeObjectFieldStart("machine");
    json.writeStringField("java", machine.java());
    json.writeStringField("java_home", machine.javaHome().toString());
    json.writeNumberField("java_memory", machine.heapBytes());
    json.writeStringField("system", machine.system());
    json.writeStringField("processor", machine.processor());
    json.writeArrayFieldStart("instruction_sets");
    for (String set : machine.instructionSets()) {
      json.writeString(set);
    }
    json.writeEndArray();
    json.writeNumberField("cores", machine.cores());
    number("memory", machine.memoryBytes());
    json.writeEndObject();
  }

  private void write(KnownBackbone backbone) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", backbone.name());
    json.writeStringField("file", backbone.file().map(Path::toString).orElse(null));
    json.writeNumberField("bytes", backbone.bytes());
    json.writeStringField("sha256", backbone.sha256().orElse(null));
    json.writeStringField("trouble", backbone.trouble().orElse(null));
    json.writeEndObject();
  }

  private void folder(String name, Path folder, OptionalLong room) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("path", folder.toString());
    number("free", room);
    json.writeEndObject();
  }

  private void number(String name, OptionalLong value) throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsLong());
    } else {
      json.writeNullField(name);
    }
  }
}
