"""Writes two small logs with hyperparameters, asks real TensorBoard about them and keeps its answers.

  python3 hparams_answers.py ../resources/org/pupil/board/hparams

Made with TensorFlow 2.18 and TensorBoard 2.18. Strings have no characters that TensorBoard would
escape twice in a derived domain.
"""
import json, os, shutil, subprocess, sys, time, urllib.error, urllib.parse, urllib.request

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf
from tensorboard.plugins.hparams import api as hp

OUT = os.path.abspath(sys.argv[1])
PORT = 7029
ALL = ["STATUS_UNKNOWN", "STATUS_SUCCESS", "STATUS_FAILURE", "STATUS_RUNNING"]


def session(folder, hparams, scalars, group=None):
    with tf.summary.create_file_writer(folder).as_default():
        if hparams is not None:
            hp.hparams(hparams, trial_id=group)
        for step, (tag, value) in enumerate(scalars):
            tf.summary.scalar(tag, value, step=step)


def derived(log):
    session(log + "/s1", {"lr": 0.01, "opt": "adam", "bn": True, "units": 32},
            [("acc", 0.5), ("acc", 0.75), ("loss", 2.0)], "group")
    session(log + "/s2", {"lr": 0.01, "opt": "adam", "bn": True, "units": 32},
            [("acc", 0.7), ("acc", 0.875)], "group")
    session(log + "/s3", {"lr": 0.1, "opt": "sgd_5%", "bn": False}, [("acc", 0.25), ("loss", float("nan"))])
    session(log + "/s4", {"lr": 1e-5, "opt": "ada,m", "units": "many"}, [("acc", 0.9)])
    session(log + "/s3/validation", None, [("acc", 0.125)])
    session(log + "/elsewhere", None, [("other", 1.0)])


def written(log):
    with tf.summary.create_file_writer(log).as_default():
        hp.hparams_config(
            hparams=[hp.HParam("units", hp.Discrete([16, 32])),
                     hp.HParam("dropout", hp.RealInterval(0.1, 0.2), description="**d**", display_name="Drop"),
                     hp.HParam("opt", hp.Discrete(["adam", "sgd"]))],
            metrics=[hp.Metric("acc", display_name="Accuracy"),
                     hp.Metric("acc", group="validation", dataset_type=hp.Metric.VALIDATION)])
    for i, (units, dropout, opt) in enumerate([(16, 0.1, "adam"), (32, 0.2, "sgd"), (16, 0.15, "sgd")]):
        session(log + "/run-%d" % i, {"units": units, "dropout": dropout, "opt": opt}, [("acc", 0.5 + i / 8)])
        session(log + "/run-%d/validation" % i, None, [("acc", 0.375 + i / 8)])


def ask(route, request, extra, post):
    url = "http://localhost:%d/data/plugin/hparams/%s" % (PORT, route)
    text = request if isinstance(request, str) else json.dumps(request)
    try:
        if post:
            answer = urllib.request.urlopen(urllib.request.Request(
                url + ("?" + extra if extra else ""), data=text.encode(),
                headers={"Content-Type": "application/json"}))
        else:
            answer = urllib.request.urlopen(
                url + "?request=" + urllib.parse.quote(text) + ("&" + extra if extra else ""))
        body = answer.read().decode()
        kind = answer.headers["Content-Type"]
        return {"status": 200, "type": kind, "body": json.loads(body) if "json" in kind else body}
    except urllib.error.HTTPError as e:
        return {"status": e.code}


def requests():
    base = {"experimentName": "", "allowedStatuses": ALL, "startIndex": 0, "sliceSize": 100}
    groups = lambda more: ("session_groups", {**base, **more}, "", False)
    column = lambda one: groups({"colParams": [one]})
    yield "experiment", {"experimentName": ""}, "", False
    yield "experiment", {"includeMetrics": False, "hparamsLimit": 2}, "", True
    yield groups({})
    yield "session_groups", base, "", True
    yield "session_groups", {}, "", False
    yield groups({"allowedStatuses": []})
    yield groups({"allowedStatuses": ["STATUS_SUCCESS"]})
    yield groups({"allowedStatuses": ["STATUS_RUNNING"]})
    yield groups({"sliceSize": 0})
    yield groups({"startIndex": 1, "sliceSize": 1, "includeMetrics": False})
    yield groups({"startIndex": 9})
    for kind in ("AVG", "MEDIAN", "MIN", "MAX"):
        yield groups({"aggregationType": "AGGREGATION_" + kind, "aggregationMetric": {"tag": "acc"}})
    for name in ("lr", "bn", "opt", "units", "dropout"):
        if name != "units":
            for order in ("ORDER_ASC", "ORDER_DESC"):
                for first in (True, False):
                    yield column({"hparam": name, "order": order, "missingValuesFirst": first})
    yield groups({"colParams": [{"hparam": "bn", "order": "ORDER_DESC"},
                                {"metric": {"tag": "acc"}, "order": "ORDER_ASC"}]})
    yield column({"hparam": "opt", "filterRegexp": "d"})
    yield column({"hparam": "opt", "filterRegexp": "^s.*%$"})
    yield column({"hparam": "opt", "filterRegexp": ""})
    yield column({"hparam": "nope", "filterRegexp": "x"})
    yield column({"hparam": "nope", "filterRegexp": "x", "excludeMissingValues": True})
    yield column({"hparam": "lr", "filterRegexp": "d"})
    yield column({"hparam": "opt", "filterInterval": {"minValue": "-Infinity", "maxValue": "Infinity"}})
    yield column({"hparam": "lr", "filterInterval": {"minValue": 0.01, "maxValue": "Infinity"}})
    yield column({"hparam": "lr", "filterInterval": {"maxValue": 0.05}})
    yield column({"hparam": "bn", "filterDiscrete": [True]})
    yield column({"hparam": "bn", "filterDiscrete": [1], "excludeMissingValues": True})
    yield column({"hparam": "bn", "excludeMissingValues": True})
    yield column({"hparam": "opt", "filterDiscrete": ["adam", None, 5]})
    yield column({"metric": {"tag": "acc"}, "filterInterval": {"minValue": 0.6, "maxValue": 1}})
    yield column({"metric": {"group": "validation", "tag": "acc"}, "excludeMissingValues": True})
    yield column({"hparam": "opt", "includeInResult": True})
    yield column({"hparam": "opt", "includeInResult": False})
    yield column({})
    yield column({"hparam": "a", "metric": {"tag": "b"}})
    yield column({"hparam": "a", "order": "ORDER_UPWARDS"})
    yield column({"hparam": "opt", "filterRegexp": "a", "filterDiscrete": ["a"]})
    yield column({"nonsense": 1})
    for text in ("{", "", "null", "5", '{"nonsense":1}', '{"allowedStatuses":["STATUS_X"]}'):
        yield "session_groups", text, "", False
        yield "session_groups", text, "", True
    for kind in ("json", "csv", "latex", "xml"):
        for visible in ([True] * 9, [True, False, True, True], []):
            yield "download_data", base, urllib.parse.urlencode(
                {"format": kind, "columnsVisibility": json.dumps(visible)}), False
    for name, metric in (("s1", {"tag": "acc"}), ("s3", {"tag": "acc", "group": "validation"}),
                         ("s3", {"tag": "loss"}), ("run-1", {"tag": "acc", "group": "validation"}),
                         ("nope", {"tag": "acc"})):
        yield "metric_evals", {"sessionName": name, "metricName": metric}, "", False


def main():
    for name, write in (("derived", derived), ("written", written)):
        log = OUT + "/" + name
        shutil.rmtree(log, ignore_errors=True)
        write(log)
        for folder, _, files in os.walk(log):
            for i, file in enumerate(sorted(files)):
                os.rename(folder + "/" + file, folder + "/events.out.tfevents.%d" % i)
        server = subprocess.Popen(
            [sys.executable, "-m", "tensorboard.main", "--logdir", log, "--port", str(PORT), "--load_fast=false"],
            stderr=subprocess.DEVNULL)
        try:
            for _ in range(120):
                time.sleep(0.5)
                try:
                    runs = urllib.request.urlopen("http://localhost:%d/data/runs" % PORT).read()
                    if len(json.loads(runs)) == sum(bool(files) for _, _, files in os.walk(log)):
                        break
                except OSError:
                    pass
            time.sleep(2)
            answers = [{"route": r, "request": q if isinstance(q, str) else json.dumps(q), "parameters": x,
                        "post": p, "answer": ask(r, q, x, p)} for r, q, x, p in requests()]
        finally:
            server.terminate()
            server.wait()
        with open(OUT + "/" + name + ".json", "w") as out:
            out.write("[\n" + ",\n".join(json.dumps(answer) for answer in answers) + "\n]\n")


main()
