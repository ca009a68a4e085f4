#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# demo.sh - what `make demo` shows: a release becomes an index, the index answers three questions.
# SOC_RELEASE names a release as published (zip or folder); without it, the embedded sample is used.

set -eu
cd "$(dirname "$0")/.."
release=${SOC_RELEASE:-corpus/sample}
index=build/demo.soc

# Show a command as one would type it, and run it.  Nothing found (status 1) is an answer too.
show() {
	printf '\n$'
	for word; do
		case $word in
		*[!A-Za-z0-9._/=-]*) printf " '%s'" "$word" ;;
		*) printf ' %s' "$word" ;;
		esac
	done
	printf '\n'
	program=$1
	shift
	"build/$program" "$@" || [ $? -eq 1 ]
}

if [ -z "${SOC_RELEASE:-}" ]; then
	echo "The sample corpus: our own wording, for trying out.  SOC_RELEASE=FILE.zip takes a real release."
fi
show soc-index build -o "$index" "$release"
show soc search --index "$index" -n 3 'registered nurse, night shift'
show soc search --index "$index" -n 3 'designs and tests software for customers'
show soc search --index "$index" -n 3 'drives a truck over long distances'
printf '\nThe index stays in %s: try build/soc search --index %s YOUR WORDS\n' "$index" "$index"
