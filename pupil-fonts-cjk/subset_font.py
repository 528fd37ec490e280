"""Makes NotoSansCJK-Regular.otf from Debian's fonts-noto-cjk (1:20220127).

    pip install fonttools==4.68.0
    python subset_font.py NotoSansCJK-Regular.ttc src/main/resources/org/pupil/pictures/NotoSansCJK-Regular.otf

It keeps the 14,503 characters that GB 2312, JIS X 0208, KS X 1001 and the common part of Big5 have,
with kana and punctuation: 3 MB instead of 19.
"""

import sys

from fontTools import subset

SIMPLIFIED_CHINESE = 2  # the face in the collection whose shapes are used where they differ


def two_byte_characters(encoding, first, second):
    for a in first:
        for b in second:
            try:
                yield from bytes([a, b]).decode(encoding)
            except UnicodeDecodeError:
                pass  # a gap in the table


def characters():
    high = range(0xA1, 0xFF)
    found = {chr(c) for c in [*range(0x3000, 0x3100), *range(0xFF00, 0xFFF0)]}
    for encoding in ("gb2312", "euc_jp", "euc_kr"):
        found.update(two_byte_characters(encoding, high, high))
    found.update(two_byte_characters("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *high]))
    return found


def main(source, target):
    options = subset.Options(
        font_number=SIMPLIFIED_CHINESE, layout_features=[], hinting=False, desubroutinize=True
    )
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(c) for c in characters()])
    subsetter.subset(font)
    subset.save_font(font, target, options)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
