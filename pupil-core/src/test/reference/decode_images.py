"""Makes small images in many formats, and what their pixels must be.

Usage, from pupil-core: python3 src/test/reference/decode_images.py
Needs TensorFlow 2.18, NumPy and Pillow. Writes into src/test/resources/org/pupil/images:
the images, and decode_images.tsv with one line a case:

  file, height, width, mean, std, distortion, tolerance, all values of [height, width, 3]

A distortion is `-`, or height,width,top,left,mirrored,brightness of the stretched image.
The tolerance is in units of 0 to 255; 0.002 where the same decoder is compared.

Pixels of JPEG (with the accurate DCT), PNG and GIF are TensorFlow's, all others Pillow's or the picture's own. EXIF
orientation is applied by NumPy. Resizing is TensorFlow's ResizeBilinear with the legacy
coordinates of the original scripts.
"""

import io
import os
import struct
import zlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "resources", "org", "pupil", "images")
EXACT = 0.002

rows = []


def picture(height, width, boxes=True):
    """Nothing in it is symmetric: a ramp each way, a box in one corner, some noise."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    y /= height
    x /= width
    rgb = np.stack([230 * x + 10, 200 * y + 30, 120 + 100 * np.sin(5 * x + 3 * y * y)], -1)
    if boxes:
        rgb[: height // 3, : width // 4] = [250, 240, 20]
        rgb[(2 * height) // 3 :, width // 2 : (3 * width) // 4] = [10, 20, 160]
    noise = np.random.default_rng(7).integers(-6, 7, rgb.shape)
    return np.clip(rgb + noise, 0, 255).astype(np.uint8)


RGB = picture(26, 36)
GREY = np.asarray(Image.fromarray(RGB).convert("L"))
ALPHA = np.linspace(0, 255, 26 * 36).reshape(26, 36).astype(np.uint8)
CMYK = np.dstack([255 - RGB, 255 - picture(36, 26).transpose(1, 0, 2)[..., 0] // 2])


def save(name, data):
    with open(os.path.join(OUT, name), "wb") as f:
        f.write(data)


def pillow(array, mode, form, **options):
    out = io.BytesIO()
    Image.fromarray(array, mode).save(out, form, **options)
    return out.getvalue()


def resized(rgb, height, width):
    batch = tf.constant(rgb[None].astype(np.float32))
    return tf.raw_ops.ResizeBilinear(
        images=batch, size=[height, width], align_corners=False, half_pixel_centers=False
    ).numpy()[0]


def case(name, rgb, tolerance=EXACT, size=(6, 10), mean=127.5, std=127.5, distortion=None):
    assert rgb.ndim == 3 and rgb.shape[2] == 3 and rgb.dtype == np.uint8, name
    text = "-"
    if distortion is None:
        pixels = resized(rgb, *size)
    else:
        # As in the original retrain: stretch, cut out a window, mirror, multiply.
        height, width, top, left, mirrored, brightness = distortion
        window = resized(rgb, height, width)[top : top + size[0], left : left + size[1]]
        if mirrored:
            window = window[:, ::-1]
        pixels = (window * np.float32(brightness)).astype(np.float32)
        text = ",".join(str(value) for value in distortion)
    scaled = (pixels - np.float32(mean)) * np.float32(1 / std)
    values = " ".join("%.6g" % value for value in scaled.reshape(-1))
    rows.append((name, *size, mean, std, text, tolerance, values))


def decoded(data, **options):
    return tf.io.decode_image(data, channels=3, expand_animations=False, **options).numpy()


# --- JPEG ---------------------------------------------------------------------------------------


def decoded_jpeg(data, ratio=1):
    """By libjpeg's accurate integer DCT; TensorFlow's default is the fast one."""
    return tf.io.decode_jpeg(
        data, channels=3, ratio=ratio, dct_method="INTEGER_ACCURATE").numpy()


def jpeg(name, data, **options):
    save(name, data)
    case(name, decoded_jpeg(data), **options)


def exif(orientation, order):
    return (
        {"<": b"II*\0", ">": b"MM\0*"}[order]
        + struct.pack(order + "IH", 8, 2)
        + struct.pack(order + "HHIHH", 0x0100, 3, 1, 640, 0)
        + struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
        + struct.pack(order + "I", 0)
    )


def upright(rgb, orientation):
    """By where the first row and the first column of the stored image belong (EXIF 2.32, 4.6.5)."""
    turned = rgb.transpose(1, 0, 2) if orientation >= 5 else rgb
    # 1 top-left, 2 top-right, 3 bottom-right, 4 bottom-left,
    # 5 left-top, 6 right-top, 7 right-bottom, 8 left-bottom
    if orientation in (3, 4, 7, 8):
        turned = turned[::-1]
    if orientation in (2, 3, 6, 7):
        turned = turned[:, ::-1]
    return np.ascontiguousarray(turned)


def make_jpegs():
    jpeg("rgb420.jpg", pillow(RGB, "RGB", "JPEG", quality=85))
    jpeg("rgb444.jpg", pillow(RGB, "RGB", "JPEG", quality=95, subsampling=0), mean=0, std=255)
    jpeg("grey.jpg", pillow(GREY, "L", "JPEG", quality=85))
    jpeg("progressive.jpg", pillow(RGB, "RGB", "JPEG", quality=85, progressive=True))
    cmyk = pillow(CMYK, "CMYK", "JPEG", quality=90)
    jpeg("cmyk.jpg", cmyk)
    # The Adobe marker's last byte says how the four channels are meant: 2 is YCCK.
    at = cmyk.index(b"Adobe") + 11
    assert cmyk[at] == 0
    jpeg("ycck.jpg", cmyk[:at] + b"\2" + cmyk[at + 1 :])
    for orientation in range(1, 9):
        data = pillow(
            RGB, "RGB", "JPEG", quality=85,
            exif=b"Exif\0\0" + exif(orientation, "<" if orientation % 2 else ">"))
        name = "exif%d.jpg" % orientation
        save(name, data)
        stored = decoded_jpeg(data)
        case(name, upright(stored, orientation))
    # A larger one, for decoding at a part of its size.
    large = pillow(picture(90, 120), "RGB", "JPEG", quality=85)
    save("large.jpg", large)
    for ratio, size in ((1, (23, 31)), (2, (12, 16)), (4, (6, 8)), (8, (5, 7))):
        case("large.jpg", decoded_jpeg(large, ratio=ratio), size=size)


# --- PNG ----------------------------------------------------------------------------------------


def chunk(kind, content):
    return (
        struct.pack(">I", len(content)) + kind + content
        + struct.pack(">I", zlib.crc32(kind + content)))


def interlaced(rgb):
    """Pillow writes no interlaced PNG. The seven passes of Adam7, each row without a filter."""
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2),
              (1, 0, 2, 1)]
    raw = b"".join(
        b"\0" + row.tobytes() for y, x, dy, dx in passes for row in rgb[y::dy, x::dx])
    header = struct.pack(">IIBBBBB", rgb.shape[1], rgb.shape[0], 8, 2, 0, 0, 1)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw))
            + chunk(b"IEND", b""))


def png(name, data, orientation=1):
    save(name, data)
    case(name, upright(decoded(data), orientation))


def make_pngs():
    wide = RGB.astype(np.uint16) * 256 + np.random.default_rng(3).integers(0, 256, RGB.shape)
    deep_grey = (GREY.astype(np.uint16) * 256 + 200)[..., None]
    rgb = pillow(RGB, "RGB", "PNG")
    png("rgb8.png", rgb)
    png("rgb16.png", tf.io.encode_png(wide.astype(np.uint16)).numpy())
    png("grey8.png", pillow(GREY, "L", "PNG"))
    png("grey16.png", tf.io.encode_png(deep_grey).numpy())
    png("bits1.png", pillow(np.where(GREY > 120, 255, 0).astype(np.uint8), "L", "PNG", bits=1))
    palette = Image.fromarray(RGB).quantize(16)
    out = io.BytesIO()
    palette.save(out, "PNG")
    png("palette.png", out.getvalue())
    out = io.BytesIO()
    palette.save(out, "PNG", transparency=bytes(range(0, 256, 16)))
    png("palette_alpha.png", out.getvalue())
    png("rgba.png", pillow(np.dstack([RGB, ALPHA]), "RGBA", "PNG"))
    png("grey_alpha.png", pillow(np.dstack([GREY, ALPHA]), "LA", "PNG"))
    interlaced_rgb = interlaced(RGB)
    assert (decoded(interlaced_rgb) == RGB).all()
    png("interlaced.png", interlaced_rgb)
    # EXIF in a PNG is a chunk of its own; here it comes last.
    end = rgb.index(b"IDAT") - 4
    length = struct.unpack(">I", rgb[end : end + 4])[0]
    end += length + 12
    png("exif6.png", rgb[:end] + chunk(b"eXIf", exif(6, ">")) + rgb[end:], orientation=6)


# --- GIF ----------------------------------------------------------------------------------------


def gif_frame(indices, left=0, top=0, transparent=None):
    """Codes of 9 bits for 256 colours; the table is cleared before they would grow."""
    bits = []
    for i, value in enumerate(indices.reshape(-1)):
        if i % 250 == 0:
            bits.append(256)
        bits.append(int(value))
    bits.append(257)
    number = sum(code << (9 * i) for i, code in enumerate(bits))
    packed = number.to_bytes((9 * len(bits) + 7) // 8, "little")
    blocks = b"".join(
        bytes([len(packed[i : i + 255])]) + packed[i : i + 255]
        for i in range(0, len(packed), 255))
    control = b""
    if transparent is not None:
        control = b"\x21\xf9\4" + struct.pack("<BHB", 1, 5, transparent) + b"\0"
    height, width = indices.shape
    return (control + b"\x2c" + struct.pack("<HHHHB", left, top, width, height, 0)
            + b"\x08" + blocks + b"\0")


def gif(frames, palette, canvas):
    return (b"GIF89a" + struct.pack("<HHBBB", canvas[1], canvas[0], 0xF7, 0, 0)
            + palette.tobytes() + b"\x21\xfe\5hello\0" + b"".join(frames) + b"\x3b")


def make_gifs():
    image = Image.fromarray(RGB).quantize(200)
    indices = np.asarray(image)
    palette = np.zeros((256, 3), np.uint8)
    entries = np.array(image.getpalette(), np.uint8).reshape(-1, 3)
    palette[: len(entries)] = entries

    def add(name, frames, alone, canvas=(26, 36)):
        save(name, gif(frames, palette, canvas))
        case(name, decoded(gif([alone], palette, canvas)))

    whole = gif_frame(indices)
    add("still.gif", [whole], whole)
    add("see_through.gif", [gif_frame(indices, transparent=int(indices[3, 30]))],
        gif_frame(indices, transparent=int(indices[3, 30])))
    second = gif_frame(indices[::-1])
    add("animated.gif", [whole, second], whole)
    part = indices[4:24, 6:34]
    add("first_frame_smaller.gif", [gif_frame(part, left=6, top=4), second], gif_frame(part))


# --- BMP, TIFF, WebP ----------------------------------------------------------------------------


def other(name, data, rgb=None, tolerance=EXACT, orientation=1):
    save(name, data)
    if rgb is None:
        rgb = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    case(name, upright(rgb, orientation), tolerance=tolerance)


def make_bmps():
    bgr = RGB[..., ::-1]
    rgb24 = pillow(RGB, "RGB", "BMP")
    assert (tf.io.decode_bmp(rgb24, channels=3).numpy() == RGB).all()
    other("rgb24.bmp", rgb24, RGB)
    other("rgba32.bmp", pillow(np.dstack([RGB, ALPHA]), "RGBA", "BMP"), RGB)
    out = io.BytesIO()
    Image.fromarray(RGB).quantize(64).save(out, "BMP")
    other("palette8.bmp", out.getvalue())
    other("grey8.bmp", pillow(GREY, "L", "BMP"))
    # A negative height: the rows stand from top to bottom. 36 * 3 needs no padding.
    header = struct.pack("<IiiHHIIiiII", 40, 36, -26, 1, 24, 0, 0, 0, 0, 0, 0)
    other("top_down.bmp", b"BM" + struct.pack("<IHHI", 54 + bgr.size, 0, 0, 54) + header
          + np.ascontiguousarray(bgr).tobytes(), RGB)


def make_tiffs():
    ink = CMYK.astype(np.int32)
    inked = ((255 - ink[..., :3]) * (255 - ink[..., 3:]) // 255).astype(np.uint8)
    other("rgb.tif", pillow(RGB, "RGB", "TIFF"), RGB)
    other("lzw.tif", pillow(RGB, "RGB", "TIFF", compression="tiff_lzw"), RGB)
    other("deflate_rgba.tif",
          pillow(np.dstack([RGB, ALPHA]), "RGBA", "TIFF", compression="tiff_adobe_deflate"), RGB)
    other("grey.tif", pillow(GREY, "L", "TIFF"), np.dstack([GREY] * 3))
    out = io.BytesIO()
    Image.fromarray(GREY.astype(np.uint16) * 256 + 200).save(out, "TIFF")
    other("grey16.tif", out.getvalue(), np.dstack([GREY] * 3))
    other("cmyk.tif", pillow(CMYK, "CMYK", "TIFF"), inked)
    other("jpeg.tif", pillow(RGB, "RGB", "TIFF", compression="jpeg", quality=90), tolerance=6)
    out = io.BytesIO()
    Image.fromarray(RGB).quantize(64).save(out, "TIFF")
    other("palette.tif", out.getvalue())
    other("exif8.tif", pillow(RGB, "RGB", "TIFF", tiffinfo={274: 8}), RGB, orientation=8)


def make_webps():
    rgba = np.dstack([RGB, ALPHA])
    other("lossless.webp", pillow(RGB, "RGB", "WEBP", lossless=True), RGB)
    other("lossless_alpha.webp", pillow(rgba, "RGBA", "WEBP", lossless=True, exact=True), RGB)
    # Decoders of lossy WebP interpolate colours differently, which shows where they change at once.
    smooth = picture(26, 36, boxes=False)
    other("lossy.webp", pillow(smooth, "RGB", "WEBP", quality=90), tolerance=9)
    other("lossy_alpha.webp",
          pillow(np.dstack([smooth, ALPHA]), "RGBA", "WEBP", quality=90, exact=True), tolerance=9)
    other("exif3.webp", pillow(RGB, "RGB", "WEBP", lossless=True, exif=exif(3, "<")), RGB,
          orientation=3)
    out = io.BytesIO()
    frames = [Image.fromarray(frame) for frame in (RGB, RGB[::-1], RGB[:, ::-1])]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    other("animated.webp", out.getvalue(), RGB)


# --- Distortions --------------------------------------------------------------------------------


def make_distortions():
    with open(os.path.join(OUT, "rgb420.jpg"), "rb") as f:
        stored = decoded_jpeg(f.read())
    with open(os.path.join(OUT, "exif6.jpg"), "rb") as f:
        turned = upright(decoded_jpeg(f.read()), 6)
    with open(os.path.join(OUT, "rgb8.png"), "rb") as f:
        still = decoded(f.read())
    with open(os.path.join(OUT, "large.jpg"), "rb") as f:
        large = f.read()
    case("rgb420.jpg", stored, distortion=(6, 10, 0, 0, False, 1.0))
    case("rgb420.jpg", stored, distortion=(9, 15, 2, 4, False, 0.75))
    case("rgb420.jpg", stored, distortion=(11, 12, 5, 0, True, 1.25), mean=0, std=255)
    case("exif6.jpg", turned, distortion=(8, 13, 0, 3, True, 1.5))
    case("rgb8.png", still, distortion=(7, 11, 1, 1, True, 0.0))
    case("lossless.webp", RGB, distortion=(10, 17, 4, 6, True, 1.125))
    # The part of its size at which a JPEG is decoded goes by what it is stretched to.
    for ratio, stretched in ((8, (5, 7)), (4, (6, 8))):
        case("large.jpg", decoded_jpeg(large, ratio=ratio), size=(5, 7),
             distortion=(*stretched, 0, 0, False, 1.0))


os.makedirs(OUT, exist_ok=True)
make_jpegs()
make_pngs()
make_gifs()
make_bmps()
make_tiffs()
make_webps()
make_distortions()
with open(os.path.join(OUT, "decode_images.tsv"), "w") as f:
    f.write("# made by decode_images.py with TensorFlow %s\n" % tf.__version__)
    for row in rows:
        f.write("\t".join(str(value) for value in row) + "\n")
