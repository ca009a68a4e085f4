# soc code: what people decide, and how its answers compare with theirs.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc
$ cat >jobs.csv <<'END'
> id,title,sector,gold
> 1,Registered Nurse,Hospitals,29-1141
> 2,Team Lead,Hospitals,29-1141
> 3,team  lead,hospitals,29-1141.00
> 4,Team Lead,Retail,41-1011
> 5,Truck Driver,,53-3032|53-3033
> 6,TEAM LEAD!,Hospitals,29-2061
> 7,xqzzy,,11-1021
> 8,,,
> 9,Bookkeeper,,43-3000
> 10,Xqzzy,,no
> 11,"Lead, Team",Hospitals,15-1252
> END

# The queue: equal titles and industries are one line, most rows first, with the evidence; accepted rows are not in it,
# nor is a row without a word.
$ soc code -q --industry sector --accept 1 --review 0 --review-file queue.csv --top 1 jobs.csv >coded.jsonl
$ cut -d, -f 1-11 queue.csv | sed 's/confidence [^,]*/WHY/'
code,decided_by,decided_on,comment,title,industry,text,rows,decision,reason,row
,,,,Team Lead,Hospitals,,3,review,WHY,2
,,,,xqzzy,,,2,fail,no word of it is known to the index,7
,,,,Registered Nurse,Hospitals,,1,review,WHY,1
,,,,Team Lead,Retail,,1,review,WHY,4
,,,,Truck Driver,,,1,review,WHY,5
,,,,Bookkeeper,,,1,review,WHY,9
,,,,"Lead, Team",Hospitals,,1,review,WHY
$ python3 - <<'END'
> import csv
> lines = list(csv.DictReader(open("queue.csv", newline="")))
> nurse = next(l for l in lines if l["title"] == "Registered Nurse")
> print(nurse["code_1"], nurse["title_1"], 0 < float(nurse["confidence_1"]) <= 1, "Registered Nurse" in nurse["evidence_1"])
> print(list(lines[0])[12:])
> END
29-1141 Registered Nurses True True
['code_1', 'title_1', 'confidence_1', 'evidence_1', 'code_2', 'title_2', 'confidence_2', 'evidence_2', 'code_3', 'title_3', 'confidence_3', 'evidence_3', 'text_digest']
$ soc code -q --accept 0 --review-file none.csv jobs.csv >coded.jsonl; cut -d, -f 5-9 none.csv
title,industry,text,rows,decision
xqzzy,,,2,fail
$ soc code -q --review-file a.csv --jobs 1 jobs.csv >out1; soc code -q --review-file b.csv --jobs 3 jobs.csv | cmp - out1; cmp a.csv b.csv
$ soc code -q --accept 1 --review-file excel.csv --excel --format csv jobs.csv >coded.csv; head -c 3 excel.csv | od -An -tx1; grep -c '"=""29-1141"""' excel.csv
 ef bb bf
(re) [1-9]
$ ls | grep -E 'part|resume'
[exit 1]

# Decided: by the queue as it comes back, and by any table; it goes before ranking, and is the reason.
$ sed -e '2s/^,,/29-2061,Lee,2026-11-20/' -e '5s/^,,/1,Kim,/' queue.csv >decided.csv
$ soc code --industry sector --overrides decided.csv --top 1 jobs.csv 2>said | grep -o '^{"id":"[0-9]*",\|"soc":"[^"]*"\|"score":0.0,"confidence":1.0\|"reason.*' | paste -s -d ' ' - | sed 's/ {/\n{/g' | grep reason
{"id":"2", "soc":"29-2061" "score":0.0,"confidence":1.0 "reason":"decided by Lee on 2026-11-20"}
{"id":"3", "soc":"29-2061" "score":0.0,"confidence":1.0 "reason":"decided by Lee on 2026-11-20"}
(re) \{"id":"4", "soc":"[^"]*" "score":0.0,"confidence":1.0 "reason":"decided by Kim"\}
{"id":"6", "soc":"29-2061" "score":0.0,"confidence":1.0 "reason":"decided by Lee on 2026-11-20"}
$ sed -n 2p said; grep 'decided before' said
soc: 2 decisions from decided.csv, 5 rows are still open
  decided before                      4   36.4%
$ printf '{"title":"xqzzy","code":"11-1021.00"}\n' >words.jsonl; soc code -q --overrides words.jsonl --accept 0.9 --top 1 --format tsv jobs.csv | sed -n '1p;8p'
row	id	rank	code	soc	title	score	confidence	decision	reason	class	kind	comment	note
7	7	1	11-1021.00	11-1021	General and Operations Managers	0	1	accept	decided				
$ printf 'title,code\nNurse,29-9999\n' >wrong.csv; soc code -q --overrides wrong.csv jobs.csv
soc: wrong.csv:2:2: 29-9999 is no code of this index
hint: soc crosswalk CODE tells what a code of another edition has become
[exit 2]
$ soc code -q --overrides nowhere.csv jobs.csv
soc: nowhere.csv: cannot open: No such file or directory
hint: check the path
[exit 2]

# A decision belongs to title, text and industry together: one title with two texts is two lines, and a text that the queue
# cuts is known by the digest of the whole.
$ python3 - >duties.csv <<'END'
> print("title,text,sector")
> for text in ("Mows lawns", "mows LAWNS!", "Counts cash", "", "Counts cash " * 200 + "daily", "Counts cash " * 200 + "weekly"):
>     print(f"Crew Member,{text},")
> print("Crew Member,,Retail")
> print(",,Retail")
> END
$ soc code -q --industry sector --accept 1 --review-file crew.csv duties.csv >coded.jsonl
$ cut -d, -f 5-8 crew.csv | cut -c 1-40
title,industry,text,rows
Crew Member,,Mows lawns,2
Crew Member,,Counts cash,1
Crew Member,,,1
Crew Member,,Counts cash Counts cash Cou
Crew Member,,Counts cash Counts cash Cou
Crew Member,Retail,,1
$ sed -e '2s/^,,/37-3011,Kim,/' -e '6s/^,,/11-1021,Kim,/' crew.csv >decided.csv
$ soc code -q --industry sector --overrides decided.csv --top 1 -f csv duties.csv | cut -d, -f 1,4,8 | grep Kim
1,37-3011,decided by Kim
2,37-3011,decided by Kim
6,11-1021,decided by Kim

# In a table of one's own, what is not named is any: --merge-titles makes such a queue.
$ printf 'title,code\nCREW member,35-1011\n' >own.csv; soc code -q --overrides own.csv --top 1 -f csv duties.csv | cut -d, -f 4 | uniq -c | tr -s ' '
 1 soc
 7 35-1011
(re)  1 .*
$ soc code -q --merge-titles --industry sector --accept 1 --review-file merged.csv duties.csv >coded.jsonl; cut -d, -f 5-8 merged.csv
title,industry,text,rows
Crew Member,,Mows lawns,6
Crew Member,Retail,,1
$ sed -e '2s/^,,/37-3011,Kim,/' merged.csv >decided.csv; soc code -q --industry sector --overrides decided.csv --top 1 -f csv duties.csv | cut -d, -f 8 | sort | uniq -c | tr -s ' '
 2 
 6 decided by Kim
 1 reason

# A decision whose job no row has is told with its line.
$ printf 'title,text,code\nCrew Member,Mows lawns,37-3011\nCrew Member,Sings,11-1021\n,,11-1021\n' >own.csv; soc code --overrides own.csv duties.csv 2>&1 >/dev/null | grep own.csv
soc: 3 decisions from own.csv
soc: own.csv:3: no row has the job of this decision
soc: own.csv:4: no row has the job of this decision

# A reviewer can say that no code fits, that a job is no occupation and which kind, and up to three codes in order; and
# comment on it.  All of that is in the output.
$ cat >said.csv <<'END'
> title,code,comment
> Crew Lead,uncodable,too broad
> Gentleman,Retired,
> Team Lead,"11-1021; 29-1141 | 43-3031","second: nights, ""on call"""
> Owner,"11-1021,11-1021",
> END
$ printf 'title\nCrew Lead\nGentleman\nTeam Lead\nOwner\n' >open.csv; soc code --overrides said.csv --accept 1 --review-file rest.csv --top 3 open.csv 2>said | sed 's/"title":"[^"]*",//g'
{"id":"1","candidates":[],"decision":"accept","reason":"decided","class":"uncodable","comment":"too broad","note":"no code fits"}
{"id":"2","candidates":[],"decision":"accept","reason":"decided","class":"not_an_occupation","kind":"retired","note":"not an occupation: retired"}
{"id":"3","candidates":[{"code":"11-1021.00","soc":"11-1021","score":0.0,"confidence":1.0},{"code":"29-1141.00","soc":"29-1141","score":0.0,"confidence":1.0},{"code":"43-3031.00","soc":"43-3031","score":0.0,"confidence":1.0}],"decision":"accept","reason":"decided","comment":"second: nights, \"on call\""}
{"id":"4","candidates":[{"code":"11-1021.00","soc":"11-1021","score":0.0,"confidence":1.0}],"decision":"accept","reason":"decided"}
$ wc -l <rest.csv; grep -e decided -e decisions said
1
soc: 4 decisions from said.csv
  decided before                      4  100.0%
$ soc code -q --overrides said.csv --top 2 --wide -f tsv open.csv
row	reason	class	kind	comment	note	code_1	soc_1	title_1	score_1	confidence_1	code_2	soc_2	title_2	score_2	confidence_2
1	decided	uncodable		too broad	no code fits										
2	decided	not_an_occupation	retired		not an occupation: retired										
3	decided			second: nights, "on call"		11-1021.00	11-1021	General and Operations Managers	0	1	29-1141.00	29-1141	Registered Nurses	0	1
4	decided					11-1021.00	11-1021	General and Operations Managers	0	1					
$ printf 'title,code,code_1,code_2\nCrew Lead,2;1,11-1021,29-1141\nOwner,"2, 43-3031",11-1021,29-1141\n' >said.csv; soc code -q --overrides said.csv open.csv | grep -o '"soc":"[^"]*"\|decided' | paste -s -d ' ' - | sed 's/decided/&\n/g' | grep decided
"soc":"29-1141" "soc":"11-1021" decided
(re) .* "soc":"29-1141" "soc":"43-3031" decided
$ printf 'title,code\nOwner,11-1021;29-1141;43-3031;35-1011\n' >said.csv; soc code -q --overrides said.csv open.csv
soc: said.csv:2:2: 11-1021;29-1141;43-3031;35-1011 are more than three codes
hint: give the best three, the first one first
[exit 2]
$ printf 'title,code\nOwner,retierd\n' >said.csv; soc code -q --overrides said.csv open.csv
soc: said.csv:2:2: retierd is no code of this index
hint: a code looks like 15-1252.00, 15-1252 or 15-1250; uncodable: none fits; or write what the job is instead of an occupation, such as retired
[exit 2]

# Held against codes given before: digits, production, differences; as text, as JSON, as a picture.
$ soc code --gold gold --report report.json --plot plot.svg jobs.csv 2>&1 >/dev/null | sed -n '/held/,/6 digits/p' 
soc: 9 rows held against codes given before; 1 without one; 1 with what is no code
  no code in row 10 'no'
                   rows  agreement      kappa
(re)   2 digits            9 .*
(re)   3 digits            9 .*
(re)   5 digits            8 .*
(re)   6 digits            8 .*
$ python3 - <<'END'
> import json, xml.dom.minidom
> r = json.load(open("report.json"))
> print(r["format"], sorted(r), r["summary"]["rows"], r["gold"]["rows"], r["gold"]["without_code"], r["gold"]["malformed"])
> g = r["gold"]
> print({d: v["rows"] for d, v in g["digits"].items()}, sum(b["rows"] for b in g["calibration"]))
> print(all(a["agreed"] >= b["agreed"] for a, b in zip(g["digits"].values(), list(g["digits"].values())[1:])))
> print(g["production"][0]["production"], round(g["production"][0]["agreement"] * 9) == g["digits"]["6"]["agreed"])
> print(sum(c["rows"] for c in g["confusions"]) == 9 - g["digits"]["6"]["agreed"])
> print(xml.dom.minidom.parse("plot.svg").documentElement.tagName)
> END
1 ['format', 'gold', 'summary'] 11 9 1 1
{'2': 9, '3': 9, '5': 8, '6': 8} 9
True
1.0 True
True
svg
$ soc code -q --plot plot.svg jobs.csv
soc: --plot draws how well the codes agree
hint: add --gold COLUMN, with codes that somebody has given the rows
[exit 2]
$ soc code -q --gold grade jobs.csv
soc: jobs.csv:1: there is no column grade
(re) hint: .*the columns are: id, title, sector, gold
[exit 2]
$ soc code -q --gold gold --report /dev/full jobs.csv >coded.jsonl
(re) soc: cannot write /dev/full: .*
(re) hint: .*
[exit 2]

# --resume needs --output.
$ soc code -q --resume jobs.csv
soc: --resume has to know what to go on with
hint: name the file that the run was to write: --output FILE
[exit 2]
$ soc code -q -o whole.jsonl jobs.csv; soc code --resume -o whole.jsonl jobs.csv 2>&1 | tail -n 1
soc: whole.jsonl is complete: there is nothing to resume
