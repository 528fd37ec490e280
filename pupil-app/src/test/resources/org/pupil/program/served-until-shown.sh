#!/bin/sh
# Stands for ./pupil where a test types what a document says. A board would be served until somebody
# ends it: here it ends as soon as it is served, and must have found something to show.
launcher=$LAUNCHER
case " $* " in
  " board "*) shown='Press CTRL+C to quit' ;;
  *" --board "*) shown='The board goes on at' ;;
  *) exec "$launcher" "$@" ;;
esac
"$launcher" "$@" >said.txt 2>&1 &
board=$!
until grep -q "$shown" said.txt; do
  kill -0 $board 2>/dev/null || { cat said.txt; exit 1; }
  sleep 0.1
done
kill $board
wait $board
cat said.txt
! grep -q '^warning: ' said.txt
