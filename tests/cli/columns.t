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
$ python3 -c 'print("id,title,text\n1,Nurse," + "\U0001F600 cares \u00e9 " * 9000 + "\n2,Cook,")' >utf8.csv; soc code -q --id id utf8.csv >utf8.out
$ for code in UTF-16LE UTF-16BE; do iconv -f UTF-8 -t $code utf8.csv | soc code -q --id id | cmp - utf8.out; iconv -f UTF-8 -t $code utf8.csv | gzip | soc code -q --id id | cmp - utf8.out; done
$ { printf 'id,title\n1,Nurse\n2,Cook' | iconv -t UTF-16LE; printf '\075\330'; } | soc code -q --id id --top 1 | look
1 29-1141.00 Registered Nurses
2 35-2014.00 Cooks, Restaurant

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
1 29-1141.00 Registered Nurses

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
1 29-1141.03 Critical Care Nurses
2 35-2014.00 Cooks, Restaurant

# A column alone keeps the numbers of its rows.
$ printf 'title\nNurse\n\nCook\n\n' | soc code -q --top 1 | look
1 29-1141.00 Registered Nurses
2 no title and no text
3 35-2014.00 Cooks, Restaurant
4 no title and no text

# Workbooks: the sheet with jobs is found, wherever it is; others with data are named, and --sheet takes one of them.
$ cat >book.py <<'END'
> # book.py FILE SHEET...: a sheet is NAME[!hidden]=ROW/ROW, a row is a|b|c; FILE ends in .xlsx or .ods
> import sys, zipfile
> from xml.sax.saxutils import escape
> sheets = []
> for text in sys.argv[2:]:
>     name, rows = text.split("=", 1)
>     name, _, state = name.partition("!")
>     sheets.append((name, state, [row.split("|") for row in rows.split("/")]))
> z = zipfile.ZipFile(sys.argv[1], "w")
> if sys.argv[1].endswith(".ods"):
>     def cell(text):
>         if not text: return "<table:table-cell table:number-columns-repeated='1'/>"
>         return "<table:table-cell office:value-type='string'>" + "".join(f"<text:p>{escape(p)}</text:p>" for p in text.split("~")) + "</table:table-cell>"
>     z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
>     z.writestr("content.xml", "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x' xmlns:style='s'><office:automatic-styles>"
>         "<style:style style:name='h'><style:table-properties table:display='false'/></style:style></office:automatic-styles><office:body><office:spreadsheet>"
>         + "".join(f"<table:table table:name='{n}'" + (" table:style-name='h'" if s else "") + ">"
>             + "".join("<table:table-row>" + "".join(map(cell, r)) + "</table:table-row>" for r in rows)
>             + "<table:table-row table:number-rows-repeated='1048000'><table:table-cell table:number-columns-repeated='16384'/></table:table-row></table:table>" for n, s, rows in sheets)
>         + "</office:spreadsheet></office:body></office:document-content>")
> else:
>     z.writestr("xl/workbook.xml", "<workbook xmlns:r='r'><sheets>" + "".join(f"<sheet name='{n}'" + (f" state='{s}'" if s else "") + f" sheetId='{i + 1}'/>" for i, (n, s, _) in enumerate(sheets)) + "</sheets></workbook>")
>     for i, (_, _, rows) in enumerate(sheets):
>         z.writestr(f"xl/worksheets/sheet{i + 1}.xml", "<worksheet><sheetData>" + "".join(f"<row r='{k + 1}'>" + "".join(f"<c r='{chr(65 + c)}{k + 1}' t='inlineStr'><is><t>{escape(v)}</t></is></c>" for c, v in enumerate(r) if v) + "</row>" for k, r in enumerate(rows)) + "</sheetData></worksheet>")
> z.close()
> END
$ for kind in xlsx ods; do python3 book.py jobs.$kind 'Notes=Made in May/by us' 'Old!hidden=id|Job Title/1|Clerk' 'Jobs 2024=Report//id|Job Title/7|Nurse/8|Cook' '2023=id|Job Title/5|Truck driver' 'Empty='; done
$ for kind in xlsx ods; do told --id id jobs.$kind; soc code -q --id id --top 1 jobs.$kind | look; soc code -q --id id --top 1 --sheet 2023 jobs.$kind | look; soc code -q --id id --top 1 --sheet 2 jobs.$kind | look; soc code -q --id id --top 1 <jobs.$kind | look; done
soc: taking the sheet Jobs 2024; 3 others with data (--sheet): Notes, Old, 2023
soc: taking the header from row 3, title from column Job Title
7 29-1141.00 Registered Nurses
8 35-2014.00 Cooks, Restaurant
5 53-3032.00 Heavy and Tractor-Trailer Truck Drivers
1 43-5071.00 Shipping, Receiving, and Inventory Clerks
7 29-1141.00 Registered Nurses
8 35-2014.00 Cooks, Restaurant
soc: taking the sheet Jobs 2024; 3 others with data (--sheet): Notes, Old, 2023
soc: taking the header from row 3, title from column Job Title
7 29-1141.00 Registered Nurses
8 35-2014.00 Cooks, Restaurant
5 53-3032.00 Heavy and Tractor-Trailer Truck Drivers
1 43-5071.00 Shipping, Receiving, and Inventory Clerks
7 29-1141.00 Registered Nurses
8 35-2014.00 Cooks, Restaurant
$ soc code -q --sheet Jobs jobs.ods
soc: jobs.ods: there is no sheet Jobs
hint: --sheet takes a name or a number; the sheets are: Notes, Old, Jobs 2024, 2023, Empty
[exit 2]
$ soc code -q --sheet Notes jobs.xlsx
soc: jobs.xlsx: Notes:1: there is no column title or text
hint: name it with --title COLUMN or --text COLUMN; the columns are: Made in May
[exit 2]
$ soc code -q --title duty jobs.xlsx
soc: jobs.xlsx: no sheet has a header with a title or a text, or with the names that are given
hint: say which: --sheet NAME --title COLUMN, and --header-row N; the sheets are: Notes, Old, Jobs 2024, 2023, Empty
[exit 2]
$ soc code -q --sheet 1 position.csv
soc: position.csv: there are no sheets: this is text
hint: leave --sheet out
[exit 2]
$ python3 book.py hidden.xlsx 'Notes=Made in May' 'Jobs!hidden=id|Job Title/1|Nurse' && soc code -q --top 1 hidden.xlsx | look
1 29-1141.00 Registered Nurses
$ python3 book.py wide.ods 'a=Position|Job Title||Duties/1||x|Mows~lawns' && soc code -q --top 1 --keep --format csv wide.ods | sed -n 2,3p
1,,x,"Mows
lawns",1,1,37-3011.00,37-3011,Landscaping and Groundskeeping Workers,9.83834,0.872067,
$ for kind in xlsx ods; do python3 book.py one.$kind 'a=Job Title/Nurse//Cook'; soc code -q --top 1 one.$kind | look; done
1 29-1141.00 Registered Nurses
2 no title and no text
3 35-2014.00 Cooks, Restaurant
1 29-1141.00 Registered Nurses
2 no title and no text
3 35-2014.00 Cooks, Restaurant
$ soc code -q --no-header --title 2 --id 1 --top 1 --sheet 2023 jobs.ods | look
id 23-2093.00 Title Examiners, Abstractors, and Searchers
5 53-3032.00 Heavy and Tractor-Trailer Truck Drivers
$ soc code -q --header-row 3 --title 'job title' --id 1 --top 1 --sheet 3 jobs.xlsx | look
7 29-1141.00 Registered Nurses
8 35-2014.00 Cooks, Restaurant

# What other programs keep tables in: how to convert it.
$ printf 'PAR1....PAR1' >jobs.parquet; soc code -q jobs.parquet
soc: jobs.parquet: this is a Parquet file, not a table
hint: write it as CSV, such as by pandas: read_parquet(FILE).to_csv('jobs.csv', index=False)
[exit 2]
$ printf '<stata_dta><header><release>118' >jobs.dta; soc code -q jobs.dta
soc: jobs.dta: this is a Stata file, not a table
hint: write it as CSV: export delimited using jobs.csv, or pandas.read_stata(FILE).to_csv(...)
[exit 2]
$ printf '$FL2@(#) SPSS DATA FILE' >jobs.sav; soc code -q jobs.sav
soc: jobs.sav: this is an SPSS file, not a table
hint: write it as CSV: Save As, or pandas.read_spss(FILE).to_csv(...)
[exit 2]
$ printf '\320\317\021\340\241\261\032\341' >jobs.xls; soc code -q jobs.xls
soc: jobs.xls: this is an old Excel workbook (.xls) or an encrypted Office file, not a table
hint: save it as .xlsx without a password (libreoffice --convert-to xlsx FILE), or take the text edition of a release
[exit 2]
