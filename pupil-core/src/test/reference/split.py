"""Prints the golden table of both split rules: case, settings, name, set; tab-separated.

Run from pupil-core:
  python3 src/test/reference/split.py > src/test/resources/org/pupil/dataset/split.tsv

Written from the rules' description, not from the Java. Needs Python 3.8 and nothing else.
"""
import hashlib
import os
import re
from fractions import Fraction

TWO48 = 2**48


def retrain(image_dir, names, validation, testing, seed):
    """The lines of retrain.py's create_image_lists, for names below image_dir."""
    sets = {}
    for name in names:
        path = os.path.join(image_dir, name)
        hash_name = re.sub(r"_nohash_.*$", "", path)
        hashed = hashlib.sha1(hash_name.encode("utf-8")).hexdigest()
        percentage_hash = (int(hashed, 16) % (2**27)) * (100.0 / (2**27 - 1))
        if percentage_hash < validation:
            sets[name] = "validation"
        elif percentage_hash < (testing + validation):
            sets[name] = "testing"
        else:
            sets[name] = "training"
    return sets


def stratified(image_dir, names, validation, testing, seed):
    interval = {
        "validation": (Fraction(0), Fraction(validation)),
        "testing": (Fraction(validation), Fraction(validation + testing)),
        "training": (Fraction(validation + testing), Fraction(100)),
    }

    def key(name):
        folder, file = name.rsplit("/", 1)
        return folder + "/" + file.split("_nohash_")[0]

    def position(k):
        salted = k if seed == 0 else f"{seed}/{k}"
        digest = hashlib.sha256(salted.encode("utf-8")).digest()
        return Fraction(100 * int.from_bytes(digest[:6], "big"), TWO48)

    def distance(p, s):
        low, high = interval[s]
        if p < low:
            return low - p
        # The last position of the half-open interval is one unit of the scale below its end.
        return max(Fraction(0), p - (high - Fraction(1, TWO48)))

    sets = {}
    for label in {n.split("/")[0] for n in names}:
        keys = sorted({key(n) for n in names if n.split("/")[0] == label})
        where = {}
        for k in keys:
            p = position(k)
            where[k] = next(s for s, (low, high) in interval.items() if low <= p < high)
        shares = {"training": 100 - validation - testing, "testing": testing, "validation": validation}
        needed = [s for s, share in shares.items() if share > 0][: len(keys)]
        for s in needed:
            members = list(where.values())
            if s in members:
                continue
            can_give = [k for k in keys if where[k] not in needed or members.count(where[k]) > 1]
            taken = min(can_give, key=lambda k: (distance(position(k), s), position(k), k))
            where[taken] = s
        for n in names:
            if n.split("/")[0] == label:
                sets[n] = where[key(n)]
    return sets


def examples():
    root = os.path.join("..", "examples", "photos")
    return [
        f"{label}/{file}"
        for label in sorted(os.listdir(root))
        if os.path.isdir(os.path.join(root, label))
        for file in sorted(os.listdir(os.path.join(root, label)))
        if file.endswith(".jpg")
    ]


def small():
    names = ["one/only.jpg", "two/a.jpg", "two/b.png"]
    names += [f"three/{c}.jpg" for c in "xyz"]
    names += [f"five/{i}.jpg" for i in range(5)]
    names += [f"bursts/leaf_nohash_{i}.jpg" for i in range(7)]
    names += [f"bursts/tree_nohash_{i}.jpg" for i in range(2)] + ["bursts/leaf.jpg"]
    names += [f"below/s{i % 3}/{i}.jpg" for i in range(11)]
    names += [f"b\u00e4ume/gr\u00fcn {i}.jpg" for i in range(4)]
    names += [f"all_nohash_one/{i}.jpg" for i in range(6)]
    return names


def six_each():
    return [f"l{label:02}/{i}.jpg" for label in range(40) for i in range(6)]


CASES = [
    # case, rule, names, image_dir, validation, testing, seed
    ("examples", stratified, examples(), "anywhere", 10, 10, 0),
    ("examples-seed-7", stratified, examples(), "anywhere", 10, 10, 7),
    ("examples-seed-minus-3", stratified, examples(), "anywhere", 20, 5, -3),
    ("examples-no-validation", stratified, examples(), "anywhere", 0, 25, 0),
    ("examples-no-testing", stratified, examples(), "anywhere", 15, 0, 0),
    ("small", stratified, small(), "anywhere", 10, 10, 0),
    ("small-seed-1", stratified, small(), "anywhere", 10, 10, 1),
    ("small-half", stratified, small(), "anywhere", 30, 20, 0),
    ("small-no-validation", stratified, small(), "anywhere", 0, 1, 0),
    # Testing is empty nearly always, and has photos to take on both sides.
    ("six-each", stratified, six_each(), "anywhere", 45, 2, 0),
    ("examples-retrain", retrain, examples(), "examples/photos", 10, 10, 0),
    ("examples-retrain-dot", retrain, examples(), "./examples/photos/", 10, 10, 0),
    ("examples-retrain-15-30", retrain, examples(), "/b\u00e4ume//x/", 15, 30, 0),
]

print("case\trule\timage_dir\tvalidation\ttesting\tseed\tname\tset")
for case, rule, names, image_dir, validation, testing, seed in CASES:
    sets = rule(image_dir, names, validation, testing, seed)
    for name in names:
        print(case, rule.__name__, image_dir, validation, testing, seed, name, sets[name], sep="\t")
