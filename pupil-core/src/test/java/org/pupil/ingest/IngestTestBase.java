package org.pupil.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** What tests of whole photo sets need. */
abstract class IngestTestBase {
  @TempDir Path work;

  final List<String> notes = new ArrayList<>();
  final List<Recognised> recognised = new ArrayList<>();
  List<Recognised> choices = List.of();

  final IngestListener listener =
      new IngestListener() {
        @Override
        public void note(Note note) {
          notes.add(note.message().toString());
        }

        @Override
        public void recognised(Recognised reading) {
          recognised.add(reading);
        }

        @Override
        public Recognised choose(List<Recognised> readings) {
          choices = readings;
          return readings.get(0);
        }
      };

  Path to() {
    return work.resolve("out");
  }

  IngestRequest request(Object source) {
    return new IngestRequest(
        source.toString(),
        to(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        UnpackLimits.DEFAULT,
        Catalogue.builtIn(),
        Map.of());
  }

  IngestedSet ingest(Object source) {
    return ingest(request(source));
  }

  IngestedSet ingest(IngestRequest request) {
    return new Ingestion(request, listener).run();
  }

  IngestedSet ingest(Object source, Layout layout) {
    IngestRequest plain = request(source);
    return ingest(
        new IngestRequest(
            plain.source(),
            plain.to(),
            Optional.of(layout),
            plain.inner(),
            plain.names(),
            plain.limits(),
            plain.catalogue(),
            plain.environment()));
  }

  IngestedSet ingest(Object source, UnpackLimits limits) {
    IngestRequest plain = request(source);
    return ingest(
        new IngestRequest(
            plain.source(),
            plain.to(),
            plain.layout(),
            plain.inner(),
            plain.names(),
            limits,
            plain.catalogue(),
            plain.environment()));
  }

  /** The files below the folder that was made, but for Pupil's own. */
  List<String> files() throws IOException {
    return filesBelow(to()).stream().filter(name -> !DatasetRecord.isOwn(name)).toList();
  }

  static List<String> filesBelow(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /** What is beside the folder, hidden things too. */
  List<String> beside() throws IOException {
    try (Stream<Path> list = Files.list(work)) {
      return list.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
