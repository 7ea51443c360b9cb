#!/bin/sh
# keep.sh COMMAND...: run a program, and again a second after it ended by itself, until told to stop.
# One crashed process then does not take the others of the Procfile with it.
trap 'kill "$child" 2>/dev/null; wait "$child"; exit 0' TERM INT
while :; do
	"$@" &
	child=$!
	wait "$child"
	echo "$1 ended with status $?; starting it again"
	sleep 1
done
