"""What a seed gives: SplitMix64 and the draws made from it, in Python's whole numbers.

Usage: python3 chance.py > ../resources/org/pupil/training/chance.json
"""

import json
import math

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
SALTS = {
    "WEIGHTS": b"Weights",
    "TRAINING_BATCHES": b"Train",
    "VALIDATION_BATCHES": b"Valid",
    "TEST_BATCH": b"Test",
    "FOLDS": b"Folds",
    "REPEATED_FOLDS": b"RepFolds",
    "LEARNING_CURVE": b"Curve",
    "BOOTSTRAP": b"Boot",
    "DISTORTIONS": b"Distort",
    "DISTORTION_VARIANTS": b"Variants",
    "CORE_SET": b"CoreSet",
    "PLANES": b"Planes",
    "TRIALS": b"Trials",
    "PHOTO_ORDER": b"Order",
    "VIEWS": b"Views",
    "DROPOUT": b"Dropout",
}


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class Chance:
    def __init__(self, seed, purpose, index=None):
        self.state = mix(mix(seed & MASK) ^ int.from_bytes(SALTS[purpose], "big"))
        if index is not None:
            before = mix(seed & MASK) ^ int.from_bytes(SALTS[purpose], "big")
            self.state = mix((mix(before) + index) & MASK)

    def next(self):
        self.state = (self.state + GOLDEN) & MASK
        return mix(self.state)

    def bits(self, bits):
        return self.next() >> (64 - bits)

    def below(self, bound):
        limit = (1 << 31) // bound * bound
        drawn = self.bits(31)
        while drawn >= limit:
            drawn = self.bits(31)
        return drawn % bound

    def normal(self):
        while True:
            x = 2 * ((self.next() >> 11) / 2**53) - 1
            y = 2 * ((self.next() >> 11) / 2**53) - 1
            square = x * x + y * y
            if 0 < square < 1:
                return x * math.sqrt(-2 * math.log(square) / square)

    def truncated_normal(self):
        deviate = self.normal()
        while abs(deviate) > 2:
            deviate = self.normal()
        return deviate


def batch(seed, photos_of, size):
    chance = Chance(seed, "TRAINING_BATCHES")
    drawn = []
    for _ in range(size):
        photos = photos_of[chance.below(len(photos_of))]
        drawn.append(photos[chance.bits(27) % len(photos)])
    return drawn


def many(seed, purpose, count, draw):
    chance = Chance(seed, purpose)
    return [draw(chance) for _ in range(count)]


def deal_folds(seed, labels, groups, at_most=5, repeat=None):
    """The fold of each photo; -1 for one that is never held out.

    Label by label, that of a group being its first photo's: the groups are shuffled, then dealt, the
    largest first, each to the fold that has the fewest photos of this label, in turn among equals.
    With a repeat, it is dealt from that repeat's stream.
    """
    groups_with = [{g for l, g in zip(labels, groups) if l == label} for label in range(max(labels) + 1)]
    count = min(at_most, max(len(found) for found in groups_with))
    fold_of_group = {}
    chance = Chance(seed, "FOLDS") if repeat is None else Chance(seed, "REPEATED_FOLDS", repeat)
    dealt = 0
    for label in range(max(labels) + 1):
        own = list(dict.fromkeys(g for g in groups if labels[groups.index(g)] == label))
        own = [
            g
            for g in own
            if all(len(groups_with[l]) > 1 for l, other in zip(labels, groups) if other == g)
        ]
        for i in range(len(own) - 1, 0, -1):
            j = chance.below(i + 1)
            own[i], own[j] = own[j], own[i]
        own.sort(key=lambda g: -groups.count(g))
        held = [0] * count
        start = dealt
        for group in own:
            turn = sorted(range(count), key=lambda fold: (held[fold], (fold - start) % count))
            fold_of_group[group] = turn[0]
            held[turn[0]] += groups.count(group)
            dealt += 1
    for found in groups_with:
        # In the order of the groups' first photos.
        ordered = [g for g in dict.fromkeys(groups) if g in found]
        if len({fold_of_group.get(g, -1) for g in ordered}) == 1:
            fold_of_group[ordered[0]] = -1
    return [fold_of_group.get(group, -1) for group in groups]


def main():
    print(
        json.dumps(
            {
                "longs": {
                    purpose: [str(value) for value in many(42, purpose, 3, Chance.next)]
                    for purpose in SALTS
                },
                "negativeSeed": [str(value) for value in many(-7, "WEIGHTS", 2, Chance.next)],
                "below5": many(0, "FOLDS", 20, lambda chance: chance.below(5)),
                "belowTwoThirds": many(1, "FOLDS", 10, lambda chance: chance.below(1431655766)),
                "truncatedNormals": many(3, "WEIGHTS", 8, Chance.truncated_normal),
                "fifthStream": [
                    str(chance.next()) for chance in [Chance(42, "DISTORTIONS", 5)] for _ in range(3)
                ],
                "unitFloats": many(5, "DISTORTIONS", 6, lambda c: c.bits(24) / 2**24),
                "folds": deal_folds(9, [0, 1, 0, 2, 1, 0, 3, 1, 1, 0, 2, 0, 0, 1], list(range(14))),
                "foldsOfGroups": deal_folds(
                    9,
                    [0, 1, 0, 2, 1, 0, 3, 1, 1, 0, 2, 0, 0, 1, 0, 1, 2],
                    [0, 1, 0, 3, 1, 5, 6, 7, 8, 9, 3, 0, 12, 13, 0, 12, 3],
                ),
                "batch": batch(11, [[0, 2, 4], [1, 3, 5, 6, 7, 8, 9], [10]], 24),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
