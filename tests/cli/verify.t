# soc-index verify: whole or not.
$ soc-index build -q -o sample.soc corpus/sample
$ soc-index verify sample.soc
(re) sample\.soc: whole; 160 occupations, [0-9]+ lists, every checksum and record checked
$ soc-index verify --quiet sample.soc
$ cp sample.soc elsewhere && chmod 444 elsewhere && soc-index verify elsewhere
elsewhere: whole; 160 occupations, 29834 lists, every checksum and record checked
$ soc-index verify
soc-index: verify takes one index file
hint: soc-index --help shows the commands
[exit 2]
$ soc-index verify sample.soc elsewhere
soc-index: verify takes one index file
hint: soc-index --help shows the commands
[exit 2]
$ soc-index verify nowhere.soc
soc-index: cannot open the index nowhere.soc: No such file or directory
(re) hint: .*soc-index build -o FILE\.soc RELEASE.*
[exit 2]
$ soc-index verify corpus/sample
soc-index: corpus/sample is no index file
(re) hint: .+
[exit 2]
$ soc-index info nowhere.soc
soc-index: cannot open the index nowhere.soc: No such file or directory
(re) hint: .*soc-index build -o FILE\.soc RELEASE.*
[exit 2]

# Whole checksums around a changed content: the digest in the manifest tells.
$ reseal() { python3 "$ROOT/tests/fault/reseal.py" "$@"; }
$ reseal sample.soc same.soc -24 0 && cmp sample.soc same.soc
$ cat >changes.sh <<'END'
> # Whatever verify says, it says it: no signal, nothing of a sanitizer.
> for at in 9000 100000 300000 500000 800000; do
>   python3 "$ROOT/tests/fault/reseal.py" sample.soc changed.soc $at -1; soc-index verify -q changed.soc >told 2>&1; echo "$at $?"
> done
> END
$ sh changes.sh | grep -vE ' (0|2)$'
[exit 1]
