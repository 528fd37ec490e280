"""Makes a black ring on nothing, in every format that has transparency.

Usage, from pupil-core: python3 src/test/reference/transparent_images.py
Needs Pillow 11 or newer, NumPy and tifffile. Writes into
src/test/resources/org/pupil/images/transparent. What must be seen is stated by TransparencyTest:
black on white, and grey where the ring is half transparent.

The colour of pixels is black everywhere, also where they are transparent. Names with `hard` have no
half-transparent pixels, those with `opaque` no transparent ones.
"""

import io
import os
import struct
import zlib

import numpy as np
import tifffile
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "resources", "org", "pupil", "images", "transparent")
SIDE = 48

y, x = np.mgrid[0:SIDE, 0:SIDE]
DISTANCE = (x - 24) ** 2 + (y - 24) ** 2
HARD = np.where((DISTANCE >= 100) & (DISTANCE <= 300), 255, 0).astype(np.uint8)
SOFT = np.where((DISTANCE > 300) & (DISTANCE <= 360), 128, HARD).astype(np.uint8)
BLACK = np.zeros((SIDE, SIDE, 3), np.uint8)


def save(name, data):
    with open(os.path.join(OUT, name), "wb") as f:
        f.write(data)


def pillow(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def chunk(kind, content):
    return (
        struct.pack(">I", len(content)) + kind + content
        + struct.pack(">I", zlib.crc32(kind + content)))


def png(rows, bits, colour, transparent=b"", palette=b"", interlace=0):
    header = struct.pack(">IIBBBBB", SIDE, SIDE, bits, colour, 0, 0, interlace)
    raw = b"".join(b"\0" + row for row in rows)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
            + (chunk(b"PLTE", palette) if palette else b"")
            + (chunk(b"tRNS", transparent) if transparent else b"")
            + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


def make_pngs():
    save("rgba.png", pillow(Image.fromarray(np.dstack([BLACK, SOFT])), "PNG"))
    save("grey_alpha.png", pillow(Image.fromarray(np.dstack([BLACK[..., 0], SOFT])), "PNG"))
    wide = np.dstack([BLACK, SOFT]).astype(">u2") * 257
    save("rgba16.png", png([row.tobytes() for row in wide.astype(">u2")], 16, 6))
    grey = np.dstack([BLACK[..., 0], SOFT]).astype(">u2") * 257
    save("grey_alpha16.png", png([row.tobytes() for row in grey.astype(">u2")], 16, 4))
    kinds = np.select([SOFT == 255, SOFT == 128], [0, 1], 2).astype(np.uint8)
    save("palette.png", png([row.tobytes() for row in kinds], 8, 3, bytes([255, 128, 0]),
                            bytes(9)))
    save("palette2_hard.png",
         png([np.packbits((HARD == 0)[i]).tobytes() for i in range(SIDE)], 1, 3, bytes([255, 0]),
             bytes(6)))
    # One colour is transparent: nearly black, so that it would be seen as black.
    hidden = np.where(HARD == 255, 0, 1).astype(np.uint8)
    save("grey_colour_hard.png", png([row.tobytes() for row in hidden], 8, 0, b"\0\1"))
    save("grey16_colour_hard.png",
         png([row.astype(">u2").tobytes() for row in hidden], 16, 0, b"\0\1"))
    save("grey1_colour_hard.png",
         png([np.packbits(row).tobytes() for row in hidden], 1, 0, b"\0\1"))
    save("rgb_colour_hard.png",
         png([np.dstack([row] * 3).tobytes() for row in hidden], 8, 2, b"\0\1\0\1\0\1"))


def make_gif():
    image = Image.fromarray((HARD == 0).astype(np.uint8), "P")
    image.putpalette(bytes(768))
    save("hard.gif", pillow(image, "GIF", transparency=1, optimize=False))


def make_webps():
    ring = Image.fromarray(np.dstack([BLACK, SOFT]))
    save("lossy.webp", pillow(ring, "WEBP", quality=80))
    save("lossy_raw_alpha.webp", pillow(ring, "WEBP", quality=80, method=0))
    save("lossless.webp", pillow(ring, "WEBP", lossless=True, exact=True))
    other = Image.fromarray(np.dstack([BLACK, 255 - SOFT]))
    # A frame that fills the canvas: its corner pixels are nearly transparent, but not quite.
    for name, options in (("lossy", {}), ("lossless", {"lossless": True, "exact": True})):
        whole = np.dstack([BLACK, SOFT])
        whole[0, 0, 3] = whole[-1, -1, 3] = 1
        save("animated_%s.webp" % name,
             pillow(Image.fromarray(whole), "WEBP", save_all=True, append_images=[other],
                    **options))


def tiff(samples, kind, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, samples, metadata=None, extrasamples=[kind], planarconfig="contig",
                     **options)
    return out.getvalue()


def make_tiffs():
    rgba = np.dstack([BLACK, SOFT])
    grey = np.dstack([BLACK[..., 0], SOFT])
    for name, kind in (("premultiplied", "assocalpha"), ("straight", "unassalpha")):
        save("rgba_%s.tif" % name, tiff(rgba, kind, photometric="rgb", compression="zlib"))
        save("grey_%s.tif" % name, tiff(grey, kind, photometric="minisblack", compression="zlib"))
        save("rgba16_%s.tif" % name,
             tiff(rgba.astype(np.uint16) * 257, kind, photometric="rgb", compression="zlib"))
    # What is no alpha hides nothing.
    save("opaque_unspecified.tif", tiff(rgba, "unspecified", photometric="rgb", compression="zlib"))


def make_bmps():
    pixels = np.dstack([BLACK, SOFT])[::-1].tobytes()
    masks = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)

    def bmp(header_bytes, compression, alpha_mask=masks):
        header = struct.pack("<IiiHHIIiiII", header_bytes, SIDE, SIDE, 1, 32, compression,
                             len(pixels), 0, 0, 0, 0)
        header += alpha_mask + bytes(max(0, header_bytes - 56))
        return (b"BM" + struct.pack("<IHHI", 14 + len(header) + len(pixels), 0, 0,
                                    14 + len(header)) + header + pixels)

    save("v3.bmp", bmp(56, 3))
    save("v5.bmp", bmp(124, 3))
    save("alpha_masks.bmp", bmp(40, 6))
    # Without masks the fourth byte means nothing.
    save("opaque_no_masks.bmp", pillow(Image.fromarray(np.dstack([BLACK, SOFT])), "BMP"))


os.makedirs(OUT, exist_ok=True)
make_pngs()
make_gif()
make_webps()
make_tiffs()
make_bmps()
