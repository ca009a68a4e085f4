# soc code: what it reads and what it writes besides the contract of code.t.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc
$ cat >jobs.csv <<'END'
> Case ID,Job Title,Duties,Pay,code
> a1,Registered Nurse,,10,x
> a2,"Nurse, ICU","Watches monitors, says ""calm""",=1+1,y
> a3,,,,
> "a,4",Tree 11-2021,Trims hedges,"1
> 2",z
> END

# The columns are guessed from common names, and said; in JSON Lines rows are numbered unless --id is given.
$ soc code --top 1 jobs.csv 2>&1 >/dev/null | head -n 3
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: taking title from column Job Title, text from column Duties
soc: rows are numbered; for ids from a column: --id 'Case ID'
$ soc code --top 1 --format csv jobs.csv 2>&1 >/dev/null | sed -n 2,3p
soc: taking id from column Case ID, title from column Job Title, text from column Duties
(re) soc: 4 rows in [0-9.]+ s, [0-9,]+ rows/s
$ soc code --top 1 --text '' --id '' --format tsv jobs.csv 2>&1 >/dev/null | sed -n 2p
soc: taking title from column Job Title
$ soc code --top 1 --text PAY --title code --id 'case id' jobs.csv 2>&1 >/dev/null | sed -n 2p
(re) soc: 4 rows in [0-9.]+ s, [0-9,]+ rows/s
$ printf 'Position_Title\tdescription\nNurse\tx\n' | soc code --top 1 2>&1 >/dev/null | sed -n 2p
soc: taking title from column Position_Title, text from column description

# CSV: a line a candidate; a row without one has a line too.
$ soc code -q --top 2 --format csv jobs.csv
row,id,rank,code,soc,title,score,confidence,note
1,a1,1,29-1141.00,29-1141,Registered Nurses,8.14503,0.936792,
1,a1,2,29-2061.00,29-2061,Licensed Practical and Licensed Vocational Nurses,3.2894,0.00780917,
2,a2,1,29-1141.03,29-1141,Critical Care Nurses,7.83184,0.931343,
2,a2,2,31-1131.00,31-1131,Nursing Assistants,2.43697,0.00468989,
3,a3,,,,,,,no title and no text
4,"a,4",1,37-3011.00,37-3011,Landscaping and Groundskeeping Workers,2.85577,0.161089,
4,"a,4",2,45-4022.00,45-4022,Logging Equipment Operators,2.44061,0.0589812,

# Wide: a line a row.
$ soc code -q --top 2 --format tsv --wide jobs.csv | cut -f 1-6,9,10
row	id	note	code_1	soc_1	title_1	code_2	soc_2
1	a1		29-1141.00	29-1141	Registered Nurses	29-2061.00	29-2061
2	a2		29-1141.03	29-1141	Critical Care Nurses	31-1131.00	31-1131
3	a3	no title and no text					
4	a,4		37-3011.00	37-3011	Landscaping and Groundskeeping Workers	45-4022.00	45-4022

# The columns of the input are passed through; a name that it has already gets the prefix soc_.
$ soc code -q --top 1 --keep --format csv jobs.csv | cut -d, -f 1-13 | sed 's/[0-9.]*,0.[0-9]*$/SCORE/'
Case ID,Job Title,Duties,Pay,code,row,id,rank,soc_code,soc,title,score,confidence
a1,Registered Nurse,,10,x,1,a1,1,29-1141.00,29-1141,Registered Nurses,SCORE
a2,"Nurse, ICU","Watches monitors, says ""calm""",=1+1,y,2,a2,1,29-1141.03,29-1141,Critical Care Nurses
a3,,,,,3,a3,,,,,,
"a,4",Tree 11-2021,Trims hedges,"1
2",z,4,"a,4",1,37-3011.00,37-3011,Landscaping and Groundskeeping Workers,2.85577,0.161089,
$ soc code -q --top 1 --keep jobs.csv | python3 -c 'import json, sys; [print(json.dumps(json.loads(l)["input"])) for l in sys.stdin]'
{"Case ID": "a1", "Job Title": "Registered Nurse", "Duties": "", "Pay": "10", "code": "x"}
{"Case ID": "a2", "Job Title": "Nurse, ICU", "Duties": "Watches monitors, says \"calm\"", "Pay": "=1+1", "code": "y"}
{"Case ID": "a3", "Job Title": "", "Duties": "", "Pay": "", "code": ""}
{"Case ID": "a,4", "Job Title": "Tree 11-2021", "Duties": "Trims hedges", "Pay": "1\n2", "code": "z"}

# A wide table that was kept is the input with columns behind it.
$ soc code -q --top 1 --keep --wide --format csv jobs.csv >kept.csv; python3 -c '
> import csv
> a, b = ([r[:5] for r in csv.reader(open(f, newline=""))] for f in ("jobs.csv", "kept.csv"))
> print(a == b, len(a))'
True 5

# For spreadsheets: a byte order mark, and codes that stay text.
$ soc code -q --top 1 --excel --format csv jobs.csv | head -c 9 | od -An -tx1
 ef bb bf 72 6f 77 2c 69 64
$ soc code -q --top 1 --excel --format csv jobs.csv | sed -n 2p | cut -d, -f 4,5
"=""29-1141.00""","=""29-1141"""
$ soc code --excel jobs.csv
soc: --excel is a kind of CSV
hint: add --format csv
[exit 2]
$ soc code --wide jobs.csv
soc: --wide is for tables: a line of JSON Lines is a row already
hint: add --format csv or --format tsv
[exit 2]

# Marks, with their reasons.
$ soc code -q --top 1 --accept 0.5 --review 0.3 --format tsv jobs.csv | cut -f 1,9-
row	decision	reason	note
(re) 1\taccept\tconfidence 0\.[5-9][0-9]* is at least 0\.5\t
(re) 2\t(accept\tconfidence 0\.[5-9][0-9]* is at least 0\.5|review\tconfidence 0\.[34][0-9]* is below 0\.5.*|fail\tconfidence 0\.[0-2].* is below 0\.3.*)\t
3	fail	no title and no text	no title and no text
(re) 4\t(accept\tconfidence 0\.[5-9][0-9]* is at least 0\.5|review\tconfidence 0\.[34][0-9]* is below 0\.5.*|fail\tconfidence 0\.[0-2].* is below 0\.3.*)\t
$ soc code -q --top 1 --accept 1 --review 0 jobs.csv | grep -o '"decision":"[a-z]*","reason":"[a-z ]*'
"decision":"review","reason":"confidence 
"decision":"review","reason":"confidence 
"decision":"fail","reason":"no title and no text
"decision":"review","reason":"confidence 
$ soc code --accept 1 --review 0 jobs.csv 2>&1 >/dev/null | grep -A 3 production
  production rate                     0    0.0%
  left for review                     3   75.0%
  failed                              1   25.0%
$ soc code --accept 1.5 jobs.csv
soc: --accept must be a number from 0 to 1, not '1.5'
[exit 2]
$ soc code --accept 0.5 --review 0.6 jobs.csv
soc: --review may not be above --accept
hint: such as --accept 0.7 --review 0.4
[exit 2]

# Which level was chosen is said where it is chosen.
$ soc code -q --top 1 --level auto jobs.csv | grep -o '"level":"[a-z]*"' | sort | uniq -c | sed 's/^ *//' | tail -n 1
(re) [1-4] "level":"soc"

# JSON Lines: members by name, numbers as they are written; what is no object is a row with a note.
$ printf '{"id":17,"title":"Nurse"}\nnot json\n\n{"id":18.50,"title":"Book\\u006beeper","more":[1,2]}\n{"title":null}\n' >jobs.jsonl
$ soc code -q --top 1 --id id jobs.jsonl | cut -c 1-60
{"id":"17","candidates":[{"code":"29-1141.00","soc":"29-1141
{"id":"","candidates":[],"note":"not a JSON object"}
{"id":"18.50","candidates":[{"code":"43-3031.00","soc":"43-3
{"id":"","candidates":[],"note":"no title and no text"}
$ gzip -c jobs.jsonl | soc code -q --top 1 --keep | grep -o '"input":.*'
"input":{"id":17,"title":"Nurse"}}
"input":{"id":"","title":""}}
"input":{"id":18.50,"title":"Book\u006beeper","more":[1,2]}}
"input":{"title":null}}
$ soc code -q --top 1 --text more jobs.jsonl | cut -c 1-30
{"id":"1","candidates":[{"code
{"id":"2","candidates":[],"not
{"id":"3","candidates":[{"code
{"id":"4","candidates":[],"not
$ echo '[{"title":"Nurse"}]' | soc code -q
soc: standard input: this is a JSON array, not JSON Lines
hint: write one object a line, such as by jq -c '.[]'
[exit 2]

# Bad rows are rows with a note, whatever is in them, and never the end.
$ python3 -c '
> import sys
> out = sys.stdout.buffer
> out.write(b"id,title,text\n1,Nurse,\"" + b"x y\n" * 1000000 + b"\"\n2,Nur\0se,\n3,\xff\x81,\n4,a,b,c,d\n5\n")
> out.write(b"6,Clerk," + b"z" * 3000000 + b"\n7,\"Cook,\n8,Bookkeeper,\n")' | soc code -q --long-quotes --id id --top 1 | sed 's/"candidates.*,"conf/.../; s/[0-9.]*}]//'
{"id":"1",...idence":,"note":"too long, cut"}
{"id":"2","candidates":[],"note":"invalid UTF-8"}
{"id":"3","candidates":[],"note":"invalid UTF-8"}
{"id":"4","candidates":[],"note":"too many fields"}
{"id":"5","candidates":[],"note":"too few fields"}
{"id":"6",...idence":,"note":"too long, cut"}
{"id":"7","candidates":[],"note":"a quote that is not closed in its row"}
{"id":"8",...idence":}

# The same bytes into a file, and from a pipe that was named.
$ soc code -q -o out.jsonl jobs.csv; soc code -q jobs.csv | cmp - out.jsonl
$ mkfifo pipe; cat jobs.csv >pipe & soc code -q pipe | cmp - out.jsonl
$ soc code -q -o nowhere/out jobs.csv
soc: cannot write nowhere/out: No such file or directory
(re) hint: .*
[exit 2]

# A workbook, as a file and through a pipe.
$ cat >book.py <<'END'
> import zipfile
> cells = [["id", "title"], ["1", "Nurse"], ["2", "Bookkeeper"]]
> rows = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{c}</t></is></c>' for c in r) + "</row>" for r in cells)
> main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
> office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
> package = "http://schemas.openxmlformats.org/package/2006/relationships"
> with zipfile.ZipFile("jobs.xlsx", "w") as z:
>     z.writestr("[Content_Types].xml", "<Types/>")
>     z.writestr("_rels/.rels", f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
>     z.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
>     z.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>')
>     z.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>')
> END
$ python3 book.py; soc code -q --top 1 --id id jobs.xlsx | cut -c 1-45
{"id":"1","candidates":[{"code":"29-1141.00",
{"id":"2","candidates":[{"code":"43-3031.00",
$ soc code -q --top 1 --id id jobs.xlsx >a; soc code -q --top 1 --id id <jobs.xlsx | cmp - a
$ cat jobs.xlsx | soc code -q --top 1 --id id | cmp - a

# Rows are written as soon as the input has to be waited for.
$ cat >talk.py <<'END'
> import subprocess
> p = subprocess.Popen(["soc", "code", "-q", "--top", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
> for line in ("title", "Nurse", "Bookkeeper"):
>     print(line, file=p.stdin, flush=True)
>     if line != "title":
>         print(p.stdout.readline()[:45])
> p.stdin.close()
> p.wait()
> END
$ python3 talk.py
{"id":"1","candidates":[{"code":"29-1141.00",
{"id":"2","candidates":[{"code":"43-3031.00",

# The industry breaks ties and nothing else; a NAICS code stands for its sector.
$ printf 'title,industry\nRegistered Nurse,Truck transportation\nClerk,\nxqzzy,Hospitals\n,Hospitals\n' >industry.csv
$ soc code -q --top 3 industry.csv >without; soc code -q --top 3 --industry industry industry.csv | cmp - without
