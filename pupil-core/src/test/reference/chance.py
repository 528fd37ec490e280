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
}


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class Chance:
    def __init__(self, seed, purpose):
        self.state = mix(mix(seed & MASK) ^ int.from_bytes(SALTS[purpose], "big"))

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


def deal_folds(seed, labels):
    """Label by label, each shuffled and dealt out in turn; a single photo is in no fold: -1."""
    photos_of = [[i for i, l in enumerate(labels) if l == label] for label in range(max(labels) + 1)]
    count = min(5, max(len(photos) for photos in photos_of))
    fold_of = [-1] * len(labels)
    chance = Chance(seed, "FOLDS")
    dealt = 0
    for photos in photos_of:
        if len(photos) < 2:
            continue
        for i in range(len(photos) - 1, 0, -1):
            j = chance.below(i + 1)
            photos[i], photos[j] = photos[j], photos[i]
        for photo in photos:
            fold_of[photo] = dealt % count
            dealt += 1
    return fold_of


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
                "folds": deal_folds(9, [0, 1, 0, 2, 1, 0, 3, 1, 1, 0, 2, 0, 0, 1]),
            "batch": batch(11, [[0, 2, 4], [1, 3, 5, 6, 7, 8, 9], [10]], 24),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
