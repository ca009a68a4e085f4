#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# demo.sh - what `make demo` shows: a release becomes an index, the index answers three questions.
# SOC_RELEASE names a release as published (zip or folder).  Without it, what `make fetch` brought is used; where O*NET
# is not among that, the embedded sample.

set -eu
cd "$(dirname "$0")/.."
build=${SOC_BUILD:-build}
index=$build/demo.soc

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
	"$build/$program" "$@" || [ $? -eq 1 ]
}

if [ -n "${SOC_RELEASE:-}" ]; then
	set -- "$SOC_RELEASE"
elif [ -n "$(corpus/fetch --have onet)" ]; then
	echo "What \`make fetch\` brought.  O*NET is by the U.S. Department of Labor, Employment and Training Administration"
	echo "(USDOL/ETA), under CC BY 4.0; O*NET is a trademark of USDOL/ETA."
	fetched=$(corpus/fetch --have)
	set -f
	IFS='
'
	# Word splitting is wanted: a path a line.
	# shellcheck disable=SC2086
	set -- $fetched
	unset IFS
	set +f
else
	echo "The sample corpus: our own wording, for trying out.  \`make fetch\` brings the real releases; SOC_RELEASE=FILE.zip"
	echo "takes one."
	set -- corpus/sample
fi
show soc-index build -o "$index" "$@"
show soc search --index "$index" -n 3 'registered nurse, night shift'
show soc search --index "$index" -n 3 'designs and tests software for customers'
show soc search --index "$index" -n 3 'drives a truck over long distances'
printf '\nThe index stays in %s: try %s/soc search --index %s YOUR WORDS\n' "$index" "$build" "$index"
