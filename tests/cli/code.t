# soc code: a table in, one JSON object a row out (the contract).
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc
$ cat >look.py <<'END'
> # id, code, soc, title of each candidate; the note where there is one
> import json, sys
> for line in sys.stdin:
>     o = json.loads(line)
>     print(repr(o["id"]), "; ".join(f'{c["code"]} {c["soc"]} {c["title"]}' for c in o["candidates"]) or o["note"])
> END
$ look() { python3 look.py; }

# The format: the keys in their order, nothing else on standard output.
$ printf 'id,title,text\n17,Bookkeeper,\n' | soc code --title title --text text --id id --top 1 2>/dev/null
(re) \{"id":"17","candidates":\[\{"code":"43-3031\.00","soc":"43-3031","title":"Bookkeeping, Accounting, and Auditing Clerks","score":[0-9.]+,"confidence":[0-9.]+\}\]\}

# Order, ids, empty rows, odd rows; line breaks, commas and quotes in fields.
$ cat >jobs.csv <<'END'
> id,title,text
> b,Registered Nurse,
> a,"Nurse, ICU","Watches monitors,
> turns patients, and says ""stay calm""
> at night."
> c,,
> d,,Trims hedges and mows lawns
> ,Bookkeeper,
> f,xqzzy,
> g,one,two,three
> h
> 'i',  Truck driver  ,
> END
$ soc code -q --title title --text text --id id --top 1 jobs.csv | look
'b' 29-1141.00 29-1141 Registered Nurses
'a' 29-1141.03 29-1141 Critical Care Nurses
'c' no title and no text
'd' 37-3011.00 37-3011 Landscaping and Groundskeeping Workers
'' 43-3031.00 43-3031 Bookkeeping, Accounting, and Auditing Clerks
'f' no word of it is known to the index
'g' too many fields
'h' too few fields
"'i'" 53-3032.00 53-3032 Heavy and Tractor-Trailer Truck Drivers
$ soc code -q --title title --text text --id id --top 1 jobs.csv >by-name; soc code -q --top 1 --id id jobs.csv | diff by-name -

# Row numbers where there is no id; they count every row.
$ soc code -q --top 1 jobs.csv | look | cut -d' ' -f1,2
'1' 29-1141.00
'2' 29-1141.03
'3' no
'4' 37-3011.00
'5' 43-3031.00
'6' no
'7' too
'8' too
'9' 53-3032.00

# Columns by name in any order and any letters; some that are not asked for.
$ printf 'Pay,Job Title,Ref\n9,Nurse,x1\n' | soc code -q --title 'job title' --id REF --top 1 | look
'x1' 29-1141.00 29-1141 Registered Nurses
$ printf 'duties\nTrims hedges and mows lawns\n' | soc code -q --text duties --top 1 | look
'1' 37-3011.00 37-3011 Landscaping and Groundskeeping Workers

# CRLF, a byte order mark, no line end at the end, tabs, gzip: the same rows.
$ printf 'id,title\n1,Nurse\n2,Bookkeeper\n' >plain.csv; soc code -q --id id plain.csv >plain.out
$ sed 's/$/\r/' plain.csv | soc code -q --id id | diff plain.out -
$ { printf '\357\273\277'; cat plain.csv; } | soc code -q --id id - | diff plain.out -
$ head -c -1 plain.csv | soc code -q --id id | diff plain.out -
$ tr , '\t' <plain.csv | soc code -q --id id | diff plain.out -
$ gzip -c plain.csv | soc code -q --id id | diff plain.out -
$ { cat plain.csv; echo; echo; } | soc code -q --id id | diff plain.out -
$ soc code -q --id id <plain.csv | diff plain.out -

# A spreadsheet's Windows-1252 is read as that, field by field; bytes that are neither spoil their row alone.
$ printf 'id,title\nn\351e,Nurse\n2,caf\351 cook \201\n3,Bookkeeper\n\303\251,Nurse\n' | soc code -q --id id --top 1 | look
'née' 29-1141.00 29-1141 Registered Nurses
'2' invalid UTF-8
'3' 43-3031.00 43-3031 Bookkeeping, Accounting, and Auditing Clerks
'é' 29-1141.00 29-1141 Registered Nurses

# Ids and titles of any kind come back whole, as JSON.
$ printf 'id,title\n"a""b\\c\t\xc3\xa9\x01",Nurse\n0007,Nurse\n' | soc code -q --id id --top 1 | look
'a"b\\c\t\\xc3\\xa9\\x01' 29-1141.00 29-1141 Registered Nurses
'0007' 29-1141.00 29-1141 Registered Nurses

# How many candidates, at which level; at the SOC level distinct at six digits.
$ soc code -q plain.csv | python3 -c 'import json, sys; print([len(json.loads(l)["candidates"]) for l in sys.stdin])'
[5, 5]
$ soc code -q --top 3 plain.csv | python3 -c 'import json, sys; print([len(json.loads(l)["candidates"]) for l in sys.stdin])'
[3, 3]
$ printf 'title\nnurse\n' >nurse.csv
$ soc code -q --top 100 nurse.csv | python3 -c 'import json, sys
> c = json.loads(sys.stdin.readline())["candidates"]
> print(len(c) == len({x["soc"] for x in c}), all(x["code"].startswith(x["soc"] + ".") for x in c), all(a["score"] >= b["score"] for a, b in zip(c, c[1:])))'
True True True
$ for l in onet soc broad minor major; do soc code -q --top 1 --level $l nurse.csv | look; done
'1' 29-1141.00 29-1141 Registered Nurses
'1' 29-1141.00 29-1141 Registered Nurses
'1' 29-1141.00 29-1140 Registered Nurses
'1' 29-1141.00 29-1000 Registered Nurses
'1' 29-1141.00 29-0000 Registered Nurses
$ for l in onet soc broad minor major; do soc code -q --top 100 --level $l nurse.csv | python3 -c 'import json, sys
> c = json.loads(sys.stdin.readline())["candidates"]
> print(len(c) == len({x["code" if sys.argv[1] == "onet" else "soc"] for x in c}))' $l; done
True
True
True
True
True

# The same answer as soc search gives.
$ soc search -q -n 5 --format json --title nurse | python3 -c 'import json, sys; print(*(c["code"] for c in json.load(sys.stdin)["candidates"]))' >searched; soc code -q nurse.csv | python3 -c 'import json, sys; print(*(c["code"] for c in json.load(sys.stdin)["candidates"]))' | diff searched -

# What cannot be coded: the table.
$ soc code -q --title job plain.csv
(re) soc: plain\.csv:1: there is no column .*job.*
(re) hint: .*the columns are: id, title.*
[exit 2]
$ soc code -q --id key plain.csv
(re) soc: plain\.csv:1: there is no column .*key.*
(re) hint: .*the columns are: id, title.*
[exit 2]
$ printf 'a,b\n1,2\n' | soc code -q
(re) soc: standard input:1: there is no column .*
(re) hint: .*the columns are: a, b.*
[exit 2]
$ soc code -q nowhere.csv
soc: nowhere.csv: cannot open: No such file or directory
hint: check the path
[exit 2]
$ : >empty.csv; soc code -q empty.csv
(re) soc: empty\.csv: .*empty.*
(re) hint: .+
[exit 2]
$ soc code -q sample.soc
(re) soc: sample\.soc: this is an index of soc-index, not a table
...
[exit 2]
$ soc code -q plain.csv jobs.csv
soc: soc code takes one table at a time
(re) hint: .*
[exit 2]
$ soc code --top 0 plain.csv
soc: --top must be a whole number from 1 to 1000, not '0'
[exit 2]
$ soc code --format xml plain.csv
(re) soc: --format must be .*jsonl.*, not 'xml'
[exit 2]

# No row, or none that has an answer.
$ : | soc code -q
[exit 1]
$ echo id,title >head.csv; soc code -q head.csv
[exit 1]
$ printf 'title\nxqzzy\n' | soc code -q
{"id":"1","candidates":[],"note":"no word of it is known to the index"}
[exit 1]

# Many rows, a very long one, and one result for the same input.
$ python3 -c '
> print("id,title,text")
> for i in range(2000): print(i, ["Nurse", "Driver", "Clerk", "Cook"][i % 4] + " " + str(i), "", sep=",")
> print("long,Nurse," + "helps patients " * 20000)' >many.csv
$ soc code -q --id id --top 2 many.csv >one; soc code -q --id id --top 2 - <many.csv | cmp one -; wc -l <one
2001
$ for jobs in 1 2 3 16; do soc code -q --id id --top 2 --jobs $jobs many.csv | cmp one -; done
$ python3 -c 'import json; print([json.loads(l)["id"] for l in open("one")] == [*map(str, range(2000)), "long"])'
True

# A pipe that is closed, and a disk that is full.
$ soc code -q --id id many.csv | head -1 | cut -c1-9
{"id":"0"
$ soc code -q --id id many.csv >/dev/full
(re) soc: cannot write the output: .*
(re) hint: .*
[exit 2]
