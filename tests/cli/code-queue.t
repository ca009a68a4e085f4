# soc code: what people write into a review queue is never lost, and one command reads it and adds to it.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc
$ printf 'title\nTeam Lead\nteam lead\nTruck Driver\nBookkeeper\n' >week1.csv
$ printf 'title\nTeam Lead\nWaiter\nTruck Driver\n' >week2.csv
$ soc code -q --accept 1 --review-file queue.csv week1.csv >coded.jsonl; cut -d, -f 1-7 queue.csv
code,decided_by,decided_on,comment,title,industry,text
,,,,Team Lead,,
,,,,Truck Driver,,
,,,,Bookkeeper,,

# Nobody has written into it: it may be made again.  Then somebody has, and it may not.
$ soc code -q --accept 1 --review-file queue.csv week1.csv >coded.jsonl; cp queue.csv open.csv
$ sed -i -e '2s/^,,/11-1021,Lee,2026-11-20/' -e '4s/^,,,/,,,ask Kim/' queue.csv; cp queue.csv decided.csv
$ soc code -q --accept 1 --review-file queue.csv -o new.jsonl week1.csv
soc: queue.csv:2: there are decisions in queue.csv, which would be lost
hint: give it to --overrides too, and its decisions stay; or name another --review-file
[exit 2]
$ sed '2d' decided.csv >commented.csv; soc code -q --accept 1 --review-file commented.csv -o new.jsonl week1.csv
soc: commented.csv:3: there are decisions in commented.csv, which would be lost
hint: give it to --overrides too, and its decisions stay; or name another --review-file
[exit 2]
$ soc code -q --accept 1 --overrides open.csv --review-file queue.csv week1.csv >coded.jsonl
soc: queue.csv:2: there are decisions in queue.csv, which would be lost
hint: give it to --overrides too, and its decisions stay; or name another --review-file
[exit 2]
$ cp sample.soc other.bin; soc code -q --accept 1 --review-file other.bin week1.csv
soc: other.bin is there, and cannot be read as a review queue
hint: remove it, or name another --review-file
[exit 2]
$ cmp other.bin sample.soc; cmp queue.csv decided.csv; test ! -e new.jsonl && echo as it was
as it was
$ printf 'no,decisions\n1,2\n' >table.csv; soc code -q --accept 1 --review-file table.csv week1.csv >coded.jsonl; head -n 1 table.csv | cut -d, -f 1,2
code,decided_by

# Given as overrides, too, it is added to: decided lines and those with a comment stay, what is open and of another input
# stays, what is open and of this input is made anew.
$ soc code --accept 1 --overrides queue.csv --review-file queue.csv week2.csv 2>said >coded.jsonl; grep -e decisions -e queue said; cut -d, -f 1-7 queue.csv
soc: 1 decisions from queue.csv, 2 rows are still open
soc: 2 lines to review in queue.csv, behind 2 that stay
code,decided_by,decided_on,comment,title,industry,text
11-1021,Lee,2026-11-20,,Team Lead,,
,,,ask Kim,Bookkeeper,,
,,,,Waiter,,
,,,,Truck Driver,,
$ grep -c 'decided by Lee' coded.jsonl
1
$ cp queue.csv before.csv; soc code -q --accept 1 --overrides queue.csv --review-file ./queue.csv week2.csv | cmp - coded.jsonl; cmp queue.csv before.csv && echo the same
the same
$ soc code -q --accept 1 --overrides queue.csv --review-file queue.csv week1.csv >coded.jsonl; cut -d, -f 1-7 queue.csv
code,decided_by,decided_on,comment,title,industry,text
11-1021,Lee,2026-11-20,,Team Lead,,
,,,ask Kim,Bookkeeper,,
,,,,Waiter,,
,,,,Truck Driver,,

# Other columns, and another order of columns, are what people like; through a link, the file that it leads to is replaced.
$ python3 - <<'END'
> import csv
> rows = list(csv.DictReader(open("queue.csv", newline="")))
> names = ["mood", *reversed(rows[0])]
> with open("own.csv", "w", newline="") as stream:
>     out = csv.DictWriter(stream, names)
>     out.writeheader()
>     for row in rows:
>         out.writerow(row | {"mood": "fine, \"so\"\nso" if row["code"] else ""})
> END
$ ln -s own.csv link.csv; chmod 640 own.csv; soc code -q --accept 1 --overrides own.csv --review-file link.csv week1.csv >coded.jsonl; stat -c %a own.csv; readlink link.csv
640
own.csv
$ python3 - <<'END'
> import csv
> one, two = ([*csv.DictReader(open(n, newline=""))] for n in ("queue.csv", "own.csv"))
> print(two[0]["mood"], two[2]["mood"] == "")
> print([r | {"mood": 0} for r in one] == [r | {"mood": 0} for r in two], list(two[0])[:4], list(two[0])[-1])
> END
fine, "so"
so True
True ['code', 'decided_by', 'decided_on', 'comment'] mood

# Codes as text for a spreadsheet are so again.
$ soc code -q --accept 1 --excel --format csv --review-file excel.csv week1.csv >coded.csv; sed -i '2s/^,/"=""11-1021""",/' excel.csv
$ soc code -q --accept 1 --excel --format csv --overrides excel.csv --review-file excel.csv week1.csv >coded.csv; head -c 3 excel.csv | od -An -tx1; sed -n 2p excel.csv | cut -d, -f 1-5; grep -c 11-1021 coded.csv
 ef bb bf
"=""11-1021""",,,,Team Lead
2

# A table of one's own is no queue: what is empty there is any.
$ printf 'title,code\nTeam Lead,11-1021\n' >table.csv; soc code -q --accept 1 --overrides table.csv --review-file table.csv week1.csv
soc: table.csv is no review queue in CSV, and cannot be added to
hint: name another --review-file
[exit 2]
$ gzip -k queue.csv; cp queue.csv.gz packed.csv; soc code -q --accept 1 --overrides packed.csv --review-file packed.csv week1.csv
soc: packed.csv is no review queue in CSV, and cannot be added to
hint: name another --review-file
[exit 2]
$ cmp packed.csv queue.csv.gz; cat table.csv
title,code
Team Lead,11-1021
$ ls | grep -e tmp -e part -e resume
[exit 1]
