"""Asks TensorBoard and Pupil's board the same of the same logs, and says where answers differ.

    python3 compare_with_tensorboard.py [--logdir FOLDER] [--loader fast|slow|both]
        [--pupil "./pupil board"] [--verbose]

Without --logdir it writes logs with a value of every kind (sample_logs.py). Needs the package
tensorboard; its fast loader also tensorboard-data-server. Numbers are the same if they are so as
32-bit floats, series are compared at the steps that both answers have, HTML by its elements.
docs/http_api.md says which differences there are and why. The status is 0 if all is the same.
"""

import argparse
import collections
import html.parser
import json
import math
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

import sample_logs

EVERYTHING = "scalars=100000,histograms=100000,images=1000,text=1000,pr_curves=1000"
STATUSES = ["STATUS_UNKNOWN", "STATUS_SUCCESS", "STATUS_FAILURE", "STATUS_RUNNING"]
WAIT_SECONDS = 90


def free_port():
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


class Server:
    """A server of ours, which is ended with the block that it was started in."""

    def __init__(self, name, command):
        self.name = name
        self._port = free_port()
        self._command = command + ["--port", str(self._port)]

    def __enter__(self):
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        return self

    def __exit__(self, *_):
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def wait_for_runs(self, count):
        end = time.monotonic() + WAIT_SECONDS
        runs = []
        while time.monotonic() < end:
            try:
                runs = json.loads(self.ask("GET", "data/runs").body)
                if len(runs) >= count:
                    time.sleep(2)  # what is read last may still be missing
                    return runs
            except (OSError, ValueError):
                pass
            time.sleep(0.5)
        sys.exit("%s does not show the runs: %s" % (self.name, runs))

    def ask(self, method, path, params=(), body=None):
        address = "http://localhost:%d/%s" % (self._port, path)
        if params:
            address += "?" + urllib.parse.urlencode(list(params))
        data = body.encode() if isinstance(body, str) else body
        if isinstance(body, (list, tuple)):
            data = urllib.parse.urlencode(list(body)).encode()
        kind = {"Content-Type": "application/json"} if isinstance(body, str) else {}
        request = urllib.request.Request(address, data=data, headers=kind, method=method)
        opener = urllib.request.build_opener(Unredirected)
        try:
            with opener.open(request, timeout=60) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as refusal:
            return Answer(refusal.code, refusal.headers, refusal.read())


class Unredirected(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.type = (headers.get("Content-Type") or "").replace(" ", "").lower()
        self.location = headers.get("Location")
        self.body = body

    def json(self):
        return json.loads(self.body)


class Elements(html.parser.HTMLParser):
    """What a browser would make of HTML: elements, their attributes, and text without its breaks."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, sorted(attrs)))

    def handle_endtag(self, tag):
        self.found.append("/" + tag)

    def handle_comment(self, data):
        self.found.append(("comment", data.strip()))

    def handle_data(self, data):
        words = " ".join(data.split())
        if words:
            self.found.append(words)


def elements(text):
    parser = Elements()
    parser.feed(text)
    parser.close()
    return parser.found


def is_same_number(a, b):
    if a == b:
        return True
    return math.isclose(a, b, rel_tol=2e-7, abs_tol=1e-38)


def step_of(row):
    """The step of a row of a series, in each of the forms that rows have."""
    if isinstance(row, dict) and "step" in row:
        return row["step"]
    is_row = isinstance(row, list) and len(row) == 3 and isinstance(row[1], int)
    return row[1] if is_row and isinstance(row[0], float) else None


def differences(a, b, where=""):
    """Sentences that say how b is not a."""
    if isinstance(a, bool) or isinstance(b, bool) or a is None or b is None:
        return [] if a is b else ["%s: %r, not %r" % (where, b, a)]
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return [] if is_same_number(a, b) else ["%s: %r, not %r" % (where, b, a)]
    if isinstance(a, str) and isinstance(b, str):
        is_html = any(mark in text for text in (a, b) for mark in "<&")
        same = elements(a) == elements(b) if is_html else a == b
        return [] if same else ["%s: %r, not %r" % (where, b, a)]
    if isinstance(a, dict) and isinstance(b, dict):
        found = ["%s: lacks %r" % (where, key) for key in a if key not in b]
        found += ["%s: has %r besides" % (where, key) for key in b if key not in a]
        for key in a:
            if key in b:
                found += differences(a[key], b[key], "%s.%s" % (where, key))
        return found
    if isinstance(a, list) and isinstance(b, list):
        return list_differences(a, b, where)
    return ["%s: %s, not %s" % (where, type(b).__name__, type(a).__name__)]


def list_differences(a, b, where):
    found = []
    if all(isinstance(item, str) for item in a + b) and where:
        a, b = sorted(a), sorted(b)  # tags, whose order means nothing
    if a and b and all(step_of(row) is not None for row in a + b):
        steps = {step_of(row): row for row in b}
        common = [row for row in a if step_of(row) in steps]
        if len(a) != len(b) or len(common) < len(a):
            found.append(
                "%s: %d steps, not %d; %d in common" % (where, len(b), len(a), len(common))
            )
        for row in common:
            mine = steps[step_of(row)]
            found += differences(row, mine, "%s@%s" % (where, step_of(row)))
        return found
    if len(a) != len(b):
        return ["%s: %d items, not %d" % (where, len(b), len(a))]
    for i, (x, y) in enumerate(zip(a, b)):
        found += differences(x, y, "%s[%d]" % (where, i))
    return found


class Comparison:
    def __init__(self, tensorboard, pupil, verbose):
        self._servers = (tensorboard, pupil)
        self._verbose = verbose
        self._asked = collections.Counter()
        self._found = collections.defaultdict(list)

    def compare(self, path, params=(), method="GET", body=None, without=()):
        """Asks both; returns both answers."""
        theirs, ours = [server.ask(method, path, params, body) for server in self._servers]
        route = path.split("?")[0]
        self._asked[route] += 1
        request = "%s %s" % (urllib.parse.urlencode(list(params)), body or "")
        for sentence in self._answer_differences(theirs, ours, without):
            self._found[route].append("%s %s" % (request.strip()[:150], sentence))
        return theirs, ours

    def _answer_differences(self, theirs, ours, without):
        if theirs.status != ours.status:
            said = ours.body.decode(errors="replace") if ours.status >= 400 else ""
            return ["status %d, not %d %s" % (ours.status, theirs.status, said[:100])]
        if theirs.location != ours.location:
            return ["Location %s, not %s" % (ours.location, theirs.location)]
        if theirs.status >= 300 and not theirs.type.startswith("text/plain"):
            return []  # pages that the framework makes
        found = []
        if theirs.type != ours.type:
            found.append("type %s, not %s" % (ours.type, theirs.type))
        if theirs.type.startswith("application/json"):
            a, b = theirs.json(), ours.json()
            for key in without:
                for one in (a, b):
                    if isinstance(one, dict):
                        one.pop(key, None)
            return found + differences(a, b)
        if theirs.body != ours.body:
            found.append(bytes_difference(theirs.body, ours.body))
        return found

    def tags(self, plugin, key=None):
        theirs, ours = self.compare("data/plugin/%s/tags" % plugin)
        return [
            (run, tag)
            for run, tags in ours.json().items()
            for tag in tags
            if run in theirs.json() and tag in theirs.json()[run]
        ]

    def print(self):
        for route in self._asked:
            found = self._found[route]
            print("%-45s %4d asked, %s" % (route, self._asked[route], summary(found)))
            for sentence in found if self._verbose else found[:4]:
                print("      " + sentence[:400])
            if not self._verbose and len(found) > 4:
                print("      and %d more" % (len(found) - 4))
        return not any(self._found.values())


def summary(found):
    return "%d differences" % len(found) if found else "same"


def bytes_difference(theirs, ours):
    try:
        a, b = theirs.decode().splitlines(), ours.decode().splitlines()
    except UnicodeDecodeError:
        return "%d bytes that are not those %d" % (len(ours), len(theirs))
    for i in range(max(len(a), len(b))):
        x = a[i] if i < len(a) else "(end)"
        y = b[i] if i < len(b) else "(end)"
        if x != y:
            return "line %d: %r, not %r" % (i + 1, y[:120], x[:120])
    return "other line ends"


def compare_core(comparison):
    comparison.compare(
        "data/environment", without=("version", "debug", "data_location")
    )
    for path in (
        "data/runs",
        "data/runs/",
        "experiment/defaultExperimentId/data/runs",
        "data/experiments",
        "data/experiment_runs",
        "data/window_properties",
        "data/notifications",
        "data/plugins_listing",
        "events",
        "images",
        "graphs",
        "histograms",
        "audio",
        "favicon.ico",
        "nothing",
        "data",
        "experiment/x",
    ):
        comparison.compare(path)
    for name in ((), [("name", "scalars")], [("name", "nothing")]):
        comparison.compare("data/plugin_entry.html", name)


def compare_series(comparison):
    scalars = comparison.tags("scalars")
    for run, tag in scalars:
        params = [("run", run), ("tag", tag)]
        comparison.compare("data/plugin/scalars/scalars", params)
        comparison.compare("data/plugin/scalars/scalars", params + [("format", "csv")])
    runs = sorted({run for run, _ in scalars})
    for tag in sorted({tag for _, tag in scalars}):
        form = [("tag", tag)] + [("runs", run) for run in runs] + [("runs", "no such")]
        comparison.compare("data/plugin/scalars/scalars_multirun", (), "POST", form)
    for plugin, route in (("histograms", "histograms"), ("distributions", "distributions")):
        for run, tag in comparison.tags(plugin):
            comparison.compare(
                "data/plugin/%s/%s" % (plugin, route), [("run", run), ("tag", tag)]
            )
    for run, tag in comparison.tags("text"):
        for markdown in ((), [("markdown", "false")]):
            comparison.compare(
                "data/plugin/text/text", [("run", run), ("tag", tag)] + list(markdown)
            )
    for run, tag in comparison.tags("pr_curves"):
        comparison.compare("data/plugin/pr_curves/pr_curves", [("tag", tag), ("run", run)])
    compare_images(comparison)
    compare_timeseries(comparison)


def compare_images(comparison):
    tensorboard, pupil = comparison._servers
    for run, tag in comparison.tags("images"):
        for sample in (0, 1, 2):
            params = [("run", run), ("tag", tag), ("sample", sample)]
            theirs = tensorboard.ask("GET", "data/plugin/images/images", params).json()
            ours = pupil.ask("GET", "data/plugin/images/images", params).json()
            comparison._asked["data/plugin/images/images"] += 1
            for a, b in zip(theirs, ours):
                x = tensorboard.ask("GET", "data/plugin/images/individualImage?" + a.pop("query"))
                y = pupil.ask("GET", "data/plugin/images/individualImage?" + b.pop("query"))
                comparison._asked["data/plugin/images/individualImage"] += 1
                if (x.status, x.type, x.body) != (y.status, y.type, y.body):
                    comparison._found["data/plugin/images/individualImage"].append(
                        "%s: %s %s" % (params, y.type, bytes_difference(x.body, y.body))
                    )
            comparison._found["data/plugin/images/images"] += differences(theirs, ours)


def compare_timeseries(comparison):
    path = "data/plugin/timeseries/timeSeries"
    theirs, _ = comparison.compare("data/plugin/timeseries/tags")
    tags = theirs.json()
    requests = []
    for plugin in ("scalars", "histograms"):
        for run, of_run in tags[plugin]["runTagInfo"].items():
            requests += [{"plugin": plugin, "tag": tag, "run": run} for tag in of_run]
    names = {request["tag"] for request in requests if request["plugin"] == "scalars"}
    requests += [{"plugin": "scalars", "tag": tag} for tag in sorted(names)]
    for request in requests:
        form = [("requests", json.dumps([request]))]
        comparison.compare(path, (), "POST", form)
    wrong = [
        {},
        {"plugin": "scalars"},
        {"plugin": "nothing", "tag": "a"},
        {"plugin": "histograms", "tag": "a"},
        {"plugin": "images", "tag": "a", "run": "b"},
        {"plugin": "images", "tag": "a", "run": "b", "sample": 0},
        {"plugin": "scalars", "tag": "no such"},
    ]
    comparison.compare(path, (), "POST", [("requests", json.dumps(wrong))])
    comparison.compare(path, [("requests", json.dumps(wrong))])
    for tag, runs in tags["images"]["tagRunSampledInfo"].items():
        for run in runs:
            request = [{"plugin": "images", "tag": tag, "run": run, "sample": 0}]
            form = [("requests", json.dumps(request))]
            pair = [server.ask("POST", path, (), form).json() for server in comparison._servers]
            ids = [image_ids(answer) for answer in pair]
            comparison._asked[path] += 1
            comparison._found[path] += differences(*pair)
            for x, y in zip(*ids):
                images = [
                    server.ask("GET", "data/plugin/timeseries/imageData", [("imageId", key)])
                    for server, key in zip(comparison._servers, (x, y))
                ]
                comparison._asked["data/plugin/timeseries/imageData"] += 1
                if images[0].body != images[1].body or images[0].type != images[1].type:
                    comparison._found["data/plugin/timeseries/imageData"].append(
                        "%s: another image" % tag
                    )


def image_ids(answer):
    """Takes the keys, which are each server's own, out of an answer."""
    series = answer[0]["runToSeries"].values()
    return [point.pop("imageId") for points in series for point in points]


def compare_graphs(comparison):
    theirs, _ = comparison.compare("data/plugin/graphs/info")
    for run, info in theirs.json().items():
        if info["run_graph"]:
            comparison.compare("data/plugin/graphs/graph", [("run", run)])
            limits = [("limit_attr_size", 100), ("large_attrs_key", "_large")]
            comparison.compare("data/plugin/graphs/graph", [("run", run)] + limits)
        for tag, has in info["tags"].items():
            params = [("run", run), ("tag", tag)]
            if has["op_graph"] or has["conceptual_graph"]:
                conceptual = str(has["conceptual_graph"]).lower()
                comparison.compare(
                    "data/plugin/graphs/graph", params + [("conceptual", conceptual)]
                )
            if has["profile"]:
                comparison.compare("data/plugin/graphs/run_metadata", params)
    for params in (
        (),
        [("run", "no such")],
        [("run", "one"), ("tag", "no such")],
        [("run", "one"), ("limit_attr_size", "x")],
    ):
        comparison.compare("data/plugin/graphs/graph", params)
        comparison.compare("data/plugin/graphs/run_metadata", params)


def compare_hparams(comparison):
    base = "data/plugin/hparams/"
    request = {"experimentName": ""}
    theirs, _ = comparison.compare(base + "experiment", (), "POST", json.dumps(request))
    comparison.compare(base + "experiment", [("request", json.dumps(request))])
    groups = dict(request, allowedStatuses=STATUSES, startIndex=0, sliceSize=100)
    columns = [
        [],
        [{"hparam": "rate", "order": "ORDER_DESC"}],
        [{"hparam": "optimizer", "filterRegexp": "ad"}],
        [{"hparam": "optimizer", "filterDiscrete": ["sgd"]}],
        [{"hparam": "rate", "filterInterval": {"minValue": 0.15, "maxValue": "Infinity"}}],
        [{"hparam": "nothing", "order": "ORDER_ASC", "missingValuesFirst": True}],
        [{"metric": {"group": "", "tag": "accuracy"}, "order": "ORDER_ASC"}],
    ]
    for column in columns:
        asked = dict(groups, colParams=column)
        comparison.compare(base + "session_groups", (), "POST", json.dumps(asked))
    for changed in (
        {"allowedStatuses": []},
        {"allowedStatuses": ["STATUS_FAILURE"]},
        {"sliceSize": 0},
        {"startIndex": 1, "sliceSize": 2},
        {"aggregationType": "AGGREGATION_MAX"},
    ):
        comparison.compare(
            base + "session_groups", (), "POST", json.dumps(dict(groups, **changed))
        )
    comparison.compare(base + "session_groups", (), "POST", "no json")
    if theirs.status != 200 or not theirs.json().get("hparamInfos"):
        return
    experiment = theirs.json()
    width = len(experiment["hparamInfos"]) + len(experiment["metricInfos"])
    for kind in ("json", "csv", "latex"):
        params = [
            ("format", kind),
            ("columnsVisibility", json.dumps([True] * width)),
            ("request", json.dumps(groups)),
        ]
        comparison.compare(base + "download_data", params)
    found = comparison._servers[0].ask(
        "POST", base + "session_groups", (), json.dumps(dict(groups, colParams=[]))
    )
    for group in found.json().get("sessionGroups", []):
        for session in group["sessions"]:
            for metric in experiment["metricInfos"]:
                asked = dict(request, sessionName=session["name"], metricName=metric["name"])
                comparison.compare(base + "metric_evals", (), "POST", json.dumps(asked))


def compare_projector(comparison):
    base = "data/plugin/projector/"
    theirs, _ = comparison.compare(base + "runs")
    for run in theirs.json():
        info, _ = comparison.compare(base + "info", [("run", run)])
        for embedding in info.json().get("embeddings", []):
            params = [("run", run), ("name", embedding["tensorName"])]
            comparison.compare(base + "tensor", params)
            comparison.compare(base + "tensor", params + [("num_rows", 1)])
            comparison.compare(base + "tensor", params + [("num_rows", 0)])
            for part, key in (
                ("metadata", "metadataPath"),
                ("bookmarks", "bookmarksPath"),
                ("sprite_image", "sprite"),
            ):
                comparison.compare(base + part, params)
    for route in ("info", "tensor", "metadata", "sprite_image", "bookmarks"):
        comparison.compare(base + route)
        comparison.compare(base + route, [("run", "no such"), ("name", "x")])


def compare_refusals(comparison):
    no_tag = [("run", "one")]
    no_such = [("run", "one"), ("tag", "it's no such")]
    for route in (
        "scalars/scalars",
        "histograms/histograms",
        "distributions/distributions",
        "images/images",
        "text/text",
        "pr_curves/pr_curves",
    ):
        for params in ((), no_tag, no_such):
            comparison.compare("data/plugin/" + route, params)
    comparison.compare("data/plugin/images/images", no_such + [("sample", "x")])
    comparison.compare("data/plugin/scalars/scalars_multirun")
    comparison.compare("data/plugin/scalars/scalars_multirun", (), "POST", [("runs", "one")])
    comparison.compare(
        "data/plugin/scalars/scalars_multirun", (), "POST", [("tag", "a"), ("tag", "b")]
    )
    for value in ((), [("requests", "")], [("requests", "x")], [("requests", "7")]):
        comparison.compare("data/plugin/timeseries/timeSeries", value)
    for value in ((), [("imageId", "")], [("imageId", "x")]):
        comparison.compare("data/plugin/timeseries/imageData", value)
    for value in ((), [("blob_key", ""),], [("blob_key", "x")]):
        comparison.compare("data/plugin/images/individualImage", value)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--logdir")
    parser.add_argument("--runs", type=int, default=1, help="wait for so many runs")
    parser.add_argument("--loader", choices=("fast", "slow", "both"), default="both")
    parser.add_argument("--pupil", default="./pupil board", help="the command without flags")
    parser.add_argument("--verbose", action="store_true", help="print every difference")
    flags = parser.parse_args()
    is_same = True
    with tempfile.TemporaryDirectory() as folder:
        logdir, runs = flags.logdir, flags.runs
        if not logdir:
            logdir, runs = folder, 6
            sample_logs.write(logdir)
        for loader in ("fast", "slow") if flags.loader == "both" else (flags.loader,):
            print("== TensorBoard's %s loader, and Pupil" % loader)
            tensorboard = [
                sys.executable,
                "-m",
                "tensorboard.main",
                "--logdir",
                logdir,
                "--samples_per_plugin",
                EVERYTHING,
                "--load_fast",
                "true" if loader == "fast" else "false",
            ]
            pupil = shlex.split(flags.pupil) + ["--logdir", logdir]
            with Server("TensorBoard", tensorboard) as theirs, Server("Pupil", pupil) as ours:
                count = max(runs, len(ours.wait_for_runs(runs)))
                theirs.wait_for_runs(count)
                comparison = Comparison(theirs, ours, flags.verbose)
                compare_core(comparison)
                compare_series(comparison)
                compare_graphs(comparison)
                compare_hparams(comparison)
                compare_projector(comparison)
                compare_refusals(comparison)
                is_same &= comparison.print()
    sys.exit(0 if is_same else 1)


if __name__ == "__main__":
    main()
