# soc search --regex: titles and tasks whose text a pattern matches.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc COLUMNS=80

$ soc search --regex '\bnurse.*manager'
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
11-9111.00  Medical and Health Services Managers
    Nurse Manager (alternate title; O*NET 0.1)
soc: 1 match in 1 occupation
$ soc search -q --regex 'charge nurse'
29-1141.00  Registered Nurses
    Charge Nurse (alternate title; O*NET 0.1)

29-2061.00  Licensed Practical and Licensed Vocational Nurses
    Charge Nurse (alternate title; O*NET 0.1)

# Case counts where the pattern has a capital letter.
$ count() { soc search -q -n 100000 --format jsonl --regex "$1" | wc -l; }
$ test $(count nurse) -gt $(count Nurse) && test $(count 'nurse|Nurse') -gt $(count Nurse) && echo smart
smart
$ test $(count '\Wnurse') -gt 0 && test $(count 'NURSE') -eq 0 && test $(count '(?i)NURSE') -eq $(count nurse) && echo smart
smart

# What matched is highlighted.
$ soc search -q --color always -n 1 --regex 'nurs(e|ing)' | cat -v
^[[1m11-9111.00  Medical and Health Services Managers^[[0m
    Chief ^[[1;33mNursing^[[0m Officer (CNO) (alternate title; O*NET 0.1)
$ soc search -q -n 1000 --format json --regex 'nurs(e|ing)' | python3 -c '
> import json, re, sys
> a = json.load(sys.stdin)
> print({k: v for k, v in a.items() if k not in ("found", "matches", "occupations")})
> print(a["found"] == len(a["matches"]), a["occupations"] == len({m["code"] for m in a["matches"]}))
> for m in a["matches"]:
>     spans = [[s.start(), s.end() - s.start()] for s in re.finditer("nurs(e|ing)", m["text"], re.I)]
>     if spans != m["matched"] or not spans: print(m)
> print(sorted({m["kind"] for m in a["matches"]}))
> print([m["code"] for m in a["matches"]] == sorted(m["code"] for m in a["matches"]), sorted(a["matches"][0]))'
{'format': 1, 'pattern': 'nurs(e|ing)', 'ignores_case': True, 'given_up': 0, 'sample': True}
True True
['alternate_title', 'core_task', 'official_title', 'reported_title', 'short_title', 'supplemental_task']
True ['code', 'kind', 'matched', 'soc', 'source', 'text', 'title']

# All formats tell the same.
$ for f in json jsonl csv tsv; do soc search -q --limit 20 --offset 3 --format $f --regex 'er, ' >answer.$f; done; python3 -c '
> import csv, json
> whole = json.load(open("answer.json"))["matches"]
> print([{"format": 1, **m} for m in whole] == [json.loads(line) for line in open("answer.jsonl")])
> rows = [list(r) for r in csv.reader(open("answer.csv", newline=""), strict=True)]
> print(rows[0], len(rows) - 1 == len(whole) > 0)
> print(rows[1:] == [[m["code"], m["soc"], m["title"], m["kind"], m["text"], m["text"][m["matched"][0][0]:][:m["matched"][0][1]], m["source"], m.get("id", "")] for m in whole])
> print(rows == [line.rstrip("\n").split("\t") for line in open("answer.tsv")])'
True
['code', 'soc', 'title', 'kind', 'text', 'matched', 'source', 'id'] True
True
True

# How many: at most 100, and the total is said.
$ soc search --format csv --regex . 2>said | wc -l; grep -o -e 'soc: 100 of [0-9]* matches' said | sed 's/of [0-9]*/of N/'
101
soc: 100 of N matches
$ soc search --format csv -n 3 --offset 2 --regex . 2>/dev/null | cut -d, -f1,5
code,text
11-1011.00,Bank President
11-1011.00,Board Chairperson
11-1011.00,Chief Executive Officer (CEO)
$ soc search --offset 90000 --regex nurse 2>&1 | sed 's/[0-9]\+$/N/'
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: no more matches: --offset is behind the last of N
$ soc search -n 0 --regex nurse
soc: --limit must be a whole number from 1 to 100000, not '0'
[exit 2]
$ soc search --regex '^xqzzy$'
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: nothing matches
[exit 1]
$ soc search -q --regex '^xqzzy$'
[exit 1]
$ soc search -q --format csv --regex '^xqzzy$'
code,soc,title,kind,text,matched,source,id
[exit 1]

# A pattern that is wrong: the caret is where it is.
$ soc search --regex 'nurse (manager'
soc: the pattern is wrong: missing closing parenthesis
  nurse (manager
                ^
hint: a pattern is a Perl regular expression; \ before a character takes it as it is: C\+\+
[exit 2]
$ soc search --regex '[z-a]'
soc: the pattern is wrong: range out of order in character class
  [z-a]
     ^
hint: a pattern is a Perl regular expression; \ before a character takes it as it is: C\+\+
[exit 2]
$ soc search --regex 'é*+**'
soc: the pattern is wrong: quantifier does not follow a repeatable item
  é*+**
     ^
hint: a pattern is a Perl regular expression; \ before a character takes it as it is: C\+\+
[exit 2]
$ soc search --regex ''
soc: the pattern is empty
hint: say what the text holds, such as \bnurse
[exit 2]
$ soc search --regex "$(printf '\377nurse')"
soc: the pattern is wrong: UTF-8 error: illegal byte (0xfe or 0xff)
  ?nurse
  ^
hint: a pattern is a Perl regular expression; \ before a character takes it as it is: C\+\+
[exit 2]
$ soc search -q --regex "$(printf '(%.0s' $(seq 9000))" 2>&1 | cut -c1-100
soc: the pattern is wrong: parentheses are too deeply nested
  ...(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
                                                                 ^
hint: a pattern is a Perl regular expression; \ before a character takes it as it is: C\+\+
$ soc search -q --regex "$(printf 'a%.0s' $(seq 10001))"
soc: the pattern is too long
hint: a pattern has at most 10,000 bytes
[exit 2]

# A pattern that backtracks without end is an error, soon, or a counted note.
$ soc search -q -n 1 --regex '(\w+\W?)+\d$'
soc: the pattern backtracks without end: on 101 texts it was given up after 100000 steps
hint: repetitions inside repetitions, such as (a+)+, do that; make the inner one possessive: (a++)+
[exit 2]
$ soc search --regex '^(?=.*hedges)(\w+\W?)+\d$'
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: nothing matches
soc: on 1 text the pattern was given up after 100000 steps: whether it matches there is not known
[exit 1]
$ soc search -q --format json --regex '^(?=.*hedges)(\w+\W?)+\d$' | grep given_up
  "given_up": 1,
$ soc search -q --format json --regex 'hedges' | grep found
  "found": 1,

# It does not mix with what ranks.
$ soc search --regex nurse manager
soc: --regex takes one pattern and no TEXT, but 'manager' is left over
hint: with --regex go --zone, --group, --kind, --limit, --offset and --format; put a pattern with blanks in quotation marks
[exit 2]
$ soc search --regex nurse --level onet
soc: --level does not go with --regex, which ranks nothing
hint: with --regex go --zone, --group, --kind, --limit, --offset and --format; put a pattern with blanks in quotation marks
[exit 2]
$ soc search --regex nurse --title nurse
soc: --title does not go with --regex, which ranks nothing
hint: with --regex go --zone, --group, --kind, --limit, --offset and --format; put a pattern with blanks in quotation marks
[exit 2]
$ soc search --regex
soc: --regex needs a value: --regex PATTERN
[exit 2]

# The filters of a search go with it.
$ soc search -q -n 999 --format jsonl --regex 'manager' --group 11-1,15 | grep -o '"code":"[0-9][0-9]' | sort -u
"code":"11
"code":"15
$ soc search -q -n 999 --format jsonl --regex 'record' --kind technology,tool | grep -o '"kind":"[a-z]*"' | sort -u
"kind":"technology"
"kind":"tool"
$ test "$(soc search -q -n 999 --format jsonl --regex nurse --zone 1-2 | wc -l)" -lt "$(soc search -q -n 999 --format jsonl --regex nurse | wc -l)"
$ soc search -q --regex x --zone 9
soc: '9' is no Job Zone
hint: Job Zones run from 1 to 5: 4, or 4-5, or 1,3-4
[exit 2]

# As HTML and as Markdown.
$ soc search -q --regex 'charge nurse' --format md
# Matches of charge nurse

## 29-1141.00  Registered Nurses

- **Charge Nurse**  (alternate title; O\*NET 0.1)

## 29-2061.00  Licensed Practical and Licensed Vocational Nurses

- **Charge Nurse**  (alternate title; O\*NET 0.1)

The index holds the sample corpus of soc-search, not a release of the Department of Labor: nothing in this document may be relied on.

This document is not legal advice. It shows what the releases named in it say and how one program weighs that; whether a code fits a job is for its reader to decide.
$ soc search -q --regex 'charge nurse' --format html | grep -e '<h[12]>' -e '<li>'
<h1>Matches of charge nurse</h1>
<h2>29-1141.00  Registered Nurses</h2>
<li><mark>Charge Nurse</mark>  (alternate title; O*NET 0.1)</li>
<h2>29-2061.00  Licensed Practical and Licensed Vocational Nurses</h2>
<li><mark>Charge Nurse</mark>  (alternate title; O*NET 0.1)</li>
