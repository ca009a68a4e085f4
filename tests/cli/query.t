# The query language, --explain and the filters of soc search.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc
$ codes() { python3 -c 'import json, sys; a = json.load(sys.stdin); print(*(c["code"] for c in a["candidates"]))'; }
$ all() { soc search -q -l onet -n 999 --format json -- "$@" | codes; }
$ first() { soc search -q -n 1 --format json -- "$@" | codes; }
$ count() { soc search -q -l onet --format json -- "$@" | python3 -c 'import json, sys; print(json.load(sys.stdin)["found"])'; }

# Words only rank; what is demanded restricts.
$ all '"truck driver"'
53-3032.00 53-7051.00
$ all 'truck -forklift +concrete'
...
$ test "$(count truck)" -gt "$(count +truck)"; test "$(count +truck)" -gt "$(count title:truck)"
$ test "$(count 'nurse')" -gt "$(count 'nurse -nurse')"
$ count 'nurse NOT nurse'
0
$ all '(nurse OR driver) AND truck'
53-3032.00 53-7051.00 45-4022.00 49-3023.00
$ test "$(count 'nurse OR driver')" = "$(($(count +nurse) + $(count +driver) - $(count '+nurse +driver')))"
$ all '+(nurse OR driver) -driver' >one; all '+nurse -driver' >two; tr ' ' '\n' <one | sort >one.s; tr ' ' '\n' <two | sort | diff one.s -

# Each field; what soc fields shows finds something.
$ soc fields
title        official, alternate, reported and filed job titles  (title:"team leader")
description  what the occupation is, in a sentence or two  (description:statistics)
task         task statements  (task:"write code")
activity     detailed work activities  (activity:budgets)
technology   software and its categories  (technology:python)
tool         tools, machines and equipment  (tool:scanner)
code         one O*NET-SOC code  (code:15-1252.00)
group        a SOC code of any level  (group:15-1200)
zone         Job Zone as the release gives it  (zone:4)
$ soc fields --format json | python3 -c 'import json, sys; a = json.load(sys.stdin); print(*(f["example"] for f in (a if isinstance(a, list) else a["fields"])), sep="\n")' >examples
$ wc -l <examples
9
$ while IFS= read -r q; do soc search -q -n 1 -- "$q" >/dev/null || echo "nothing: $q"; done <examples

# Wildcards find what a reader expects, whatever the stem.
$ first 'pharmac*'
29-1051.00
$ first 'pharmacy*'
29-1051.00
$ first 'phlebo*'
31-9097.00
$ test "$(count 'engineer*')" -ge "$(count +engineering)"
$ test "$(count 'title:manag*')" -ge "$(count title:manager)"

# Codes.
$ all 15-1252.00
15-1252.00
$ all 15-1252
15-1252.00
$ all 15-12 | tr ' ' '\n' | grep -vc '^15-12'
0
[exit 1]
$ all 'manager 15-12' | tr ' ' '\n' | grep -vc '^15-12'
0
[exit 1]
$ first '11-2 manager'
(re) 11-2.*
$ first 'nurse 15-20 people'
29-1141.00
$ soc search -q 15-1132
soc: query:1:1: no occupation of this index has a code that begins with 15-1132
  15-1132
  ^
hint: `soc crosswalk 15-1132` leads codes of other editions to this one
[exit 2]

# Filters.
$ zones() { soc search -q -l onet -n 999 --format json "$@" | python3 -c 'import json, sys; print(*sorted({c["zone"] for c in json.load(sys.stdin)["candidates"]}))'; }
$ zones --zone 4-5 manager
4 5
$ zones --zone 2,4 manager
2 4
$ zones -z 2 -z 5 manager
2 5
$ zones 'manager zone:3'
3
$ soc search -q -l onet -n 999 --format json --group 15-12 --group 29,31 'records' | codes | tr ' ' '\n' | cut -c1-2 | sort -u
15
29
31
$ soc search -q -l onet -n 999 --format json -g 15-1252 | codes
15-1252.00
$ soc search -q --format json -k task 'patients' | python3 -c '
> import json, sys
> c = json.load(sys.stdin)["candidates"]
> print(all(x["tasks"] and not x["titles"] and not x["others"] for x in c), len(c) > 1)'
True True
$ soc search -q --format json --kind technology,tool 'record' | python3 -c '
> import json, sys
> c = json.load(sys.stdin)["candidates"]
> print({o["kind"] for x in c for o in x["others"]} <= {"technology", "tool"}, any(x["titles"] or x["tasks"] for x in c), len(c) > 1)'
True False True
$ soc search -q --zone 6 manager
soc: '6' is no Job Zone
hint: Job Zones run from 1 to 5: 4, or 4-5, or 1,3-4
[exit 2]
$ soc search -q --group software manager
soc: 'software' is no code
hint: write a code or the beginning of one: 15, 15-12, 15-1252, 15-1252.00
[exit 2]
$ soc search -q --group 16 manager
soc: no occupation of this index has a code that begins with 16
(re) hint: codes begin with .*
[exit 2]
$ soc search -q --kind titles manager
soc: 'titles' is no kind of evidence
hint: the kinds are title, description, task, activity, technology and tool
[exit 2]

# Titles as they are pasted are text.
$ for t in 'Sr. Engineer (C++) - AT&T' 'R&D/QA Engineer' 'Nurse 24/7' "Driver's Helper (m/f" 'a) nurse b) aide' 'OR Nurse' 'Registered Nurse - OR' \
> 'SALES AND MARKETING MANAGER' 'Pipe Fitter 6"' 'Nurse (RN' '***URGENT*** Nurse' 'Nurse: night shift' 'https://x.org nurse' 'Title: Nurse' \
> 'nurse) (' '5+ years nurse' 'Cook -' 'CNA 11-7' "$(printf 'Nurse\n-lifts patients\n"charts AND')"; do
>     soc search -q -n 1 -- "$t" >/dev/null || echo "failed: $t"; done

# Errors point at the character.
$ soc search -q 'nurse AND'
soc: query:1:7: there is nothing behind AND
  nurse AND
        ^
hint: write it small where the word is meant
[exit 2]
$ soc search -q '(nurse OR doctor AND x'
soc: query:1:1: a bracket is never closed
  (nurse OR doctor AND x
  ^
hint: close it with ), or take it out
[exit 2]
$ soc search -q '((('
soc: query:1:3: a bracket is never closed
  (((
    ^
hint: close it with ), or take it out
[exit 2]
$ soc search -q '"unbalanced'
soc: query:1:1: a quotation mark is never closed
  "unbalanced
  ^
hint: close the phrase with another ", or leave the mark out
[exit 2]
$ soc search -q 'nurse tilte:x'
soc: query:1:7: there is no field 'tilte'
  nurse tilte:x
        ^
hint: did you mean title:?  With a space behind the colon it is text; `soc fields` lists the fields
[exit 2]
$ soc search -q 'études NEAR/99 x'
soc: query:1:13: NEAR takes a number from 1 to 30
  études NEAR/99 x
              ^
hint: write NEAR/5 for within five words of each other
[exit 2]
$ soc search -q '*'
soc: query:1:1: a * alone would stand for every word
  *
  ^
hint: write the letters that the word begins with: nurs*
[exit 2]
$ soc search -q -- -manager
soc: the query only says what to leave out
hint: say what to look for; a hyphen with a space behind it is text
[exit 2]
$ soc search 'nurse +zeppelin'
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: nothing holds all that is asked for: --explain tells what each part holds in
[exit 1]

# Very long, very deep, binary.
$ soc search -q "$(python3 -c 'print("nurse " * 16666)')" | head -1
(re) .*29-1141.00 .*
$ soc search -q "$(python3 -c 'print("n" * 100001)')"
soc: the query has 100001 characters; at most 100000 are read
hint: give longer texts by --text FILE, or --text - for standard input
[exit 2]
$ soc search -q -- "$(python3 -c 'print("-x " + "(" * 60000)')" 2>&1 | cut -c1-60
soc: query:1:68: brackets are nested more than 64 deep
(re)   .*
(re)   .*
hint: ask with fewer brackets
$ soc search -q "$(python3 -c 'print(" OR ".join(["nurse"] * 2000))')" 2>&1 | head -1
(re) soc: query:1:[0-9]*: the query has more than 1000 parts
$ soc search -q -n 1 "$(printf '\001\377 -\200 "nurse" \302')" >/dev/null
$ soc search -q -- "$(printf 'a \033[31m\t\377 "b')" 2>&1 | cat -v
soc: query:1:11: a quotation mark is never closed
  a  [31m ? "b
            ^
hint: close the phrase with another ", or leave the mark out

# --explain: text before the answer, an object in JSON, beside rows on standard error.
$ soc search -q -n 1 --explain 'the "truck driver" -nurse zone:2' | sed '/^$/,$d'
query       (list [the] "truck driver" (not [nurse]) zone:2)
            "truck driver" holds in 2 occupations
            (not [nurse]) holds in 153 occupations
            [nurse] holds in 7 occupations
(re)             zone:2 holds in [0-9]+ occupations
(re) filter      leaves [0-9]+ of 160 occupations
ranked      as a title: the truck driver
(re) terms       truck \(truck\) in [0-9]+ occupations
(re)             driver \(driver\) in [0-9]+ occupations
            the is a stop word, left out
(re) ranking     found [0-9]+
(re)             53-3032 [0-9.]+ = title_similarity .*
...
$ soc search -q -n 1 --format json --explain --zone 2 --kind title,task 'truck*' | python3 -c '
> import json, sys
> e = json.load(sys.stdin)["explain"]
> print(*e)
> print(e["query"][0]["tree"], e["query"][1]["terms"] >= 1, e["filter"][0], e["filter"][-1]["of"])
> print(e["ranking"][1]["code"], abs(sum(e["ranking"][1]["parts"].values()) - e["ranking"][1]["score"]) < 1e-3)'
query filter ranked terms ranking
truck* True {'zone': 2} 160
53-3032 True
$ soc search -q -n 1 --format csv --explain nurse 2>err | wc -l; grep -c '^query' err
2
1
$ soc search -q --explain +zeppelin | head -2
query       (must [zeppelin])
            (must [zeppelin]) holds in 0 occupations

# The help tells it.
$ soc search --help | grep -c -e 'NEAR/5' -e '-manager' -e 'engineer\*' -e '15-12 ' -e --explain
(re) [5-9]
