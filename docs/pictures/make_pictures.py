"""Makes the pictures beside this file by running Pupil on the example photos.

  pip install pillow tensorboard playwright
  python3 docs/pictures/make_pictures.py

unseen-photos.jpg  what a model says of the example photos it was not trained on
training.svg       how a training run went, step by step, from its event files
board-overview.jpg, board-projector.jpg
                   what the board shows of that training run; needs chromium on the path
workshop-*         what explain makes of a fox and of a rabbit

the-way-of-a-photo.svg and other drawings are made by hand.
"""
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import sync_playwright
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PHOTOS = os.path.join("examples", "photos")
# Which photo is in which set: the golden table that a test compares Pupil's split with.
SPLIT = os.path.join(ROOT, "pupil-core/src/test/resources/org/pupil/dataset/split.tsv")

RETRAIN = ["retrain", "--image_dir", PHOTOS]
TEACHING = [
    "--architecture=mobilenet_0.25_224",
    "--optimizer=gradient_descent",
    "--how_many_training_steps=500",
    "--validation_percentage=25",
    "--validation_batch_size=-1",
]


def pupil(folder, *arguments):
    os.makedirs(folder, exist_ok=True)
    photos = os.path.join(folder, "examples")
    if not os.path.exists(photos):
        os.symlink(os.path.join(ROOT, "examples"), photos)
    done = subprocess.run(
        [os.path.join(ROOT, "pupil"), *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout.decode()


# --- What a model says of photos that it has not seen ------------------------------------------
COLUMNS, CELL_WIDTH, CELL_HEIGHT, MARGIN = 7, 160, 164, 12
RIGHT, WRONG, TEXT = "#1a7f37", "#cf222e", "#1f2328"


def unseen():
    with open(SPLIT, encoding="utf-8") as table:
        rows = csv.DictReader(table, delimiter="\t")
        return sorted(
            os.path.join(PHOTOS, row["name"])
            for row in rows
            if row["case"] == "examples" and row["set"] != "training"
        )


def sheet(folder):
    pupil(folder, *RETRAIN)
    answers = json.loads(pupil(folder, "label_image", "--json", *unseen()))
    rows = -(-len(answers) // COLUMNS)
    size = (COLUMNS * CELL_WIDTH + 2 * MARGIN, rows * CELL_HEIGHT + 2 * MARGIN)
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(17)
    for i, answer in enumerate(answers):
        left = MARGIN + i % COLUMNS * CELL_WIDTH
        top = MARGIN + i // COLUMNS * CELL_HEIGHT
        photo = Image.open(os.path.join(ROOT, answer["image"])).convert("RGB")
        photo.thumbnail((CELL_WIDTH - 24, CELL_HEIGHT - 44), Image.LANCZOS)
        picture.paste(
            photo,
            (left + (CELL_WIDTH - photo.width) // 2, top + 8 + (120 - photo.height) // 2),
        )
        best = answer["labels"][0]
        truth = answer["image"].split(os.sep)[-2]
        right = best["label"] == truth
        draw.text(
            (left + CELL_WIDTH // 2, top + CELL_HEIGHT - 18),
            f"{best['label']} {best['probability']:.3f}",
            RIGHT if right else WRONG,
            font,
            anchor="mm",
        )
        if not right:
            draw.rectangle(
                (left + 2, top + 2, left + CELL_WIDTH - 3, top + CELL_HEIGHT - 4), None, WRONG, 3
            )
    picture.save(os.path.join(HERE, "unseen-photos.jpg"), quality=82, optimize=True)


# --- How a training run went ---------------------------------------------------------------------
STYLE = """
    svg { font-family: system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; }
    .card { fill: #ffffff; stroke: #d0d7de; }
    .name { fill: #1f2328; font-size: 15px; font-weight: 600; }
    .word { fill: #59636e; font-size: 13px; }
    .grid { stroke: #d0d7de; stroke-width: 1; }
    .axis { stroke: #59636e; stroke-width: 1.2; }
    .training { fill: none; stroke: #bf8700; stroke-width: 2; }
    .validation { fill: none; stroke: #0969da; stroke-width: 2; }
    .training-name { fill: #9a6700; font-size: 13px; font-weight: 600; }
    .validation-name { fill: #0969da; font-size: 13px; font-weight: 600; }
    @media (prefers-color-scheme: dark) {
      .card { fill: #0d1117; stroke: #3d444d; }
      .name { fill: #f0f6fc; }
      .word { fill: #9198a1; }
      .grid { stroke: #2a313c; }
      .axis { stroke: #9198a1; }
      .training { stroke: #e3b341; }
      .validation { stroke: #58a6ff; }
      .training-name { fill: #e3b341; }
      .validation-name { fill: #58a6ff; }
    }
"""
WIDTH, HEIGHT = 960, 330
PANEL_WIDTH, PANEL_HEIGHT, PANEL_TOP = 372, 196, 66


def series(run, tag, steps):
    log = EventAccumulator(run, size_guidance={"scalars": 0})
    log.Reload()
    return [(event.step, event.value) for event in log.Scalars(tag) if event.step in steps]


def panel(left, title, highest, ticks, last, lines):
    def x(step):
        return left + PANEL_WIDTH * step / last

    def y(value):
        return PANEL_TOP + PANEL_HEIGHT * (1 - min(value, highest) / highest)

    parts = [f'<text class="name" x="{left}" y="40">{title}</text>']
    for value, name in ticks:
        parts.append(f'<path class="grid" d="M{left} {y(value):.1f}h{PANEL_WIDTH}"/>')
        parts.append(
            f'<text class="word" x="{left - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{name}</text>'
        )
    bottom = PANEL_TOP + PANEL_HEIGHT
    parts.append(f'<path class="axis" d="M{left} {bottom}h{PANEL_WIDTH}"/>')
    for step in range(0, last + 1, 100):
        parts.append(
            f'<text class="word" x="{x(step):.1f}" y="{bottom + 20}" text-anchor="middle">{step}</text>'
        )
    parts.append(
        f'<text class="word" x="{left + PANEL_WIDTH / 2}" y="{bottom + 42}"'
        ' text-anchor="middle">steps</text>'
    )
    for name, points, name_x, name_y in lines:
        path = " ".join(f"{x(step):.1f},{y(value):.1f}" for step, value in points)
        parts.append(f'<polyline class="{name}" points="{path}"/>')
        parts.append(
            f'<text class="{name}-name" x="{x(name_x):.1f}" y="{y(name_y):.1f}">{name}</text>'
        )
    return "\n  ".join(parts)


def curves(folder):
    pupil(folder, *RETRAIN, *TEACHING)
    logs = os.path.join(folder, "pupil-model", "runs", "run-1")
    steps = set(range(0, 500, 10)) | {499}

    def points(run, tag):
        return series(os.path.join(logs, run), tag, steps)

    accuracy = panel(
        76,
        "accuracy",
        1,
        [(0, "0 %"), (0.25, "25 %"), (0.5, "50 %"), (0.75, "75 %"), (1, "100 %")],
        500,
        [
            ("training", points("train", "accuracy_1"), 330, 0.925),
            ("validation", points("validation", "accuracy_1"), 330, 0.66),
        ],
    )
    entropy = panel(
        548,
        "cross entropy",
        1.5,
        [(0, "0"), (0.5, "0.5"), (1, "1"), (1.5, "1.5")],
        500,
        [
            ("training", points("train", "cross_entropy_1"), 330, 0.13),
            ("validation", points("validation", "cross_entropy_1"), 330, 0.45),
        ],
    )
    with open(os.path.join(HERE, "training.svg"), "w", encoding="utf-8") as out:
        out.write(
            f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" aria-labelledby="title desc">
  <title id="title">How a training run went</title>
  <desc id="desc">Accuracy and cross entropy on training and validation photos, over 500 steps.</desc>
  <style>{STYLE}  </style>
  <rect class="card" x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="12"/>
  {accuracy}
  {entropy}
</svg>
"""
        )


# --- What the board shows of that training run ------------------------------------------------------
WIDTH, HEIGHT, PATIENCE_MILLIS = 1440, 900, 4000
BOARD_PICTURES = [("overview", "light"), ("projector", "dark")]


def board(folder):
    server = subprocess.Popen(
        [os.path.join(ROOT, "pupil"), "board", "--port=0"],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        banner = next(line for line in server.stderr if " at http" in line)
        address = re.search(r"http://\S+", banner).group()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox", "--enable-unsafe-swiftshader"],
            )
            for tab, scheme in BOARD_PICTURES:
                page = browser.new_page(
                    viewport={"width": WIDTH, "height": HEIGHT},
                    color_scheme=scheme,
                )
                page.goto(f"{address}#{tab}")
                page.wait_for_timeout(PATIENCE_MILLIS)
                page.screenshot(
                    path=os.path.join(HERE, f"board-{tab}.jpg"), type="jpeg", quality=80
                )
            browser.close()
    finally:
        server.terminate()
        server.wait(10)


# --- The pictures of the workshop --------------------------------------------------------------
def workshop(folder):
    """What explain makes of a fox and of a rabbit, and two fruits that a model does not know."""
    fox, rabbit = (os.path.join(PHOTOS, "mammal", name) for name in ("fox.jpg", "rabbit_little.jpg"))
    pupil(folder, *RETRAIN)  # links examples, too
    pupil(folder, "explain", "--image", rabbit)
    three = os.path.join(folder, "three-kinds")
    for label in ("bird", "flower", "mammal"):
        shutil.copytree(os.path.join(ROOT, PHOTOS, label), os.path.join(three, label))
    pupil(folder, "retrain", "--image_dir", "three-kinds", "--architecture=mobilenet_0.25_224")
    pupil(folder, "explain", "--layers", "--image", fox)

    def made(name, width):
        image = Image.open(os.path.join(folder, name)).convert("RGB")
        height = round(image.height * width / image.width)
        return image.resize((width, height), Image.LANCZOS)

    Image.open(os.path.join(folder, "fox-filters.png")).convert("RGB").quantize(128).save(
        os.path.join(HERE, "workshop-filters.png"), optimize=True
    )
    for name in ("layers", "layers-mirrored"):
        made(f"fox-{name}.png", 960).save(
            os.path.join(HERE, f"workshop-{name}.webp"), quality=72, method=6
        )
    made("rabbit_little-explained.png", 900).save(
        os.path.join(HERE, "workshop-rabbit.jpg"), quality=80, optimize=True
    )
    both = Image.new("RGB", (620, 240), "white")
    for i, name in enumerate(("raspberry", "banana")):
        photo = Image.open(os.path.join(ROOT, PHOTOS, "fruit", name + ".jpg")).convert("RGB")
        photo.thumbnail((290, 230))
        both.paste(photo, (10 + i * 310 + (290 - photo.width) // 2, (240 - photo.height) // 2))
    both.save(os.path.join(HERE, "workshop-unknown.jpg"), quality=80, optimize=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        sheet(os.path.join(folder, "sheet"))
        curves(os.path.join(folder, "curves"))
        board(os.path.join(folder, "curves"))
        workshop(os.path.join(folder, "workshop"))


if __name__ == "__main__":
    sys.exit(main())
