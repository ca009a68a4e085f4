# soc-index info: what an index was made from.
$ SOURCE_DATE_EPOCH=1700000000 soc-index build -q -o sample.soc corpus/sample
$ soc-index info sample.soc | tr -s ' '
sample.soc
This index holds the SAMPLE corpus, not a release of the Department of Labor.
sources
(re)  O\*NET 0\.1, November 2026 \(sample, [0-9,]+ bytes\)
(re)  sha256 [0-9a-f]{64}
 Occupation Data 160 rows 160 used
...
content
 occupations 160
...
(re)  digest [0-9a-f]{64}
(re)  built 2023-11-14T22:13:20Z by soc-index [0-9.]+ with Xapian [0-9.]+, format [0-9]+

# The same as the build's own summary.
$ SOURCE_DATE_EPOCH=1700000000 soc-index build -o sample.soc corpus/sample 2>&1 | sed -n '/^sources/,/^  built/p' >told; soc-index info sample.soc | sed 1,2d | diff told -

$ cat >look.py <<'END'
> import json, sys
> m = json.load(sys.stdin)
> print({"built", "digest", "evidence", "format", "occupations", "program", "sample", "sources", "xapian"} <= set(m))
> s = m["sources"][0]
> print(sorted(s))
> print(s["name"], s["family"], s["title"], s["release"], s["date"], len(s["sha256"]), s["bytes"] > 300000)
> print(len(s["tables"]), sorted(s["tables"][0]), s["tables"][0])
> print(m["sample"], m["occupations"], m["built"], len(m["digest"]), m["evidence"]["alternate_title"])
> print(all(t["rows"] == t["used"] + sum(t["rejected"].values()) for t in s["tables"]))
> END
$ soc-index info --json sample.soc | python3 look.py
True
['bytes', 'date', 'family', 'name', 'release', 'sha256', 'tables', 'title']
sample onet O*NET 0.1 0.1 November 2026 64 True
14 ['file', 'rejected', 'rows', 'table', 'used'] {'table': 'Occupation Data', 'file': 'Occupation Data.txt', 'rows': 160, 'used': 160, 'rejected': {}}
True 160 2023-11-14T22:13:20Z 64 1791
True
