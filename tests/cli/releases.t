# needs: data
# needs: speed
# Real releases, as published: both taxonomies, old and new names of files and columns.  Codes, titles and counts only:
# no sentence of a release may stand here.

$ export SOURCE_DATE_EPOCH=1700000000
$ onet=$SOC_TEST_DATA/onet
$ soc-index build -q --no-model -o 24.soc "$onet/db_24_2_text.zip"
$ soc-index build -q --no-model -o 29.soc "$onet/db_29_0_text.zip"
$ soc-index build -q -o 30.soc "$onet/db_30_1_text.zip"
$ soc-index build --no-model -o 31.soc "$onet/db_31_0_text_layout.zip" 2>told; head -1 told
Reading O*NET 31.0: 199863 rows used, 0 rejected
$ for r in 24 29 30 31; do soc-index verify $r.soc; done
(re) 24\.soc: whole; 1110 occupations, [0-9]+ lists, every checksum and record checked
(re) 29\.soc: whole; 1016 occupations, [0-9]+ lists, every checksum and record checked
(re) 30\.soc: whole; 1016 occupations, [0-9]+ lists, every checksum and record checked
(re) 31\.soc: whole; 1016 occupations, [0-9]+ lists, every checksum and record checked

# Which they are, and how much of each table was used.
$ cat >look.py <<'END'
> import json, sys
> m = json.load(sys.stdin)
> s = m["sources"][0]
> print(s["title"], s["release"], s["date"], s["name"], m["sample"], m["occupations"], "occupations", sep="; ")
> for t in s["tables"]:
>     print(f'  {t["table"]}: {t["rows"]}', *([f'used {t["used"]}', t["rejected"]] if t["rejected"] else []))
> END
$ soc-index info --json 24.soc | python3 look.py
O*NET 24.2; 24.2; February 2020; db_24_2_text.zip; False; 1110; occupations
  Occupation Data: 1110
  DWA Reference: 2067
  Job Zone Reference: 5
  Education, Training, and Experience Categories: 41
  Alternate Titles: 58255
  Sample of Reported Titles: 9218
  Task Statements: 19695
  Emerging Tasks: 352
  Tasks to DWAs: 23091
  Technology Skills: 29016
  Tools Used: 42278
  Job Zones: 969
  Education, Training, and Experience: 39866
$ soc-index info --json 29.soc | python3 look.py
O*NET 29.0; 29.0; August 2024; db_29_0_text.zip; False; 1016; occupations
  Occupation Data: 1016
  DWA Reference: 2087
  Job Zone Reference: 5
  Education, Training, and Experience Categories: 41
  Alternate Titles: 55120
  Sample of Reported Titles: 7798
  Task Statements: 18796
  Emerging Tasks: 240
  Tasks to DWAs: 23233
  Technology Skills: 32470
  Tools Used: 41650
  Job Zones: 923
  Education, Training, and Experience: 36209
  Related Occupations: 18460
$ soc-index info --json 30.soc | python3 look.py
O*NET 30.1; 30.1; December 2025; db_30_1_text.zip; False; 1016; occupations
  Occupation Data: 1016
  DWA Reference: 2087
  Job Zone Reference: 5
  Education, Training, and Experience Categories: 41
  Alternate Titles: 56505
  Sample of Reported Titles: 7955
  Task Statements: 18796
  Emerging Tasks: 328
  Tasks to DWAs: 23850
  Technology Skills: 32773
  Tools Used: 41662
  Job Zones: 923
  Education, Training, and Experience: 37125
  Related Occupations: 18460
$ soc-index info --json 31.soc | python3 look.py
O*NET 31.0; 31.0; August 2026; db_31_0_text_layout.zip; False; 1016; occupations
  Occupation Data: 1016
  DWA Reference: 2087
  Job Zone Reference: 4
  Education, Training, and Experience Categories: 12
  Training and Experience Categories: 29
  Alternate Titles: 56505
  Sample of Reported Titles: 7955
  Task Statements: 18796
  Emerging Tasks: 328
  Tasks to DWAs: 23850
  Technology Skills: 32773
  Job Zones: 923
  Education, Training, and Experience: 11100
  Training and Experience: 26025
  Related Occupations: 18460

# Job Zones as the release gives them: 1 to 5 once, 2 to 5 since 30.2, where 2 is called 1-2.
$ cat >zones.sh <<'END'
> for g in 11 13 15 17 19 21 23 25 27 29 31 33 35 37 39 41 43 45 47 49 51 53 55; do soc show -q --index $1 $g-0000; done |
>   grep -o '^  [0-9-]*\.[0-9]*' >codes
> soc show -q --index $1 --format json $(cat codes) | python3 -c '
> import collections, json, re, sys
> zones = collections.Counter()
> for o in json.load(sys.stdin):
>     z = o["job_zone"]
>     zones[(z["zone"], re.match("Job Zone ([^ :]+)", z["name"])[1], z["svp"]) if z else (0, "none", "")] += 1
> for zone in sorted(zones): print(*zone, zones[zone])'
> END
$ sh zones.sh 24.soc
0 none  141
1 One (Below 4.0) 36
2 Two (4.0 to < 6.0) 294
3 Three (6.0 to < 7.0) 245
4 Four (7.0 to < 8.0) 232
5 Five (8.0 and above) 162
$ sh zones.sh 29.soc
0 none  93
1 One (Below 4.0) 31
2 Two (4.0 to < 6.0) 295
3 Three (6.0 to < 7.0) 219
4 Four (7.0 to < 8.0) 224
5 Five (8.0 and above) 154
$ sh zones.sh 30.soc
0 none  93
1 One (Below 4.0) 33
2 Two (4.0 to < 6.0) 298
3 Three (6.0 to < 7.0) 213
4 Four (7.0 to < 8.0) 225
5 Five (8.0 and above) 154
$ sh zones.sh 31.soc
0 none  93
2 1-2 (Below 6.0) 331
3 Three (6.0 to < 7.0) 213
4 Four (7.0 to < 8.0) 225
5 Five (8.0 and above) 154
$ for r in 30 31; do soc show -q --index $r.soc --section zone 35-3023.00 | grep -o '  Job Zone [^ :]*\|SVP ([^)]*): .* months\|SVP ([^)]*): .* year'; done
  Job Zone One
SVP (Below 4.0): up to 3 months
  Job Zone 1-2
SVP (Below 6.0): up to 1 year
$ for r in 30 31; do soc search -q --index $r.soc -n 1 barista | grep -o 'Job Zone.*'; done
Job Zone 1
Job Zone 1-2

# Codes of the older taxonomy and of the newer one.
$ for r in 24 29 30 31; do soc show -q --index $r.soc 15-1132.00 2>&1 | head -1; soc show -q --index $r.soc 15-1252.00 2>&1 | head -1; done
15-1132.00  Software Developers, Applications
soc: the index has no code 15-1252.00
soc: the index has no code 15-1132.00
15-1252.00  Software Developers
soc: the index has no code 15-1132.00
15-1252.00  Software Developers
soc: the index has no code 15-1132.00
15-1252.00  Software Developers
$ soc show -q --index 31.soc 15-1250 | head -1
15-1250  a broad group with 6 occupations
$ soc show -q --index 31.soc 29-1141.00 | head -2
29-1141.00  Registered Nurses
in 29-0000 > 29-1000 > 29-1140 > 29-1141

# What anybody would ask first.
$ cat >titles.csv <<'END'
> title
> Registered Nurse
> Software Engineer
> Truck Driver
> Elementary School Teacher
> Accountant
> Electrician
> Chief Executive Officer
> Dentist
> END
$ for r in 29 30 31; do soc code -q --index $r.soc --top 1 titles.csv | python3 -c 'import json, sys; print(*(json.loads(l)["candidates"][0]["soc"] for l in sys.stdin))'; done
29-1141 15-1252 53-3032 25-2021 13-2011 47-2111 11-1011 29-1021
29-1141 15-1252 53-3032 25-2021 13-2011 47-2111 11-1011 29-1021
29-1141 15-1252 53-3032 25-2021 13-2011 47-2111 11-1011 29-1021
$ soc search --index 31.soc -n 1 'registered nurse' 2>&1 >/dev/null

# The same input and date: the same file, byte by byte; another way in, the same content.
$ soc-index build -q -o again.soc "$onet/db_30_1_text.zip" && cmp 30.soc again.soc
$ mkdir folder && python3 -m zipfile -e "$onet/db_29_0_text.zip" folder && soc-index build -q --no-model -o folder.soc folder
$ for i in 29 folder; do soc-index info --json $i.soc | grep '"digest"'; done | uniq | wc -l
1
