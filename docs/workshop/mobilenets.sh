#!/usr/bin/env bash
# What the width and the resolution of a MobileNet cost and bring: prints the table of station 2.
#
#   bash docs/workshop/mobilenets.sh [ARCHITECTURE...]
#
# Accuracy is that of a cross-validation of the example photos. Time is the processor's, for a photo
# more: labelling all 148 photos less labelling one of them. A backbone that is not built in must be
# in pupil-model/backbones, or is downloaded. Needs nothing but bash and Pupil; takes some minutes.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
pupil=${PUPIL:-$root/pupil}
photos=$root/examples/photos
[ $# -gt 0 ] || set -- mobilenet_0.25_128 mobilenet_0.25_160 mobilenet_0.25_192 mobilenet_0.25_224 \
  mobilenet_0.50_128 mobilenet_0.50_160 mobilenet_0.50_192 mobilenet_0.50_224 efficientnet_lite0_288
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Seconds of the processor that a command takes, the least of three times.
seconds() {
  TIMEFORMAT='%U %S'
  for _ in 1 2 3; do
    { time "$@" > /dev/null 2> "$work/errors"; } 2>&1 || { cat "$work/errors" >&2; exit 1; }
  done | awk '{ s = $1 + $2 } NR == 1 || s < least { least = s } END { print least }'
}

echo "| network | bottleneck | milliseconds a photo | accuracy |"
echo "|---|---:|---:|---|"
for name; do
  "$pupil" retrain --image_dir "$photos" --architecture "$name" --output_graph "$work/graph.pb" \
    --output_labels "$work/labels.txt" --summaries_dir "$work/logs" \
    --bottleneck_dir "$work/bottlenecks" > "$work/log" 2>&1 || { tail -n 1 "$work/log" >&2; exit 1; }
  size=$(sed -n 's/^Backbone .* in, \([0-9]*\) numbers.*/\1/p' "$work/log")
  label=("$pupil" label_image --graph "$work/graph.pb" --threads 1 --json)
  all=$(seconds "${label[@]}" "$photos")
  one=$(seconds "${label[@]}" "$photos/bird/duck.jpg")
  accuracy=$("$pupil" evaluate --image_dir "$photos" --architecture "$name" \
    --bottleneck_dir "$work/bottlenecks" 2> /dev/null |
    sed -n 's/^Accuracy  *\([0-9.]*\) %  *\([0-9.]*\) to \([0-9.]*\) %.*/\1 % (\2 to \3)/p')
  ms=$(awk -v all="$all" -v one="$one" 'BEGIN { printf "%.1f", (all - one) / 147 * 1000 }')
  echo "| \`$name\` | $size | $ms | $accuracy |"
done
