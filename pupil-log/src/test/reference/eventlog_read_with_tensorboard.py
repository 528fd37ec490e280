"""Reads the logs that SampleLogTest wrote with real TensorBoard, prints what it read, and complains.

    mvn -pl pupil-log test -Dtest=SampleLogTest
    python3 pupil-log/src/test/reference/eventlog_read_with_tensorboard.py \
        pupil-log/target/eventlog-sample

Reads them three ways: with EventAccumulator, with the server and its Python loader
(--load_fast=false), and with the server and its Rust loader (--load_fast=true). Ends with status 1
if a loader warns, if a number is not the one that was written, or if the servers differ. Where an
older file is left beside a newer one the Python loader says that it drops the older one's points
and graph; that is wanted. Tried with TensorBoard 2.18.
"""

import json
import logging
import re
import struct
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

complaints = []

DROPS_OLDER = re.compile("Detected out of order event.step|Found more than one graph event")


def expect(what, actual, expected):
    if actual != expected:
        complaints.append(f"{what}: {actual!r}, not {expected!r}")


def float32(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def with_event_accumulator(logdir):
    warnings = []

    class Keep(logging.Handler):
        def emit(self, record):
            if record.levelno >= logging.WARNING:
                warnings.append(record.getMessage())

    from tensorboard.util import tb_logging

    tb_logging.get_logger().addHandler(Keep())
    logging.getLogger().addHandler(Keep())
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    for run, factor in (("train", 1.0), ("validation", 0.5)):
        events = EventAccumulator(f"{logdir}/{run}", {"scalars": 0, "histograms": 0, "tensors": 0})
        events.Reload()
        tags = {kind: found for kind, found in events.Tags().items() if found}
        print(f"EventAccumulator {run}: {tags}")
        points = events.Scalars("accuracy_1")
        print(f"  accuracy_1: {len(points)} points, last {points[-1]}")
        expect(f"{run} steps", [p.step for p in points], list(range(40)))
        expect(f"{run} values", [p.value for p in points], [factor * s / 64 for s in range(40)])
        histogram = events.Histograms("activations")[-1].histogram_value
        print(f"  activations: {histogram}")
        expect(f"{run} count", (histogram.num, histogram.max), (5.0, 39.0))
        # A graph that is drawn from bytes that cannot be parsed would fail here.
        expect(f"{run} graph", len(events.Graph().node), 2)
    expect("warnings of EventAccumulator", warnings, [])


class Server:
    def __init__(self, logdir, load_fast):
        self.process = subprocess.Popen(
            ["tensorboard", "--logdir", logdir, "--port", "0", f"--load_fast={load_fast}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines = []
        self.address = None
        threading.Thread(target=self.keep_lines, daemon=True).start()
        deadline = time.time() + 60
        while self.address is None and time.time() < deadline:
            time.sleep(0.1)

    def keep_lines(self):
        for line in self.process.stderr:
            self.lines.append(line.strip())
            found = re.search(r"at (http://\S+)", line)
            if found:
                self.address = found.group(1).rstrip("/")

    def bytes(self, route, **parameters):
        query = urllib.parse.urlencode(parameters)
        with urllib.request.urlopen(f"{self.address}{route}?{query}") as answer:
            return answer.read()

    def json(self, route, **parameters):
        return json.loads(self.bytes(route, **parameters))

    def post(self, route, body):
        request = urllib.request.Request(self.address + route, json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())

    def sessions(self):
        return self.post(
            "/data/plugin/hparams/session_groups",
            {
                "experimentName": "",
                "allowedStatuses": ["STATUS_SUCCESS", "STATUS_FAILURE", "STATUS_RUNNING"],
                "colParams": [],
                "startIndex": 0,
                "sliceSize": 10,
            },
        )

    def wait_until_loaded(self, runs):
        deadline = time.time() + 60
        while time.time() < deadline:
            if len(self.json("/data/plugin/timeseries/tags")["scalars"]["runTagInfo"]) == runs:
                # The loaders show a run before they have read all of it, and look every 5 seconds.
                time.sleep(7)
                return
            time.sleep(0.5)
        complaints.append(f"the server has not found {runs} runs in a minute")

    def stop(self, tolerated):
        self.process.terminate()
        self.process.wait()
        print("  said on stderr:")
        for line in self.lines:
            print(f"    {line}")
            suspicious = re.search(r"\bwarn|\berror|corrupt|\b[WEF]\d{4}", line, re.IGNORECASE)
            if suspicious and not (tolerated and tolerated.search(line)):
                complaints.append(line)


def with_server_on_all(sample, load_fast):
    print(f"\nServer with --load_fast={load_fast} on {sample}")
    server = Server(sample, load_fast)
    try:
        server.wait_until_loaded(4)
        points = server.json("/data/plugin/scalars/scalars", run="killed/train", tag="accuracy_1")
        sessions = server.sessions()
    finally:
        server.stop(DROPS_OLDER)
    print(f"  answered {len(points)} points, the last {points[-1]}, and {json.dumps(sessions)}")
    points = [[step, value] for _, step, value in points]
    expect(f"--load_fast={load_fast} killed", points, [[s, s / 64] for s in range(40)])
    expect("metrics", metrics(sessions), {"/pupil/f1_macro": 0.5, "validation/accuracy_1": 39 / 128})


def metrics(sessions):
    (group,) = sessions["sessionGroups"]
    return {
        f"{metric['name']['group']}/{metric['name']['tag']}": metric["value"]
        for metric in group["metricValues"]
    }


def with_server(logdir, load_fast):
    print(f"\nServer with --load_fast={load_fast} on {logdir}")
    server = Server(logdir, load_fast)
    try:
        server.wait_until_loaded(3)
        answers = {"tags": server.json("/data/plugin/timeseries/tags")}
        for run in ("train", "validation"):
            points = server.json("/data/plugin/scalars/scalars", run=run, tag="accuracy_1")
            answers[f"{run} scalars"] = points
            histograms = server.json("/data/plugin/histograms/histograms", run=run, tag="activations")
            answers[f"{run} histograms"] = [
                # The Python loader trims the outer buckets and rounds the limits to float32.
                [step, [[float32(left), count] for left, _, count in buckets if count > 0]]
                for _, step, buckets in histograms
            ]
            answers[f"{run} graph"] = server.bytes("/data/plugin/graphs/graph", run=run).decode()
        answers["text"] = server.json("/data/plugin/text/text", run=".", tag="pupil/config")
        answers["curve"] = server.json("/data/plugin/pr_curves/pr_curves", run=".", tag="cat/pr_curves")
        answers["images"] = []
        for sample in (0, 1):
            for image in server.json(
                "/data/plugin/images/images", run=".", tag="pupil/misclassified", sample=sample
            ):
                # What follows the query differs between servers: ask for the picture itself.
                query = image.pop("query")
                with urllib.request.urlopen(
                    f"{server.address}/data/plugin/images/individualImage?{query}"
                ) as picture:
                    image["picture"] = [picture.headers["Content-Type"], picture.read().hex()]
                answers["images"].append(image)
        answers["experiment"] = server.post(
            "/data/plugin/hparams/experiment", {"experimentName": ""}
        )
        answers["sessions"] = server.sessions()
    finally:
        server.stop(None)
    print("  answered:")
    for what, answer in answers.items():
        print(f"    {what}: {json.dumps(answer)[:800]}")

    for run, factor in (("train", 1.0), ("validation", 0.5)):
        points = [[step, value] for _, step, value in answers[f"{run} scalars"]]
        expect(
            f"--load_fast={load_fast} {run}", points, [[s, factor * s / 64] for s in range(40)]
        )
    # TensorBoard leaves out thresholds at which nothing is taken as positive.
    recall = [float32(part) for part in (1.0, 0.775, 0.5, 0.225)]
    expect("recall", answers["curve"]["."][0]["recall"], recall)
    expect("text", "learning_rate" in answers["text"][0]["text"], True)
    (group,) = answers["sessions"]["sessionGroups"]
    expect("strict", group["hparams"]["strict"], True)
    expect("learning rate", group["hparams"]["learning_rate"], 0.01)
    expect("status", group["sessions"][0]["status"], "STATUS_SUCCESS")
    # It looks for the other metric in the run "./validation", which it calls "validation" itself.
    expect("metrics", metrics(answers["sessions"]), {"/pupil/f1_macro": 0.5})
    return answers


def main(sample):
    replaced = f"{sample}/replaced"
    with_event_accumulator(replaced)
    slow = with_server(replaced, "false")
    fast = with_server(replaced, "true")
    for what in slow:
        if slow[what] != fast[what]:
            complaints.append(f"the servers differ on {what}:\n  {slow[what]}\n  {fast[what]}")
    for load_fast in ("false", "true"):
        with_server_on_all(sample, load_fast)
    print("\n" + ("\n".join(complaints) if complaints else "No warning, no difference."))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
