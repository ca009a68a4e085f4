# Misspelt words, acronyms and abbreviations: what is made of them, shown, counted, and switched off.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc
$ codes() { python3 -c 'import json, sys; a = json.load(sys.stdin); print(*(c["code"] for c in a["candidates"]))'; }
$ first() { soc search -q -n 1 --format json "$@" | codes; }
$ done_to() { soc search -q -n 1 --format json "$@" | python3 -c '
> import json, sys
> for x in json.load(sys.stdin)["expansions"]: print(x["kind"], x["written"], "->", x["words"])'; }

# A correction, and what the corrected words also mean.
$ soc search -q -n 1 'registred nusre' | sed -n '1p;/^$/,$p'
 1. 29-1141.00  Registered Nurses

read as  registered (registred), nurse (nusre)
also     RN (registered nurse)
$ done_to 'registred nusre'
spelling registred -> registered
spelling nusre -> nurse
synonym registered nurse -> RN

# One word as two, two words as one; digits, short words and names in capitals are left alone.
$ done_to 'truckdriver'
spelling truckdriver -> truck driver
$ first 'truckdriver'
53-3032.00
$ done_to 'book keeper'
synonym book keeper -> bookkeeper
$ first 'book keeper'
43-3031.00
$ done_to 'nurs3 nus NUSRE'
$ done_to 'truck driver'

# Commonwealth spelling is read as American where the index has that.
$ done_to 'Labour Programme Organiser, call centre'
spelling Labour -> labor
spelling Programme -> program
spelling Organiser -> organize
spelling centre -> center
$ done_to 'programmer'

# Acronyms both ways; only the words of a title, not those of a description.
$ soc search -q -n 1 'RN' | sed -n '1p;/^$/,$p'
 1. 29-1141.00  Registered Nurses

also     registered nurse (RN)
$ first CEO
11-1011.00
$ done_to 'chief executive officer'
synonym chief executive officer -> CEO
$ first SWE
15-1252.00
$ echo 'Mows lawns as an RN.' | soc search -q -n 1 --text - --format json | grep -A1 expansions
  "expansions": [],
  "candidates": [

# An abbreviation is taken; that a word has one is used and not shown.
$ done_to 'mgr'
...
$ soc search -q -n 1 'sales manager' | grep -c also
0
[exit 1]

# Switched off, one by one.
$ done_to --no-synonyms 'registred nusre'
spelling registred -> registered
spelling nusre -> nurse
$ done_to --no-spelling 'registered nusre RN'
synonym RN -> registered nurse
$ done_to --no-spelling --no-synonyms 'registred nusre RN'

# The same in a table.
$ printf 'title\nSWE\nnusre\n' > jobs.csv
$ soc code -q --top 1 jobs.csv | python3 -c '
> import json, sys
> for l in sys.stdin: print([c["code"] for c in json.loads(l)["candidates"]])'
['15-1252.00']
['29-1141.00']
$ soc code -q --top 1 --no-synonyms --no-spelling jobs.csv | grep -c -e 15-1252 -e 29-1141
0
[exit 1]

# How many there are.
$ soc-index info sample.soc | grep -e 'acronyms' -e 'words '
...
$ soc-index info --json sample.soc | python3 -c '
> import json, sys
> w = json.load(sys.stdin)["words"]; print(sorted(w), all(w.values()))'
['joined', 'listed', 'mined', 'vocabulary'] True

# The stem of ins is the stop word in, which is no insurance.
$ soc search -q -n 1 'bakery worker in a supermarket' | grep also
[exit 1]
$ soc search -q -n 1 'ins agent' | grep also
also     insurance (ins)
