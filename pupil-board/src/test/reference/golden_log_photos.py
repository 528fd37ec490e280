"""Makes the photos that the golden logs of Pupil 0.1.0 were taught with. Needs nothing but Python.

The logs in ../resources/org/pupil/board/overview/pupil-0.1.0 were written by Pupil at commit
73eea67, on Linux, without the files of the projector, by

    python3 golden_log_photos.py photos
    pupil retrain --image_dir photos --architecture mobilenet_0.25_224 \\
        --testing_percentage 30 --summaries_dir auto
    pupil retrain --image_dir photos --architecture mobilenet_0.25_224 \\
        --testing_percentage 30 --summaries_dir gradient-descent \\
        --how_many_training_steps 12 --eval_step_interval 4 --learning_rate 0.02

and the .json beside them are what its board then answered to
/data/plugin/pupil/overview?session=auto and gradient-descent. Such logs must stay readable.
"""

import pathlib
import random
import struct
import sys
import zlib

SIDE = 48


def png(pixels):
    rows = b"".join(b"\0" + bytes(row) for row in pixels)

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def picture(kind, chance):
    width = chance.randint(3, 6)
    light = [chance.randint(150, 255) for _ in range(3)]
    dark = [chance.randint(0, 100) for _ in range(3)]
    rows = []
    for y in range(SIDE):
        row = []
        for x in range(SIDE):
            on = {"across": y // width % 2, "down": x // width % 2,
                  "checks": (x // width + y // width) % 2}[kind]
            row += light if on else dark
        rows.append(row)
    return png(rows)


def main(folder):
    chance = random.Random(7)
    for label, kind in (("stripes across", "across"), ("stripes|down", "down"), ("checks", "checks")):
        place = folder / label
        place.mkdir(parents=True)
        for number in range(24):
            # Every eighth shows what another label says, so that there are mistakes.
            shown = "across" if number % 8 == 7 else kind
            (place / f"photo_{number}.png").write_bytes(picture(shown, chance))


main(pathlib.Path(sys.argv[1]))
