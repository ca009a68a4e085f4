# Columns are found whatever the order of things: names, headers, delimiters, encodings, sheets.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc
$ cat >look.py <<'END'
> # id, code and title of the first candidate, or the note
> import json, sys
> for line in sys.stdin:
>     o = json.loads(line)
>     print(o["id"], "; ".join(f'{c["code"]} {c["title"]}' for c in o["candidates"][:1]) or o["note"])
> END
$ look() { python3 look.py; }
$ told() { soc code --top 1 "$@" 2>&1 >/dev/null | sed -n '/taking\|no object\|numbered/p'; }

# Objects of JSON Lines are answered by their own fields: a file that is dealt out by rows has the same answers.
$ python3 -c '
> import json
> titles = ["Registered Nurse", "Bookkeeper", "Truck driver", ""]
> for i in range(60):
>     o = {"id": i}
>     if i % 3 == 0: o["Job Title"] = titles[i % 4]
>     if i % 3 == 1: o["title"] = titles[(i + 1) % 4]
>     if i % 5 == 2: o["description"] = "Trims hedges and mows lawns"
>     if i % 7 == 3: o["job_duties"] = "Drives a tractor-trailer between states"
>     if i % 11 == 4: o["Position"] = "Cook"
>     print(json.dumps(o))' >jobs.jsonl
$ soc code -q --id id --top 2 jobs.jsonl >whole
$ wc -l <whole; grep -c '"candidates":\[\]' whole
60
18
$ python3 -c '
> import random
> random.seed(16)
> rows = open("jobs.jsonl").readlines()
> for deal in range(10):
>     files = [open(f"deal{deal}.{k}.jsonl", "w") for k in range(4)]
>     for row in rows: random.choice(files).write(row)'
$ for d in 0 1 2 3 4 5 6 7 8 9; do for f in deal$d.*.jsonl; do soc code -q --id id --top 2 $f; done | sort >parts; sort whole | cmp - parts; done
$ cat jobs.jsonl | soc code -q --id id --top 2 | cmp - whole

# What was taken is said; --title and --text pin it.
$ told jobs.jsonl
soc: taking title from column title or Job Title or Position, text from column description or job_duties
soc: rows are numbered; for ids from a column: --id 'id'
$ told --id id --title title --text '' jobs.jsonl
$ told --id case jobs.jsonl
soc: taking title from column title or Job Title or Position, text from column description or job_duties
soc: no object so far has the field of --id: case
$ printf '{"a":"x"}\n' | told
soc: no object so far has a title or a text; name them with --title and --text; the fields are: a

# A whole table in one object, and an array, are no jobs.
$ printf '{"title":{"0":"Nurse","1":"Cook"},"text":{"0":"","1":""}}' | soc code -q
soc: standard input: this is a whole table in one JSON object, as pandas writes it by default
hint: write one object a line, as does df.to_json(FILE, orient='records', lines=True)
[exit 2]
$ printf '[{"title":"Nurse"},{"title":"Cook"}]' | soc code -q
soc: standard input: this is a JSON array, not JSON Lines
hint: write one object a line, such as by jq -c '.[]'
[exit 2]

# Names that real files have.
$ for name in 'Primary Title' 'Working Title' 'Business Title' 'Class Title' CLASS_DESC 'Civil Service Title' Position Occ_Title; do printf 'n,%s\n1,Nurse\n' "$name" | told; done
soc: taking title from column Primary Title
soc: taking title from column Working Title
soc: taking title from column Business Title
soc: taking title from column Class Title
soc: taking title from column CLASS_DESC
soc: taking title from column Civil Service Title
soc: taking title from column Position
soc: taking title from column Occ_Title
$ for name in JobTask 'Job Task' Duties Tasks job_desc 'Job Summary' 'Position Summary'; do printf 'n,%s\n1,Mows lawns\n' "$name" | told; done
soc: taking text from column JobTask
soc: taking text from column Job Task
soc: taking text from column Duties
soc: taking text from column Tasks
soc: taking text from column job_desc
soc: taking text from column Job Summary
soc: taking text from column Position Summary

# Of two columns that could be the title the fuller one, and that is said.
$ printf 'Position,Title\nNurse,\nCook,Ms\nClerk,\n' >position.csv; told position.csv; soc code -q --top 1 position.csv | look
soc: taking title from column Position (fuller than Title)
1 29-1141.00 Registered Nurses
2 35-2014.00 Cooks, Restaurant
3 43-5071.00 Shipping, Receiving, and Inventory Clerks
$ printf 'Occupation,Job Title\nNurse,RN\n' | told
soc: taking title from column Job Title (not Occupation)

# A name that is not there: the hint names the option.
$ soc code -q --gold grade position.csv
soc: position.csv:1: there is no column grade
hint: --gold takes a name or a number; the columns are: Position, Title
[exit 2]
$ soc code -q --id key position.csv
soc: position.csv:1: there is no column key
hint: --id takes a name or a number; the columns are: Position, Title
[exit 2]

# Empty fields behind the last column are no fault, on every row or in the header alone; others are.
$ printf 'id,title,\n1,Nurse,\n2,Cook\n3,Clerk,,,\n4,Clerk,,x\n' | soc code -q --id id --top 1 | look
1 29-1141.00 Registered Nurses
2 35-2014.00 Cooks, Restaurant
3 43-5071.00 Shipping, Receiving, and Inventory Clerks
4 too many fields
$ printf 'id,title\n1,Nurse,\n2,Cook,,\n' | soc code -q --id id --top 1 | look
1 29-1141.00 Registered Nurses
2 35-2014.00 Cooks, Restaurant

# Semicolons, vertical bars, tabs, and what a spreadsheet puts above them.
$ printf 'id;title;text\n1;Nurse;"cares; cures"\n2;Cook, chef;\n' | soc code -q --id id --top 1 | look
1 29-1141.00 Registered Nurses
2 35-1011.00 Chefs and Head Cooks
$ printf 'id|title|text\n1|Nurse|\n' | soc code -q --id id --top 1 | look
1 29-1141.00 Registered Nurses
$ printf 'sep=;\nid;title\n1;Nurse\n' | soc code --id id --top 1 2>&1 | grep taking
soc: taking the header from row 2, title from column title
$ printf 'All jobs\n\nid;title;text\n1;Nurse;\n' | soc code -q --id id --top 1 | look
1 29-1141.00 Registered Nurses
$ printf 'title\nNurse; ICU\nCook\n' | soc code -q --top 1 | look
1 29-1141.03 Critical Care Nurses
2 35-2014.00 Cooks, Restaurant

# A non-breaking space is a space, in names and in fields.
$ printf 'id,Job\302\240Title\n1,Registered\302\240Nurse\n2,\302\240\n' >nbsp.csv; soc code -q --top 1 nbsp.csv | look
1 29-1141.00 Registered Nurses
2 no title and no text
$ soc code -q --top 1 --title 'job title' nbsp.csv | look
1 29-1141.00 Registered Nurses
2 no title and no text
$ printf 'id,Job Title\n1,Registered Nurse\n2,\n' | soc code -q --top 1 >plain; soc code -q --top 1 nbsp.csv | cmp - plain

# UTF-16, with and without a mark, of both orders.
$ printf 'id,title\n1,Infirmi\303\250re Nurse\n2,Cook\n' >utf8.csv; soc code -q --id id utf8.csv >utf8.out
$ for code in UTF-16LE UTF-16BE; do iconv -f UTF-8 -t $code utf8.csv >16.csv; soc code -q --id id 16.csv | cmp - utf8.out; { printf '\377\376' | iconv -f UTF-16LE -t $code; cat 16.csv; } >marked.csv; soc code -q --id id marked.csv | cmp - utf8.out; soc code -q --id id <marked.csv | cmp - utf8.out; done

# No header: columns by number.
$ printf '7,Nurse,\n8,Cook,\n' >bare.csv
$ soc code -q --top 1 --no-header --id 1 --title 2 bare.csv | look
7 29-1141.00 Registered Nurses
8 35-2014.00 Cooks, Restaurant
$ soc code -q --top 1 --no-header bare.csv
soc: bare.csv: there is no column title or text
hint: name it with --title COLUMN or --text COLUMN; the columns are: 1, 2, 3
[exit 2]
$ soc code -q --top 1 --no-header --title 9 bare.csv
soc: bare.csv: there is no column 9
hint: --title takes a name or a number; the columns are: 1, 2, 3
[exit 2]
$ printf 'Nurse\n\nCook\n' | soc code -q --top 1 --no-header --title 1 | look
1 29-1141.00 Registered Nurses
2 no title and no text
3 35-2014.00 Cooks, Restaurant

# Rows above the header, and a header of two rows: found where it is plain, else by --header-row.
$ printf 'Report of jobs\nmade in May,\n\nid,title,text\n1,Nurse,\n' >preamble.csv; told --id id preamble.csv
soc: taking the header from row 4, title from column title, text from column text
$ soc code -q --top 1 --id id preamble.csv | look
1 29-1141.00 Registered Nurses
$ printf 'Occupation,,Pay,\nCode,Title,Low,High\n1,Nurse,2,3\n' >two.csv; told two.csv; soc code -q --top 1 two.csv | look
soc: taking the header from row 2, title from column Title
1 29-1141.00 Registered Nurses
$ printf 'Nr,What,\n,do you do,\n1,Nurse,\n' | soc code -q --top 1 --header-row 2 --title 'do you do' | look
1 29-1141.00 Registered Nurses
$ soc code -q --header-row 9 preamble.csv
soc: preamble.csv: no row begins on line 9
hint: --header-row counts lines, and of a sheet its rows
[exit 2]
$ soc code -q --no-header --header-row 2 preamble.csv
soc: --no-header and --header-row exclude each other
[exit 2]

# Names that are there twice, or empty, are reached by number.
$ printf 'Title,Title,,x\nMs,Nurse,Mows lawns,\n' >twice.csv
$ soc code -q --title title twice.csv
soc: twice.csv:1:2: there are two columns title
hint: rename one of them, or give its number: --title 1 or --title 2
[exit 2]
$ soc code -q --top 1 --title 2 --text 3 twice.csv | look
1 37-3011.00 Landscaping and Groundskeeping Workers

# A quote that is closed rows later swallows nothing; the row is noted, and the others keep their numbers.
$ printf 'id,title,text\n1,"Nurse,a\n2,Cook,"b"\n3,"Clerk",c\n4,Bookkeeper,"d\n5,Driver,"e\n' | soc code -q --id id --top 1 | look
1 a quote that is not closed in its row
2 35-2014.00 Cooks, Restaurant
3 43-5071.00 Shipping, Receiving, and Inventory Clerks
4 a quote that is not closed in its row
5 a quote that is not closed in its row
$ printf 'id,title,text\n1,Nurse,"cares\nand\n""cures"", at night"\n2,Cook,\n' | soc code -q --id id --top 1 | look
1 29-1141.00 Registered Nurses
2 35-2014.00 Cooks, Restaurant
$ python3 -c 'print("id,title,text\n1,Nurse,\"" + "cares\n" * 65 + "\"\n2,Cook,")' >long.csv
$ soc code -q --id id --top 1 long.csv | look | sed -n '1,2p;$p'
1 a quote that is not closed in its row
cares too few fields
2 35-2014.00 Cooks, Restaurant
$ soc code -q --id id --top 1 --long-quotes long.csv | look
1 29-1141.00 Registered Nurses
2 35-2014.00 Cooks, Restaurant

# A column alone keeps the numbers of its rows.
$ printf 'title\nNurse\n\nCook\n\n' | soc code -q --top 1 | look
1 29-1141.00 Registered Nurses
2 no title and no text
3 35-2014.00 Cooks, Restaurant
4 no title and no text
