package org.pupil.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.pupil.backbone.KnownBackbone;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.Reachability;
import org.pupil.dataset.InstalledConverters;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.ingest.Catalogue;
import org.pupil.ingest.KnownDataset;
import org.pupil.inventory.Machine;
import org.pupil.inventory.NativeLibrary;
import org.pupil.inventory.Storage;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code pupil doctor}: what there is on this machine, and what to do about what is missing. */
final class DoctorCommand implements Callable<ExitStatus> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final Clock clock;
  private final Map<String, String> environment;

  private final CommandOption<Boolean> offline =
      CommandOption.yesOrNo(
          OptionSpec.builder("--offline")
              .description("Do not look whether these servers can be reached."));

  private final CommandOption<Boolean> json =
      CommandOption.yesOrNo(
          OptionSpec.builder("--json").description("Print one JSON object instead of text."));

  private final StorageOptions storage = new StorageOptions();

  DoctorCommand(Terminal terminal, Clock clock, Map<String, String> environment) {
    this.terminal = terminal;
    this.clock = clock;
    this.environment = environment;
  }

  /** The command as picocli takes it. */
  CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("doctor").aliases("diagnose");
    spec.usageMessage()
        .sortOptions(false)
        .header("Says what there is on this machine, and what to do about what is missing.")
        .customSynopsis("pupil doctor [FLAG...]")
        .description(
            "",
            "Looks at Java, the processor, memory, disks, native libraries, photo formats, backbones and their hashes, what Pupil keeps, and whether the servers of backbones and photo sets can be reached. Then it trains on a few generated pictures and labels them, as self-check does. It changes nothing.",
            "",
            "  pupil doctor",
            "  pupil doctor --offline --json",
            "");
    spec.addOption(json.spec());
    spec.addOption(offline.spec());
    storage.addTo(spec);
    return spec;
  }

  @Override
  public ExitStatus call() {
    Diagnosis diagnosis = diagnosis();
    if (json.value()) {
      DiagnosisJson.print(diagnosis, terminal.data());
    } else {
      new DiagnosisPrinter(terminal, Launcher.of(environment)).print(diagnosis);
    }
    return diagnosis.isHealthy() ? ExitStatus.OK : ExitStatus.UNAVAILABLE;
  }

  private Diagnosis diagnosis() {
    Storage kept = storage.storage();
    List<NativeLibrary> libraries = NativeLibrary.all();
    List<KnownBackbone> backbones = new ArrayList<>(KnownBackbone.builtIn());
    backbones.addAll(KnownBackbone.in(storage.backbones()));
    Path work = DefaultPlaces.FOLDER.toAbsolutePath();
    return new Diagnosis(
        Machine.ofProcess(),
        libraries,
        Engines.hasTensorFlow(),
        InstalledConverters.ofProcess(),
        backbones,
        kept.cache().path(),
        Machine.roomIn(kept.cache().path()),
        work,
        Machine.roomIn(work),
        kept.kept(),
        offline.value() ? List.of() : addresses(),
        selfCheck());
  }

  /** Of the backbones and of the sets of photos that have a name; each server is asked once. */
  private List<Reachability> addresses() {
    DownloadAddresses official = DownloadAddresses.official();
    Map<String, URI> byServer = new LinkedHashMap<>();
    Stream<URI> sets =
        Catalogue.builtIn().datasets().stream()
            .flatMap(set -> set.files().stream())
            .map(KnownDataset.RemoteFile::address);
    Stream.concat(Stream.of(official.models(), official.hub()), sets)
        .forEach(address -> byServer.putIfAbsent(address.getHost(), address));
    return Reachability.of(
        byServer.values().stream().map(address -> address.resolve("/")).toList(),
        environment,
        PATIENCE);
  }

  /** Why it fails; what it says itself comes to nobody's eyes. */
  private Optional<String> selfCheck() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    ExitStatus status;
    try {
      status = new SelfCheckCommand(Terminal.redirected(stream, stream), clock, environment).call();
    } catch (PupilException e) {
      return Optional.of(e.getMessage());
    }
    return status == ExitStatus.OK
        ? Optional.empty()
        : Optional.of(
            said.toString(StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("it ended with status " + status.code()));
  }
}
