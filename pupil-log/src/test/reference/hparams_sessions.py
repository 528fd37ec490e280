"""Lists what real TensorBoard's hparams plugin shows of a search by `pupil tune`.

    pip install tensorboard
    python3 hparams_sessions.py pupil-model/runs/tune

Fails unless there is a session for every trial folder, with its status, its settings and the
cross-validated accuracy that the trial's last scalar has. With TensorBoard 2.21.0.
"""

import json
import pathlib
import subprocess
import sys
import time
import urllib.parse
import urllib.request

PORT = 16099
folder = pathlib.Path(sys.argv[1])
trials = sorted(path.name for path in folder.glob("trial-*"))
assert trials, f"no trials in {folder}"


def ask(route, request=None):
    url = f"http://localhost:{PORT}/data/plugin/{route}"
    if request is not None:
        url += "?" + urllib.parse.urlencode({"request": json.dumps(request)})
    with urllib.request.urlopen(url) as answer:
        return json.load(answer)


server = subprocess.Popen(
    [sys.executable, "-m", "tensorboard.main", "--logdir", folder, "--port", str(PORT)],
    stderr=subprocess.DEVNULL,
)
try:
    runs = []
    for _ in range(60):
        time.sleep(1)
        try:
            runs = ask("scalars/tags")
        except OSError:
            continue
        if all(trial in runs for trial in trials):
            break
    experiment = ask("hparams/experiment", {"experimentName": ""})
    metrics = [metric["name"] for metric in experiment["metricInfos"]]
    groups = ask(
        "hparams/session_groups",
        {
            "experimentName": "",
            "allowedStatuses": ["STATUS_UNKNOWN", "STATUS_SUCCESS", "STATUS_FAILURE", "STATUS_RUNNING"],
            "colParams": [{"metric": metric} for metric in metrics],
            "startIndex": 0,
            "sliceSize": 10_000,
        },
    )["sessionGroups"]
finally:
    server.terminate()

print("settings:", ", ".join(info["name"] for info in experiment["hparamInfos"]))
print("metrics:", ", ".join(metric["tag"] for metric in metrics))
sessions = {session["name"]: (group, session) for group in groups for session in group["sessions"]}
assert sorted(sessions) == trials, (sorted(sessions), trials)
for name in trials:
    group, session = sessions[name]
    values = {value["name"]["tag"]: value["value"] for value in session["metricValues"]}
    assert session["status"] in ("STATUS_SUCCESS", "STATUS_FAILURE"), (name, session["status"])
    if session["status"] == "STATUS_SUCCESS":
        assert 0 <= values["pupil/cv_accuracy"] <= 1, (name, values)
        assert values["pupil/cv_cross_entropy"] >= 0, (name, values)
    print(name, session["status"], values, group["hparams"])
print(f"all {len(trials)} trials are sessions")
