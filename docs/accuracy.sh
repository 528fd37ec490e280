#!/usr/bin/env bash
# How accurate Pupil is on sets of photos, by way of training: prints the tables of docs/accuracy.md.
#
#   bash docs/accuracy.sh FOLDER...       of photos, a sub-folder for each label
#
# Each way is tried on five splits of each set; the test photos of a split have no part in what is
# learned from the others. Needs nothing but bash and Pupil, and goes on where it was stopped.
#
#   BACKBONES="mobilenet_0.25_224 efficientnet_lite0_288"    what to compare
#   WAYS="steps-500 steps-4000 auto distortions fine-tuning"
#   SPLITS="1 2 3 4 5"
#   WORK=accuracy-work                                       where caches, models and results are
set -euo pipefail
[ $# -gt 0 ] || { sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 2; }
pupil=$(cd "$(dirname "$0")/.." && pwd)/pupil
backbones=${BACKBONES:-mobilenet_0.25_224 efficientnet_lite0_288}
ways=${WAYS:-steps-500 steps-4000 auto distortions fine-tuning}
splits=${SPLITS:-1 2 3 4 5}
work=${WORK:-accuracy-work}
mkdir -p "$work"

flags_of() {
  case $1 in
    steps-500) echo "--optimizer gradient_descent --how_many_training_steps 500" ;;
    steps-4000) echo "--optimizer gradient_descent --how_many_training_steps 4000" ;;
    auto) ;;
    distortions) echo "--flip_left_right --random_crop 10" ;;
    fine-tuning) echo "--fine_tune last" ;;
    *) echo "accuracy.sh: there is no way $1" >&2; exit 2 ;;
  esac
}

# The largest resident memory of a process in MB while it lives; 0 where the system does not tell it.
peak_of() {
  local most=0 now
  while kill -0 "$1" 2> /dev/null; do
    now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$1/status" 2> /dev/null || true)
    [ -z "$now" ] || most=$now
    sleep 0.2
  done
  echo $((most / 1024))
}

# One training run: "accuracy seconds megabytes" in a file, which appears whole or not at all. The
# seconds are those of the processor, of all cores together: what else the machine does changes
# them least.
run() {
  local folder=$1 backbone=$2 way=$3 split=$4 result=$5 model=$work/model peak
  rm -rf "$model"
  # shellcheck disable=SC2046 # several flags
  "$pupil" retrain --image_dir "$folder" --architecture "$backbone" --split_seed "$split" \
    --testing_percentage 20 --bottleneck_dir "$work/bottlenecks" --output_graph "$model/graph.pb" \
    --output_labels "$model/labels.txt" --summaries_dir "$model/logs" $(flags_of "$way") \
    > "$work/run.log" 2>&1 &
  {
    TIMEFORMAT='%U %S'
    time {
      peak=$(peak_of $!)
      wait $! || { cat "$work/run.log" >&2; exit 1; }
    }
  } 2> "$work/run.times"
  sed -n 's/.*"accuracy" : \([0-9.]*\).*/\1/p' "$model/evaluation.json" | head -n 1 |
    awk -v times="$(cat "$work/run.times")" -v mb="$peak" \
      '{ split(times, t, " "); print $1, t[1] + t[2], mb }' > "$result.part"
  mv "$result.part" "$result"
}

for folder; do
  name=$(basename "$folder")
  printf '### %s\n\n' "$name"
  echo "| backbone | way | test accuracy: mean ± spread | lowest to highest | first run | later runs | memory |"
  echo "|---|---|---:|---:|---:|---:|---:|"
  for backbone in $backbones; do
    for way in $ways; do
      results=()
      for split in $splits; do
        result=$work/$name-$backbone-$way-$split
        [ -s "$result" ] || run "$folder" "$backbone" "$way" "$split" "$result"
        results+=("$result")
      done
      awk -v backbone="$backbone" -v way="$way" '
        {
          a[NR] = 100 * $1; sum += a[NR]
          if (NR == 1) { first = $2; low = high = a[1] } else later += $2
          if (a[NR] < low) low = a[NR]
          if (a[NR] > high) high = a[NR]
          if ($3 > mb) mb = $3
        }
        END {
          mean = sum / NR
          for (i = 1; i <= NR; i++) squares += (a[i] - mean) ^ 2
          spread = (NR > 1) ? sqrt(squares / (NR - 1)) : 0
          later = (NR > 1) ? later / (NR - 1) : first
          printf("| `%s` | %s | %.1f %% ± %.1f | %.1f to %.1f %% | %.1f s | %.1f s | %d MB |\n",
            backbone, way, mean, spread, low, high, first, later, mb)
        }
      ' "${results[@]}"
    done
  done
  echo
done
