"""Makes images of the size of photos in every format, and what Pillow sees in them.

Usage, from pupil-core: python3 src/test/reference/photo_sized_images.py
Needs Pillow 11 or newer, NumPy and tifffile with imagecodecs. Writes into
src/test/resources/org/pupil/images/photosized: the images, and photo_sized_images.tsv with one
line an image:

  file, height, width, means, places

Means are those of the 8 x 8 blocks of the image, row by row; a block's rows go from
k * height // 8 to (k + 1) * height // 8. Places are 400 single pixels: pixel i is in row
(i * 7919 + 13) % height and column (i * 104729 + 7) % width. Both are red, green and blue of 0 to
255, two hexadecimal digits each.

The pictures are what small ones are not: smooth over many blocks of a decoder (a sky), of one
colour and its shades (skin), all edges (text). Their sides are odd.
"""

import gzip
import io
import os
import struct
import zlib

import numpy as np
import tifffile
from PIL import Image, ImageDraw, ImageFont

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "resources", "org", "pupil", "images", "photosized")
BLOCKS = 8
PLACES = 400

rows = []


def coordinates(height, width):
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    return y / height, x / width


def sky(height, width):
    y, x = coordinates(height, width)
    rgb = np.stack([90 + 110 * y + 20 * x, 150 + 70 * y, 225 + 15 * y - 5 * x], -1)
    sun = np.exp(-((x - 0.7) ** 2 + (y - 0.25) ** 2) * 60)[..., None]
    rgb += sun * np.array([120, 80, -30])
    hill = y > 0.75 + 0.08 * np.sin(7 * x) + 0.03 * np.sin(23 * x)
    rgb[hill] = np.stack([60 + 40 * x, 95 + 50 * y, 40 + 10 * x], -1)[hill]
    return np.clip(rgb, 0, 255).astype(np.uint8)


def skin(height, width):
    y, x = coordinates(height, width)
    rgb = np.stack([70 + 30 * x, 60 + 40 * y, 55 + 30 * x * y], -1)
    radius = ((x - 0.5) / 0.3) ** 2 + ((y - 0.5) / 0.4) ** 2
    shade = np.sqrt(np.clip(1 - radius, 0, 1))
    face = np.stack([150 + 90 * shade, 105 + 85 * shade, 85 + 75 * shade], -1)
    rgb[radius < 1] = face[radius < 1]
    for middle in (0.4, 0.6):
        rgb[((x - middle) / 0.05) ** 2 + ((y - 0.42) / 0.03) ** 2 < 1] = [40, 30, 25]
    rgb[((x - 0.5) / 0.1) ** 2 + ((y - 0.68) / 0.025) ** 2 < 1] = [180, 60, 70]
    return np.clip(rgb, 0, 255).astype(np.uint8)


def text(height, width):
    image = Image.new("RGB", (width, height), (252, 252, 248))
    draw = ImageDraw.Draw(image)
    size = max(9, height // 16)
    font = ImageFont.load_default(size)
    colours = [(10, 10, 10), (160, 10, 20), (10, 30, 150)]
    for line, y in enumerate(range(2, height, size + size // 3)):
        words = "The quick brown fox jumps over %d lazy dogs. " % line * 4
        draw.text((3, y), words, font=font, fill=colours[line % 3])
    return np.asarray(image)


def drawing(height, width):
    """So little in so many pixels that a file of some kilobytes holds it."""
    rgb = np.full((height, width, 3), 255, np.uint8)
    rgb[height // 4 : height // 2, width // 8 : width // 2] = [200, 30, 40]
    rgb[height // 3 : height // 2, width // 3 : width // 2] = [10, 10, 10]
    return rgb


def noisy(rgb):
    """As a camera sees it; only for what is stored with losses, as it cannot be made small."""
    noise = np.random.default_rng(7).normal(0, 2, rgb.shape)
    return np.clip(rgb + noise, 0, 255).astype(np.uint8)


def hexadecimal(rgb):
    return np.clip(np.rint(rgb), 0, 255).astype(np.uint8).tobytes().hex()


def case(name, data, rgb=None):
    """rgb is what must be seen; without it what Pillow sees."""
    if rgb is None:
        rgb = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    height, width, channels = rgb.shape
    assert channels == 3 and rgb.dtype == np.uint8, name
    edges_y = [k * height // BLOCKS for k in range(BLOCKS + 1)]
    edges_x = [k * width // BLOCKS for k in range(BLOCKS + 1)]
    means = np.array([
        [rgb[edges_y[j] : edges_y[j + 1], edges_x[i] : edges_x[i + 1]].mean((0, 1))
         for i in range(BLOCKS)]
        for j in range(BLOCKS)])
    i = np.arange(PLACES)
    places = rgb[(i * 7919 + 13) % height, (i * 104729 + 7) % width]
    # What is stored without being compressed is kept compressed here.
    packed = gzip.compress(data, mtime=0)
    if len(packed) < 0.7 * len(data):
        name, data = name + ".gz", packed
    with open(os.path.join(OUT, name), "wb") as f:
        f.write(data)
    rows.append((name, height, width, hexadecimal(means), hexadecimal(places)))


def pillow(image, form, **options):
    if isinstance(image, np.ndarray):
        image = Image.fromarray(image)
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def grey(rgb):
    return np.asarray(Image.fromarray(rgb).convert("L"))


def thrice(plane):
    return np.dstack([plane] * 3)


SMALL = (75, 101)
MEDIUM = (427, 641)
LARGE = (803, 1201)
HUGE = (2001, 2999)


def make_jpegs():
    case("sky_small.jpg", pillow(noisy(sky(*SMALL)), "JPEG", quality=75))
    case("sky_420.jpg", pillow(noisy(sky(*LARGE)), "JPEG", quality=75))
    case("skin_422.jpg", pillow(noisy(skin(*MEDIUM)), "JPEG", quality=85, subsampling=1))
    case("text_444.jpg", pillow(text(*MEDIUM), "JPEG", quality=85, subsampling=0))
    case("text_420.jpg", pillow(text(*MEDIUM), "JPEG", quality=75))
    case("skin_progressive.jpg", pillow(noisy(skin(*LARGE)), "JPEG", progressive=True))
    case("sky_huge.jpg", pillow(sky(*HUGE), "JPEG", quality=75))
    case("skin_grey.jpg", pillow(grey(skin(*MEDIUM)), "JPEG", quality=85))
    inks = Image.fromarray(sky(*MEDIUM)).convert("CMYK")
    case("sky_cmyk.jpg", pillow(inks, "JPEG", quality=85))


def chunk(kind, content):
    return (
        struct.pack(">I", len(content)) + kind + content
        + struct.pack(">I", zlib.crc32(kind + content)))


def png(samples, bits, colour, interlaced=False):
    """samples [height, width, channels]; Pillow does not write all kinds of PNG."""
    height, width = samples.shape[:2]
    passes = [(0, 0, 1, 1)]
    if interlaced:
        passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2),
                  (0, 1, 2, 2), (1, 0, 2, 1)]
    raw = b"".join(
        b"\0" + row.astype(">u2" if bits == 16 else "u1").tobytes()
        for y, x, dy, dx in passes for row in samples[y::dy, x::dx])
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw, 9))
            + chunk(b"IEND", b""))


def make_pngs():
    large_sky, medium_sky, face = sky(*LARGE), sky(*MEDIUM), skin(*MEDIUM)
    case("sky_large.png", pillow(large_sky, "PNG", optimize=True), large_sky)
    case("skin_interlaced.png", png(face, 8, 2, interlaced=True), face)
    case("skin_grey.png", pillow(grey(face), "PNG", optimize=True), thrice(grey(face)))
    case("skin_grey16.png", png(grey(face)[..., None].astype(int) * 257, 16, 0),
         thrice(grey(face)))
    case("sky_rgb16.png", png(medium_sky.astype(int) * 257, 16, 2), medium_sky)
    for colours in (2, 4, 16, 256):
        case("text_palette%d.png" % colours,
             pillow(Image.fromarray(text(*MEDIUM)).quantize(colours), "PNG"))
    for bits in (1, 2, 4):
        levels = grey(text(*MEDIUM)) >> 8 - bits
        case("text_grey%d.png" % bits,
             pillow((levels * (255 // (2**bits - 1))).astype(np.uint8), "PNG", bits=bits)
             if bits == 1 else few_bits(levels, bits),
             thrice((levels * (255 // (2**bits - 1))).astype(np.uint8)))


def few_bits(levels, bits):
    height, width = levels.shape
    digits = (levels[..., None] >> np.arange(bits)[::-1]) & 1
    packed = np.packbits(digits.reshape(height, -1).astype(np.uint8), axis=1)
    header = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    raw = b"".join(b"\0" + row.tobytes() for row in packed)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw, 9))
            + chunk(b"IEND", b""))


def make_gifs_and_bmps():
    for name, rgb in (("sky", sky(*LARGE)), ("skin", skin(*MEDIUM)), ("text", text(*MEDIUM))):
        palette = Image.fromarray(rgb).quantize(255, dither=Image.Dither.NONE)
        case(name + ".gif", pillow(palette, "GIF"))
        case(name + ".bmp", pillow(rgb, "BMP"), rgb)
    few = Image.fromarray(text(*MEDIUM)).quantize(16)
    case("text_palette.bmp", pillow(few, "BMP"))
    case("skin_interlaced.gif", pillow(Image.fromarray(skin(*MEDIUM)).quantize(64), "GIF",
                                       interlace=1))


def make_webps():
    pictures = {"sky": sky, "skin": lambda *size: noisy(skin(*size)), "text": text}
    for name, picture in pictures.items():
        for size, pixels in (("small", SMALL), ("medium", MEDIUM)):
            case("%s_%s.webp" % (name, size), pillow(picture(*pixels), "WEBP", quality=75))
        lossless = {"skin": skin}.get(name, picture)(*MEDIUM)
        case(name + "_lossless.webp", pillow(lossless, "WEBP", lossless=True), lossless)
    case("sky_large_q80.webp", pillow(noisy(sky(*LARGE)), "WEBP", quality=80))
    case("skin_large_q50.webp", pillow(noisy(skin(*LARGE)), "WEBP", quality=50))
    case("sky_huge.webp", pillow(sky(*HUGE), "WEBP", quality=75))
    case("sky_q5.webp", pillow(sky(*MEDIUM), "WEBP", quality=5))
    case("skin_q95.webp", pillow(skin(*MEDIUM), "WEBP", quality=95, method=6))
    case("sky_fast.webp", pillow(sky(*MEDIUM), "WEBP", quality=75, method=0))
    first = Image.fromarray(sky(*MEDIUM))
    for name, options in (("lossy", {"quality": 75}), ("lossless", {"lossless": True})):
        case("sky_animated_%s.webp" % name,
             pillow(first, "WEBP", save_all=True, append_images=[first.rotate(180)], **options))


def tiff(samples, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, samples, metadata=None, **options)
    return out.getvalue()


def make_tiffs():
    face, large_sky = skin(*MEDIUM), sky(*LARGE)
    case("skin_none.tif", tiff(face, photometric="rgb"), face)
    case("skin_big_endian.tif", tiff(face, photometric="rgb", byteorder=">"), face)
    case("sky_deflate.tif", tiff(large_sky, photometric="rgb", compression="zlib"), large_sky)
    case("sky_predictor.tif",
         tiff(large_sky, photometric="rgb", compression="zlib", predictor=True), large_sky)
    case("sky_tiles.tif",
         tiff(large_sky, photometric="rgb", compression="zlib", predictor=True, tile=(64, 64)),
         large_sky)
    for name, compression in (("lzw", "tiff_lzw"), ("packbits", "packbits")):
        case("skin_%s.tif" % name, pillow(face, "TIFF", compression=compression), face)
    case("skin_lzw_predictor.tif",
         tiff(face, photometric="rgb", compression="lzw", predictor=True), face)
    case("sky_jpeg.tif", pillow(sky(*MEDIUM), "TIFF", compression="jpeg", quality=85))
    case("skin_jpeg_tiles.tif",
         tiff(face, photometric="rgb", compression="jpeg", tile=(64, 64)), face)
    planes = np.ascontiguousarray(face.transpose(2, 0, 1))
    case("skin_planes.tif",
         tiff(planes, photometric="rgb", planarconfig="separate", compression="zlib"), face)
    case("skin_rgb16.tif",
         tiff(face.astype(np.uint16) * 257, photometric="rgb", compression="zlib"), face)
    case("skin_grey.tif", tiff(grey(face), photometric="minisblack", compression="zlib"),
         thrice(grey(face)))
    case("skin_white_is_zero.tif",
         tiff(255 - grey(face), photometric="miniswhite", compression="zlib"), thrice(grey(face)))
    case("text_palette.tif",
         pillow(Image.fromarray(text(*MEDIUM)).quantize(200), "TIFF", compression="tiff_lzw"))
    case("sky_cmyk.tif",
         pillow(Image.fromarray(sky(*MEDIUM)).convert("CMYK"), "TIFF", compression="tiff_adobe_deflate"))


def make_drawings():
    rgb = drawing(*HUGE)
    for form, name, options in (
        ("WEBP", "lossless.webp", {"lossless": True}),
        ("WEBP", "lossy.webp", {"quality": 75}),
        ("TIFF", "deflate.tif", {"compression": "tiff_adobe_deflate"}),
        ("PNG", "huge.png", {"optimize": True}),
        ("JPEG", "huge.jpg", {"quality": 75}),
    ):
        case("drawing_" + name, pillow(rgb, form, **options))
    black_and_white = Image.fromarray(rgb).convert("1", dither=Image.Dither.NONE)
    case("drawing_fax.tif", pillow(black_and_white, "TIFF", compression="group4"))


os.makedirs(OUT, exist_ok=True)
make_jpegs()
make_pngs()
make_gifs_and_bmps()
make_webps()
make_tiffs()
make_drawings()
with open(os.path.join(OUT, "photo_sized_images.tsv"), "w") as f:
    for row in rows:
        f.write("\t".join(str(value) for value in row) + "\n")
