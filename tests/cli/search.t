# soc search: free text in, ranked codes out.  The order of the first codes is what a change of the ranking must keep.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc
$ codes() { python3 -c 'import json, sys; a = json.load(sys.stdin); print(*(c["code"] for c in a["candidates"]))'; }
$ first() { soc search -q -n 1 --format json "$@" | codes; }

# A sample is never taken for a release.
$ soc search -n 1 'registered nurse'
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
 1. 29-1141.00  Registered Nurses
(re)     confidence [0-9]+%, score [0-9.]+, Job Zone [1-5]
    titles    Registered Nurses (official title)
...

# Titles, words in any order and any letters, descriptions.
$ first registered nurse
29-1141.00
$ first NURSE registered
29-1141.00
$ first 'truck driver'
53-3032.00
$ first Bookkeeper
43-3031.00
$ first 'java developer'
15-1252.00
$ first 'Chief Executive Officer (CEO)'
11-1011.00
$ first 'trims hedges and mows lawns'
37-3011.00

# What of free text is the title and what tells of duties; --title and --text say it outright, free text is then the other.
$ parts() { soc search -q -n 1 --format json "$@" | python3 -c 'import json, sys; a = json.load(sys.stdin); print([a["title"], a["text"]])'; }
$ parts bookkeeper in an office
['bookkeeper in an office', '']
$ parts keeps the books of an office
['', 'keeps the books of an office']
$ parts 'Cook: prepares meals for guests of the house'
['Cook', 'prepares meals for guests of the house']
$ parts 'Cook
> Prepares meals.  Cleans the kitchen.'
['Cook', 'Prepares meals.  Cleans the kitchen.']
$ printf 'Prepares meals.\nCleans the kitchen.\n' > duties.txt
$ parts --title Cook --text duties.txt
['Cook', 'Prepares meals.\nCleans the kitchen.']
$ echo 'Prepares meals.' | parts --title Cook --text -
['Cook', 'Prepares meals.']
$ parts --text duties.txt
['', 'Prepares meals.\nCleans the kitchen.']
$ parts --title Cook prepares meals
['Cook', 'prepares meals']
$ parts --text duties.txt cook
['cook', 'Prepares meals.\nCleans the kitchen.']
$ soc search --text nowhere.txt
soc: cannot open nowhere.txt: No such file or directory
hint: check the path
[exit 2]

# Words that nothing explains, words that matched.
$ soc search -q -n 1 'zeppelin registered nurse' | grep -e unexplained
    unexplained zeppelin
$ soc search -q -n 1 --format json 'zeppelin registered nurse' | python3 -c '
> import json, sys
> a = json.load(sys.stdin); c = a["candidates"][0]; t = c["titles"][0]
> print(sorted(a)); print(sorted(c)); print(sorted(t))
> print(a["title"], a["level"], a["sample"], a["found"] > 1)
> print(c["rank"], c["code"], c["soc"], c["title"], c["zone"], c["unexplained"])
> print([t["text"].encode()[b:b + n].decode() for b, n in t["matched"]], t["kind"], t["source"])
> print(abs(sum(c["parts"].values()) - c["score"]) < 1e-3, 0 < c["confidence"] <= 1)'
['candidates', 'expansions', 'format', 'found', 'level', 'sample', 'text', 'title']
['code', 'confidence', 'others', 'parts', 'rank', 'score', 'soc', 'tasks', 'title', 'titles', 'unexplained', 'zone']
['cosine', 'kind', 'matched', 'source', 'text']
zeppelin registered nurse soc True True
1 29-1141.00 29-1141 Registered Nurses 3 ['zeppelin']
['Registered', 'Nurses'] official_title O*NET 0.1
True True

# Order, ranks, scores: best first, no code twice, confidence a share of the whole.
$ soc search -q -n 100 --format json nurse | python3 -c '
> import json, sys
> c = json.load(sys.stdin)["candidates"]
> print([x["rank"] for x in c] == list(range(1, len(c) + 1)), all(a["score"] >= b["score"] for a, b in zip(c, c[1:])))
> print(len({x["soc"] for x in c}) == len(c), sum(x["confidence"] for x in c) <= 1.0001)'
True True
True True

# Phrases.
$ first '"truck driver"'
53-3032.00
$ soc search -q --format json '"truck driver"' | python3 -c 'import json, sys; print(all(any("truck driver" in t["text"].lower() for t in c["titles"] + c["tasks"] + c["others"]) for c in json.load(sys.stdin)["candidates"]))'
True
$ soc search -q '"driver truck"'
[exit 1]
$ soc search '"nobody says this"'
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: nothing holds all that is asked for: --explain tells what each part holds in
[exit 1]
$ soc search 'head "truck driver'
soc: query:1:6: a quotation mark is never closed
  head "truck driver
       ^
hint: close the phrase with another ", or leave the mark out
[exit 2]
$ first '""' nurse
29-1141.00

# Levels: that of the code, and each code once.
$ for l in onet soc broad minor major; do soc search -q -l $l -n 3 --format json nurse | codes; done
29-1141.00 29-1141.03 29-2061.00
29-1141.00 29-2061.00 31-1131.00
29-1140 29-2060 31-1130
29-1000 29-2000 31-1100
29-0000 31-0000 11-0000
$ soc search -q --level major -n 99 --format json nurse | python3 -c 'import json, sys; c = json.load(sys.stdin)["candidates"]; print(len(c) == len({x["soc"] for x in c}), all(x["code"].endswith("-0000") for x in c))'
True True
$ soc search -q --level auto -n 1 nurse >/dev/null

# How many, and from where.
$ soc search -q -n 3 nurse | grep -c '^ *[0-9]*\. '
3
$ soc search -q nurse | grep -c '^ *[0-9]*\. '
10
$ soc search -q -n 4 --format json nurse | codes >four; soc search -q -n 2 --offset 2 --format json nurse | codes >two; cut -d' ' -f3,4 four | diff - two
$ soc search -q -n 2 --offset 2 nurse | grep -o '^ *[0-9]*\.'
 3.
 4.
$ soc search --offset 5000 nurse
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: no more results: --offset is behind the last
[exit 1]

# Title and text apart; the text from a file or standard input.
$ echo 'Trims hedges, mows lawns and plants flower beds.' >duties.txt
$ first --title 'Team Leader' --text duties.txt
37-3011.00
$ first --title 'Team Leader' --text - <duties.txt
37-3011.00
$ first --text duties.txt
37-3011.00
$ first --title Bookkeeper
43-3031.00
$ soc search -q --text nowhere.txt
soc: cannot open nowhere.txt: No such file or directory
hint: check the path
[exit 2]
$ soc search -q --text - </dev/null
soc: there is nothing to search for
hint: soc search TEXT..., or --title T and --text FILE
[exit 2]

# Nothing asked, nothing found.
$ soc search
soc: there is nothing to search for
hint: soc search TEXT..., or --title T and --text FILE
[exit 2]
$ soc search ' '
soc: there is nothing to search for
hint: soc search TEXT..., or --title T and --text FILE
[exit 2]
$ soc search xqzzy
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: no word of this is known to the index
[exit 1]
$ soc search -q xqzzy
[exit 1]
$ soc search -q --format json xqzzy
{
  "format": 1,
  "title": "xqzzy",
  "text": "",
  "level": "soc",
  "found": 0,
  "sample": true,
  "expansions": [],
  "candidates": []
}
[exit 1]
$ soc search -q '!!! ???'
[exit 1]

# Wrong options, wrong values.
$ soc search --limt 3 nurse
soc: unknown option --limt
hint: did you mean --limit?  `soc help search` lists the options
[exit 2]
$ soc serch nurse
soc: unknown command 'serch'
hint: did you mean `soc search`?  `soc help` lists the commands
[exit 2]
$ soc search -n 0 nurse
soc: --limit must be a whole number from 1 to 100000, not '0'
[exit 2]
$ soc search -n 3x nurse
soc: --limit must be a whole number from 1 to 100000, not '3x'
[exit 2]
$ soc search --offset -1 nurse
soc: --offset must be a whole number from 0 to 100000, not '-1'
[exit 2]
$ soc search --level six nurse
soc: --level must be onet, soc, broad, minor, major or auto, not 'six'
...
[exit 2]
$ soc search --format xml nurse
soc: --format must be text, json, jsonl, csv, tsv, md or html, not 'xml'
[exit 2]
$ soc search --format jsn nurse
soc: --format must be text, json, jsonl, csv, tsv, md or html, not 'jsn'
hint: did you mean --format json?
[exit 2]

# The index: named, in the environment, in its usual place, nowhere.
$ unset SOC_INDEX
$ soc search nurse
(re) soc: cannot open the index .*/home/\.local/share/soc/current\.soc: No such file or directory
(re) hint: .*soc-index build -o FILE\.soc RELEASE.*--index or \$SOC_INDEX
[exit 2]
$ mkdir -p "$XDG_DATA_HOME/soc" && cp sample.soc "$XDG_DATA_HOME/soc/current.soc" && first nurse
29-1141.00
$ env -u XDG_DATA_HOME soc search -q -n 1 --format json nurse | codes
29-1141.00
$ SOC_INDEX=nowhere.soc first --index sample.soc nurse
29-1141.00
$ export SOC_INDEX=sample.soc

# Colours: never into a file, unless they are asked for.
$ escapes() { LC_ALL=C grep -c "$(printf '\033')"; }
$ soc search -q -n 2 nurse | escapes
0
[exit 1]
$ TERM=xterm soc search -q -n 2 nurse | escapes
0
[exit 1]
$ soc search -q -n 1 --color always 'registered nurse' | sed -n '1p;3p' | cat -v
 1. 29-1141.00  ^[[1mRegistered^[[0m ^[[1mNurses^[[0m
    titles    ^[[1;33mRegistered^[[0m ^[[1;33mNurses^[[0m (official title)
$ soc search -q -n 1 --color always nurse | sed 's/\x1b\[[0-9;]*m//g' >plain; soc search -q -n 1 nurse | diff plain -
$ cat >terminal.py <<'END'
> import os, pty, sys
> pid, fd = pty.fork()
> if pid == 0:
>     os.execvp(sys.argv[1], sys.argv[1:])
> out = b""
> while True:
>     try:
>         block = os.read(fd, 65536)
>     except OSError:
>         break
>     if not block:
>         break
>     out += block
> sys.stdout.buffer.write(out)
> sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
> END
$ TERM=xterm python3 terminal.py soc search -q -n 1 nurse | escapes | sed 's/[1-9]/some/'
some
$ TERM=xterm NO_COLOR=1 python3 terminal.py soc search -q -n 1 nurse | escapes
0
[exit 1]
$ TERM=xterm NO_COLOR= python3 terminal.py soc search -q -n 1 nurse | escapes | sed 's/[1-9]/some/'
some
$ TERM=xterm python3 terminal.py soc search -q -n 1 --color never nurse | escapes
0
[exit 1]
$ TERM=dumb python3 terminal.py soc search -q -n 1 nurse | escapes
0
[exit 1]

# What is asked cannot steer the terminal, nor can it break the JSON.
$ printf 'nurse \033[31m \033]0;title\007 \302\233 zeppelin' >steer
$ soc search -n 1 --color never "$(cat steer)" 2>&1 | LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]')"
0
[exit 1]
$ soc search "\"$(cat steer)\"" 2>&1 | LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]')"
0
[exit 1]
$ soc search --level "$(cat steer)" nurse 2>&1 | LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]')"
0
[exit 1]
$ soc search --index "$(cat steer)" nurse 2>&1 | LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]')"
0
[exit 1]
$ soc "$(cat steer)" 2>&1 | LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]')"
0
[exit 1]
$ soc search -q -n 1 --format json "$(printf 'nurse \033[31m\377 "" \\ \t')" | codes
29-1141.00
$ soc search -q -n 1 "$(printf 'nurse \377\376')" >/dev/null

# The width of the page.
$ widest() { awk '{ if (length > w) w = length } END { print w }'; }
$ for c in 50 60 80 120; do echo "$c: $(COLUMNS=$c soc search -q -n 3 'mows lawns, trims hedges, rakes leaves, plants shrubs and sprays weeds' | grep -v '^ *[0-9]*\. ' | awk -v c=$c 'length > c' | wc -l) too long"; done
50: 0 too long
60: 0 too long
80: 0 too long
120: 0 too long
$ COLUMNS=5 soc search -q -n 1 nurse >narrow; COLUMNS=40 soc search -q -n 1 nurse | diff narrow -
$ COLUMNS=many soc search -q -n 1 nurse >odd; COLUMNS=80 soc search -q -n 1 nurse | diff odd -
$ env -u COLUMNS soc search -q -n 1 nurse | diff odd -

# Long questions, and odd ones.
$ python3 -c 'print("nurse " * 50000)' >long.txt; first --text long.txt
29-1141.00
$ python3 -c 'print("n" * 300000)' >word.txt; soc search -q --text word.txt
[exit 1]
$ first -- nurse
29-1141.00
$ soc search -q -n 1 --format json -- --limit | grep '"title"' | head -1
  "title": "--limit",

# Help and version, and what is fully told.
$ soc search --help | head -3
soc search - rank occupation codes for a job title or description

Usage: soc search [OPTION...] TEXT...
$ soc --version
(re) soc [0-9.]+
$ soc help search | diff - help 2>/dev/null; soc search --help >help; soc help search | diff - help

# A document or an archive is no text; marked-up text is.
$ printf 'nurse' | gzip >job.gz; printf 'PK\003\004 [Content_Types].xml' >job.docx; printf '{\\rtf1 nurse}' >job.rtf; printf '%%PDF-1.7' >job.pdf
$ for f in job.gz job.docx job.rtf job.pdf; do soc search -q --text $f; done
soc: job.gz is a gzip file, not text
hint: save the job as plain text in UTF-8, and give that
soc: job.docx is a zip file, as a Word document is, not text
hint: save the job as plain text in UTF-8, and give that
soc: job.rtf is a rich text document, not text
hint: save the job as plain text in UTF-8, and give that
soc: job.pdf is a PDF document, not text
hint: save the job as plain text in UTF-8, and give that
[exit 2]
$ printf '\377\376n\000u\000' | soc search -q --text -
soc: standard input is UTF-16 text, not text
hint: save the job as plain text in UTF-8, and give that
[exit 2]
$ printf '<!DOCTYPE html><p>Registered nurse wanted' | soc search -q -n 1 --text - | head -1
 1. 29-1141.00  Registered Nurses
$ printf '\357\273\277<!DOCTYPE html><p>Registered nurse wanted' | soc search -q -n 1 --text - | head -1
 1. 29-1141.00  Registered Nurses

# As HTML and as Markdown, with whose content it shows.
$ soc search -q -n 1 --format md 'Sr. RN'
# Occupation codes: Sr. RN

## 1. 29-1141.00  Registered Nurses

confidence 78%, score 6.57, Job Zone 3

* **titles:** **RN**  (alternate title)
* **Registered** **Nurse** (**RN**)  (alternate title)
* **Registered** **Nurses**  (official title)
* **unexplained:** Sr

## How words were read

* **also:** senior (Sr), registered nurse (RN)

The index holds the sample corpus of soc-search, not a release of the Department of Labor: nothing in this document may be relied on.

This document is not legal advice. It shows what the releases named in it say and how one program weighs that; whether a code fits a job is for its reader to decide.
$ soc search -q -n 3 --format html '<b>nurse' | grep -c -e '<h1>Occupation codes: &#60;b&#62;nurse</h1>' -e '<h2' -e 'not a release of the Department of Labor'
6

# A job in another language: what the index knows of it by chance is no ground for confidence.
$ soc search -q -n 1 'Chef de projet' | sed -n '1,2p;/^note/p'
 1. 13-1082.00  Project Management Specialists
    confidence 0%, score 4.44, Job Zone 4
note     not English? No confidence is claimed
$ soc search -q -n 1 --format json 'Chef de projet' | grep -E '"(note|confidence)"'
      "confidence": 0.0,
  "note": "not English? No confidence is claimed"
$ printf 'title\nChef de projet\nChef\n' | soc code -q --top 1 | sed 's/.*"soc"/"soc"/'
"soc":"13-1082","title":"Project Management Specialists","score":4.44418,"confidence":0.0}],"note":"not English? No confidence is claimed"}
"soc":"35-1011","title":"Chefs and Head Cooks","score":4.99894,"confidence":0.667015}]}
