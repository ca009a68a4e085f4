#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh SECONDS TARGET... - fuzz each target for so long, beginning with its seeds.
# New inputs go to build/fuzz/corpus/NAME; what fails goes to build/fuzz/failed/NAME-*.

set -eu
seconds=$1
build=${SOC_BUILD:-build}
shift
if [ $# -eq 0 ]; then
	echo "no fuzz targets: tests/fuzz/fuzz_*.c"
	exit 0
fi
status=0
for target; do
	name=${target##*/}
	mkdir -p "$build/fuzz/corpus/$name" "$build/fuzz/failed" "tests/fuzz/seeds/$name"
	set -- "$build/fuzz/corpus/$name" "tests/fuzz/seeds/$name"
	if [ -f "tests/fuzz/$name.dict" ]; then
		set -- "-dict=tests/fuzz/$name.dict" "$@"
	fi
	if "$target" "-max_total_time=$seconds" "-artifact_prefix=$build/fuzz/failed/$name-" -rss_limit_mb=2048 \
		-timeout=120 -print_final_stats=1 "$@" >"$build/fuzz/$name.log" 2>&1; then
		printf 'ok   %s  %s\n' "$name" "$(sed -n 's/^stat::number_of_executed_units: */runs: /p' "$build/fuzz/$name.log")"
	else
		status=1
		tail -n 40 "$build/fuzz/$name.log"
		printf 'FAIL %s  (%s/fuzz/%s.log)\n' "$name" "$build" "$name"
	fi
done
exit $status
