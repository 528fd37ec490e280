"""What distortions draw and what they do to pixels, from the formulas of the original scripts and
of the documentation, in Python with NumPy's float32. Only the stream of chance is Pupil's own.

Usage: python3 distortions.py > ../resources/org/pupil/images/distortions.json
"""

import json
import math

import numpy as np

from chance import Chance

F = np.float32


def uniform(chance, low, high):
    low, high = F(low), F(high)
    return F(low + F(high - low) * F(chance.bits(24) / 2**24))


def draw(settings, rows, columns, chance):
    """tensorflow-for-poets-2, scripts/retrain.py, add_input_distortions; then Pupil's own three."""
    margin_scale = F(1.0 + settings["crop"] / 100.0)
    resize_scale = uniform(chance, 1.0, 1.0 + settings["scale"] / 100.0)
    scale = F(margin_scale * resize_scale)
    drawn = {"height": int(F(scale * F(rows))), "width": int(F(scale * F(columns)))}
    drawn["top"] = chance.below(drawn["height"] - rows + 1)
    drawn["left"] = chance.below(drawn["width"] - columns + 1)
    drawn["mirrored"] = bool(chance.bits(1)) and settings["flip"]
    b = settings["brightness"] / 100.0
    drawn["brightness"] = float(uniform(chance, 1.0 - b, 1.0 + b))
    drawn["rotation"] = 0.0
    if settings["rotation"]:
        r = settings["rotation"]
        drawn["rotation"] = float(uniform(chance, -r, r))
    drawn["hue"], drawn["saturation"], drawn["contrast"] = 0.0, 1.0, 1.0
    if settings["colour"]:
        c = settings["colour"] / 100.0
        drawn["hue"] = float(F(F(90) * uniform(chance, -c, c)))
        drawn["saturation"] = float(uniform(chance, 1.0 - c, 1.0 + c))
        drawn["contrast"] = float(uniform(chance, 1.0 - c, 1.0 + c))
    drawn["erased"] = [0, 0, 0, 0]
    if settings["erase"]:
        area = settings["erase"] / 100.0 * (chance.bits(24) / 2**24) * rows * columns
        aspect = 3.0 ** float(uniform(chance, -1, 1))
        high = min(rows, math.floor(math.sqrt(area * aspect) + 0.5))
        wide = min(columns, math.floor(math.sqrt(area / aspect) + 0.5))
        top = chance.below(rows - high + 1)
        drawn["erased"] = [top, chance.below(columns - wide + 1), high, wide]
    return drawn


def stretch(image, height, width):
    """tf.image.resize_bilinear(image, [height, width]) with legacy coordinates, in float32."""
    result = np.zeros((height, width, 3), F)
    for y in range(height):
        at = F(F(y) * F(F(image.shape[0]) / F(height)))
        top, bottom = int(at), min(int(at) + 1, image.shape[0] - 1)
        down = F(at - F(top))
        for x in range(width):
            at_x = F(F(x) * F(F(image.shape[1]) / F(width)))
            left, right = int(at_x), min(int(at_x) + 1, image.shape[1] - 1)
            along = F(at_x - F(left))
            above = image[top, left] + (image[top, right] - image[top, left]) * along
            below = image[bottom, left] + (image[bottom, right] - image[bottom, left]) * along
            result[y, x] = above + (below - above) * down
    return result


def turned(image, top, left, rows, columns, degrees):
    """A window whose content turns counterclockwise; the image goes on mirrored at its edges."""
    angle = math.radians(degrees)
    padded = np.pad(image, ((90, 90), (90, 90), (0, 0)), mode="reflect").astype(np.float64)
    result = np.zeros((rows, columns, 3))
    for y in range(rows):
        for x in range(columns):
            # Complex numbers: x to the right, y upwards, so the content's turn is e^(i angle).
            place = complex(x - (columns - 1) / 2, -(y - (rows - 1) / 2))
            source = place * complex(math.cos(angle), -math.sin(angle))
            column = 90 + left + (columns - 1) / 2 + source.real
            row = 90 + top + (rows - 1) / 2 - source.imag
            r, c = math.floor(row), math.floor(column)
            v, u = row - r, column - c
            result[y, x] = (
                (1 - v) * ((1 - u) * padded[r, c] + u * padded[r, c + 1])
                + v * ((1 - u) * padded[r + 1, c] + u * padded[r + 1, c + 1])
            )
    return result


def coloured(pixels, hue, saturation, contrast):
    """CSS's hue-rotate, saturate and contrast (W3C Filter Effects 1), clipped once."""
    c, s = math.cos(math.radians(hue)), math.sin(math.radians(hue))
    rotate = np.array(
        [
            [0.213 + c * 0.787 - s * 0.213, 0.715 - c * 0.715 - s * 0.715, 0.072 - c * 0.072 + s * 0.928],
            [0.213 - c * 0.213 + s * 0.143, 0.715 + c * 0.285 + s * 0.140, 0.072 - c * 0.072 - s * 0.283],
            [0.213 - c * 0.213 - s * 0.787, 0.715 - c * 0.715 + s * 0.715, 0.072 + c * 0.928 + s * 0.072],
        ]
    )
    k = saturation
    saturate = np.array(
        [
            [0.213 + 0.787 * k, 0.715 - 0.715 * k, 0.072 - 0.072 * k],
            [0.213 - 0.213 * k, 0.715 + 0.285 * k, 0.072 - 0.072 * k],
            [0.213 - 0.213 * k, 0.715 - 0.715 * k, 0.072 + 0.928 * k],
        ]
    )
    values = pixels @ rotate.T @ saturate.T
    return np.clip(values * contrast + 255 * (0.5 - 0.5 * contrast), 0, 255)


def distorted(image, drawn, rows, columns):
    stretched = stretch(image, drawn["height"], drawn["width"])
    top, left = drawn["top"], drawn["left"]
    if drawn["rotation"]:
        window = turned(stretched, top, left, rows, columns, drawn["rotation"])
    else:
        window = stretched[top : top + rows, left : left + columns]
    if drawn["mirrored"]:
        window = window[:, ::-1]
    if (drawn["hue"], drawn["saturation"], drawn["contrast"]) != (0, 1, 1):
        window = coloured(window, drawn["hue"], drawn["saturation"], drawn["contrast"])
    window = window * F(drawn["brightness"])
    y, x, high, wide = drawn["erased"]
    if high and wide:
        window = window.copy()
        window[y : y + high, x : x + wide] = window.mean((0, 1))
    return window


def settings(flip=False, crop=0, scale=0, brightness=0, rotation=0, colour=0, erase=0):
    return dict(
        flip=flip,
        crop=crop,
        scale=scale,
        brightness=brightness,
        rotation=rotation,
        colour=colour,
        erase=erase,
    )


def main():
    image = np.array(
        [
            [[(y * 37 + x * 11 + c * 53 + y * x * 5) % 256 for c in range(3)] for x in range(11)]
            for y in range(9)
        ],
        F,
    )
    cases = []
    originals = [
        settings(flip=True),
        settings(crop=50),
        settings(scale=30),
        settings(brightness=25),
        settings(flip=True, crop=10, scale=10, brightness=10),
        settings(crop=33, scale=17, brightness=100),
        settings(flip=True, crop=300, scale=300),
    ]
    own = [
        settings(rotation=30),
        settings(rotation=180, flip=True, crop=20),
        settings(colour=40),
        settings(erase=50),
        settings(flip=True, crop=15, scale=5, brightness=20, rotation=10, colour=100, erase=30),
    ]
    for kind in originals + own:
        for seed in range(3):
            for rows, columns in [(6, 5), (10, 12)]:
                drawn = draw(kind, rows, columns, Chance(seed, "DISTORTIONS"))
                pixels = distorted(image, drawn, rows, columns)
                cases.append(
                    {
                        "settings": kind,
                        "seed": seed,
                        "rows": rows,
                        "columns": columns,
                        "drawn": drawn,
                        "exact": kind in originals,
                        "pixels": [
                            float(str(F(v))) if kind in originals else round(float(v), 3)
                            for v in np.asarray(pixels).ravel()
                        ],
                    }
                )
    variants = [
        {
            "seed": seed,
            "photo": str(photo),
            "variant": variant,
            "drawn": draw(
                own[-1], 12, 16, Chance(seed, "DISTORTION_VARIANTS", photo + variant)
            ),
        }
        for seed in (0, 7)
        for photo in (5, -3, 2**63 - 1)
        for variant in (0, 1, 9)
    ]
    print(json.dumps({"cases": cases, "variantsOf": own[-1], "variants": variants}, separators=(",", ":")))


if __name__ == "__main__":
    main()
