# --format: one answer in every format.  docs/formats.md has examples of each; here is what must hold.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc

# All formats of a search tell the same: codes, order, scores.
$ ask() { soc search -q -n 7 --offset 2 "$@" 'zeppelin nurse "care"' ; }
$ for f in json jsonl csv tsv; do ask --format $f >answer.$f; done; cat >same.py <<'END'
> import csv, json
> whole = json.load(open("answer.json"))["candidates"]
> lines = [json.loads(line) for line in open("answer.jsonl")]
> rows = list(csv.DictReader(open("answer.csv", newline=""), strict=True))
> tabs = [dict(zip(("rank", "code", "soc", "title", "zone", "score", "confidence", "best_title", "best_task", "unexplained"), line.rstrip("\n").split("\t"))) for line in list(open("answer.tsv"))[1:]]
> print(len(whole), [c["rank"] for c in whole])
> print([{"format": 1, **c} == line for c, line in zip(whole, lines)] == [True] * len(whole), len(lines) == len(whole))
> for c, row in zip(whole, rows):
>     best = {k: c[k + "s"][0]["text"] if c[k + "s"] else "" for k in ("title", "task")}
>     want = [str(c["rank"]), c["code"], c["soc"], c["title"], str(c["zone"] or ""), "%.6g" % c["score"], "%.6g" % c["confidence"], best["title"], best["task"], " ".join(c["unexplained"])]
>     if list(row.values()) != want: print(row, want)
> print(rows == tabs, list(rows[0]))
> END
$ python3 same.py
7 [3, 4, 5, 6, 7, 8, 9]
True True
True ['rank', 'code', 'soc', 'title', 'zone', 'score', 'confidence', 'best_title', 'best_task', 'unexplained']

# CSV ends its rows as RFC 4180 says, TSV with a line feed; a title with commas is one field.
$ soc search -q -n 1 --format csv 'bookkeeping clerk' | od -c | grep -c '\\r  *\\n'
2
$ soc search -q -n 1 --format tsv 'bookkeeping clerk' | tr -d -c '\r' | wc -c
0
$ soc search -q -n 1 --format csv 'bookkeeping clerk' | cut -d, -f4-6 | tail -n 1
"Bookkeeping, Accounting, and Auditing Clerks"
$ soc search -q -n 1 --format csv 'bookkeeping clerk' | python3 -c 'import csv, sys; print([r[3] for r in csv.reader(sys.stdin)])'
['title', 'Bookkeeping, Accounting, and Auditing Clerks']

# Groups: the code and the soc are the group's.
$ soc search -q -n 1 --level major --format csv 'registered nurse' | cut -d, -f1-4
rank,code,soc,title
1,29-0000,29-0000,Registered Nurses

# Nothing found: a table has its header, JSON Lines have no line.
$ soc search -q --format csv xqzzy
(re) rank,code,.*,unexplained\s*
[exit 1]
$ soc search -q --format jsonl xqzzy
[exit 1]

# soc show: one object a line; the members of groups as rows.
$ soc show -q --format json 29-1141 31-1100 >show.json; soc show -q --format jsonl 29-1141 31-1100 | python3 -c '
> import json, sys
> print([json.loads(line) for line in sys.stdin] == json.load(open("show.json")), [o["format"] for o in json.load(open("show.json"))])'
True [1, 1]
$ soc show -q --format tsv 31-1100 29-1141
asked	code	title
31-1100	31-1121.00	Home Health Aides
31-1100	31-1122.00	Personal Care Aides
31-1100	31-1131.00	Nursing Assistants
29-1141	29-1141.00	Registered Nurses
29-1141	29-1141.03	Critical Care Nurses
$ soc show -q --format csv 29-1140 | python3 -c 'import csv, sys; print(*map(tuple, csv.reader(sys.stdin)), sep="\n")'
('asked', 'code', 'title')
('29-1140', '29-1141.00', 'Registered Nurses')
('29-1140', '29-1141.03', 'Critical Care Nurses')

# What cannot be is said before anything is printed, and what can be is named.
$ soc show -q --format csv 31-1100 29-1141.00
soc: 29-1141.00 is one occupation and has no members to list as csv
hint: show it with --format text, json or jsonl; rows are for codes of at most six digits
[exit 2]
$ soc show -q --format csv 31-1100 nurse
soc: 'nurse' is no occupation code
hint: a code looks like 15-1252.00, 15-1252 or 15-0000; to find one, use soc search
[exit 2]
$ soc show -q --format csv 99-9999
soc: the index has no code 99-9999
asked,code,title
[exit 1]
$ soc fields --format csv
soc: --format must be text or json, not 'csv'
[exit 2]
$ soc code --format json jobs.csv
soc: --format must be jsonl, csv or tsv, not 'json'
hint: did you mean --format jsonl?
[exit 2]
$ soc search --format CSV nurse
soc: --format must be text, json, jsonl, csv, tsv, md or html, not 'CSV'
[exit 2]
$ soc fields --format json | python3 -c 'import json, sys; a = json.load(sys.stdin); print({o["format"] for o in a}, sorted(a[0]))'
{1} ['example', 'format', 'holds', 'name', 'prefix']

# soc crosswalk, over a crosswalk of our own.
$ cat >2010_to_2019_Crosswalk.csv <<'END'
> O*NET-SOC 2010 Code,O*NET-SOC 2010 Title,O*NET-SOC 2019 Code,O*NET-SOC 2019 Title
> 15-1132.00,"Software Developers, Applications",15-1252.00,Software Developers
> 15-1133.00,"Software Developers, Systems Software",15-1252.00,Software Developers
> END
$ soc-index build -q -o crossed.soc corpus/sample 2010_to_2019_Crosswalk.csv
$ walk() { soc crosswalk -q --index crossed.soc "$@"; }
$ walk --format json 15-1252.00 15-1132.00 >walk.json; walk --format jsonl 15-1252.00 15-1132.00 >walk.jsonl; walk --format csv 15-1252.00 15-1132.00 >walk.csv; python3 -c '
> import csv, json
> whole = json.load(open("walk.json"))
> print(whole == [json.loads(line) for line in open("walk.jsonl")], [(o["format"], o["code"], len(o["pairs"])) for o in whole])
> rows = list(csv.DictReader(open("walk.csv", newline=""), strict=True))
> print(list(rows[0]))
> flat = [(o["code"], p["from"]["edition"], p["from"]["code"], p["from"]["title"], p["to"]["edition"], p["to"]["code"], p["to"]["title"], *(str(p[k]).lower() for k in ("split", "merged")), p["source"]) for o in whole for p in o["pairs"]]
> print([tuple(r.values()) for r in rows] == flat, len(flat))'
True [(1, '15-1252.00', 2), (1, '15-1132.00', 1)]
['asked', 'from_edition', 'from_code', 'from_title', 'to_edition', 'to_code', 'to_title', 'split', 'merged', 'source']
True 3
$ walk --format tsv 15-1132.00
asked	from_edition	from_code	from_title	to_edition	to_code	to_title	split	merged	source
15-1132.00	O*NET-SOC 2010	15-1132.00	Software Developers, Applications	O*NET-SOC 2019	15-1252.00	Software Developers	false	true	O*NET-SOC 2010 to 2019 crosswalk
$ walk --format md 15-1132.00 | sed -n 9p
| O\*NET-SOC 2010 15-1132.00 | Software Developers, Applications | O\*NET-SOC 2019 15-1252.00 | Software Developers | merged | O\*NET-SOC 2010 to 2019 crosswalk |
$ walk --format html 15-1252.00 15-1132.00 | grep -c "<tr><th scope=.row"
3
$ walk --format csv 15-9999.00
asked,from_edition,from_code,from_title,to_edition,to_code,to_title,split,merged,source
[exit 1]
$ soc crosswalk -q --format csv 15-1132
soc: this index was built without crosswalks
hint: give soc-index the crosswalk files too, such as 2010_to_2019_Crosswalk.csv of onetcenter.org
[exit 2]

# The JSON Lines of soc code are a contract: these members, in this order, and no others.
$ printf 'id,title\n7,registered nurse\n8,\n' | soc code -q --id id --top 1 -
(re) \{"id":"7","candidates":\[\{"code":"29-1141\.00","soc":"29-1141","title":"Registered Nurses","score":[0-9.]+,"confidence":0\.[0-9]+\}\]\}
{"id":"8","candidates":[],"note":"no title and no text"}

# Control characters reach neither a terminal nor a table.
$ soc search -q -n 1 --format csv "$(printf 'nurse \033[31mzeppelin')" | grep -c "$(printf '\033')"
0
[exit 1]
