# soc code: answers that name no occupation, codes as people write them, cells that a spreadsheet would run, levels and
# editions side by side.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc

# Nine kinds of answers that are no occupation; nothing that only has such a word in it.
$ cat >survey.csv <<'END'
> title,text
> Retired,
> I am a full-time student,
> stay-at-home mom,
> Currently unemployed,
> on disability,
> prisoner,
> prefer not to say,
> Don't know,
> N/A,
> 99,
> x,
> Jubilado,
> n/a,refused
> ,no sabe
> student services manager,
> retired military officer recruiter,
> non-destructive tester,
> student,Trims hedges and mows lawns
> END
$ soc code --top 1 --accept 0.9 --review-file queue.csv --report report.json survey.csv 2>said | sed -n 's/.*"class":"\([^"]*\)","kind":"\([^"]*\)".*/\1 \2/p'
not_an_occupation retired
not_an_occupation student
not_an_occupation homemaker
not_an_occupation unemployed
not_an_occupation disabled
not_an_occupation inmate
not_an_occupation refused
not_an_occupation dont_know
not_an_occupation none
not_an_occupation none
not_an_occupation none
not_an_occupation retired
not_an_occupation refused
not_an_occupation dont_know
$ grep 'not an' said; grep -o '"not_occupation": [0-9]*' report.json; grep -c 'etired\|student' queue.csv
  not an occupation                  14   77.8%
"not_occupation": 14
2
$ soc code -q --top 1 --accept 0.9 --format csv survey.csv | sed -n '1,2p'
row,rank,code,soc,title,score,confidence,decision,reason,note
1,,,,,,,accept,not an occupation: retired,not an occupation: retired
$ soc code -q --top 1 survey.csv | sed -n 1p
{"id":"1","candidates":[],"class":"not_an_occupation","kind":"retired","note":"not an occupation: retired"}

# Codes that people have already, as they write them; those of 2010 are led over, and counted apart.
$ cat >soc_2010_to_2018.csv <<'END'
> 2010 SOC Code,2010 SOC Title,2018 SOC Code,2018 SOC Title
> 15-1121,Computer Systems Analysts,15-1211,Computer Systems Analysts
> 15-1132,"Software Developers, Applications",15-1252,Software Developers
> 15-1133,"Software Developers, Systems Software",15-1252,Software Developers
> 15-1199,"Computer Occupations, All Other",15-1253,Software Quality Assurance Analysts and Testers
> 15-1199,"Computer Occupations, All Other",15-1299,"Computer Occupations, All Other"
> END
$ cat >census_2018.csv <<'END'
> 2018 Census Title,2018 Census Code,2018 SOC Code
> Software developers,1021,15-1252
> Software quality assurance analysts and testers,1022,15-1253
> Operations research analysts,1220,15-2031
> Other mathematical science occupations,1240,15-20XX
> Registered nurses,3255,29-1141
> END
$ soc-index build -q -o with.soc corpus/sample soc_2010_to_2018.csv census_2018.csv
$ cat >gold.csv <<'END'
> title,gold
> Software Developer,15-1252
> Software Developer,SOC 15-1252
> Software Developer,151252.0
> Software Developer,15.1252
> Software Developer,15-1252.00 - Software Developers
> Software Developer,"29-1141, 15-1252"
> Software Developer,29-1141;151252
> Software Developer,15-12XX
> Software Developer,15-1132
> Software Developer,15-1133.00
> Software Tester,15-1199
> Marketing Manager,2021-11-01
> Marketing Manager,Nov-31
> Marketing Manager,Nov-21
> Marketing Manager,11/1/2021
> Marketing Manager,5/3/2021
> Retired,99-9999
> Nurse,n/a
> Nurse,
> Nurse,nurse
> Nurse,29-9999
> END
$ soc code -i with.soc --gold gold --top 1 --report report.json gold.csv 2>&1 >coded.jsonl | sed -n '/held/,/6 digits/p'
soc: 15 rows held against codes given before; 1 without one; 1 with what is no code
  2 marked as having no code
  2 led over from an older edition
  1 of an older edition and split since: any successor counts
  1 with a code that this index does not have
  3 led back from a date that a spreadsheet has made of the code
  2 with a date that several codes become, or none
  no code in row 14 'Nov-21', 16 '5/3/2021', 20 'nurse'
                   rows  agreement      kappa
  2 digits           15      1.000      1.000
  3 digits           15      0.867      0.694
  5 digits           14      0.857      0.689
  6 digits           14      0.857      0.741
$ python3 - <<'END'
> import json
> gold = json.load(open("report.json"))["gold"]
> print({k: v for k, v in gold.items() if isinstance(v, int)})
> print(gold["malformed_rows"])
> END
{'rows': 15, 'without_code': 1, 'no_code': 2, 'malformed': 1, 'lost_dates': 2, 'dates': 3, 'led_over': 2, 'split': 1, 'unknown': 1}
[{'row': 14, 'text': 'Nov-21'}, {'row': 16, 'text': '5/3/2021'}, {'row': 20, 'text': 'nurse'}]
$ python3 -c 'print("title,gold"); [print("Nurse,nurse %d" % i) for i in range(50)]' | soc code --gold gold --top 1 2>&1 >coded.jsonl | sed -n '/held/,/digits/p' | sed 's/, row 1[0-9].*$//'
soc: 0 rows held against codes given before; 50 with what is no code
  no code in row 1 'nurse 0', 2 'nurse 1', 3 'nurse 2', 4 'nurse 3', 5 'nurse 4', 6 'nurse 5', 7 'nurse 6', 8 'nurse 7', 9 'nurse 8', 10 'nurse 9', 11 'nurse 10', 12 'nurse 11', 13 'nurse 12', 14 'nurse 13', 15 'nurse 14', 16 'nurse 15', 17 'nurse 16', 18 'nurse 17', 19 'nurse 18', 20 'nurse 19' and 30 more
$ printf 'title,code\nProgrammer,15-1132\nMarketer,2021-11-01\nNurse,29.1141\n' >decided.csv; printf 'title\nProgrammer\nMarketer\nNurse\n' | soc code -i with.soc --overrides decided.csv --format tsv 2>said | cut -f 3,7; grep decisions said
code	confidence
15-1252.00	1
11-2021.00	1
29-1141.00	1
soc: 3 decisions from decided.csv, 1 led over from an older edition, 1 led back from a date
$ for code in 15-1199 Nov-21 2021-05-03 nurse; do printf 'title,code\nProgrammer,%s\n' "$code" >decided.csv; soc code -q -i with.soc --overrides decided.csv gold.csv; done
soc: decided.csv:2:2: 15-1199 is no code of this index
hint: it is of an older edition; name what it is now: 15-1253 or 15-1299
soc: decided.csv:2:2: Nov-21 is no code of this index
hint: a spreadsheet has made a date of a code; name the code, such as 11-2021 or 11-3021 or 11-3121 or 11-9021
soc: decided.csv:2:2: 2021-05-03 is no code of this index
hint: a code looks like 15-1252.00, 15-1252 or 15-1250; uncodable: none fits; or write what the job is instead of an occupation, such as retired
soc: decided.csv:2:2: nurse is no code of this index
hint: a code looks like 15-1252.00, 15-1252 or 15-1250; uncodable: none fits; or write what the job is instead of an occupation, such as retired
[exit 2]

# The same on the command line.
$ soc show -q 15.1252 2>&1 | head -1; soc show -q 'SOC 15-1252' 2>&1 | head -1; soc show -q '15 - Computer' | head -1
15-1252.00  Software Developers
15-1252.00  Software Developers
15-0000  a major group with 15 occupations
$ soc why -i with.soc 15-1132 --title 'Software Developer' 2>&1 | head -3
soc: 15-1132 is a code of an older edition; it has become 15-1252
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
Why 15-1252
$ soc compare -i with.soc 15-1199 15-1211
soc: 15-1199 is a code of an older edition
hint: it has become 15-1253.00 Software Quality Assurance Analysts and Testers and 15-1299.00 Computer Occupations, All Other
[exit 2]

# Cells that a spreadsheet would run: text in what is made for one, and read back as they were.
$ python3 - <<'END'
> import csv
> rows = [["id", "=note", "title", "text"], ["-1", "@x", "=HYPERLINK(0) nurse", "- takes blood"],
>         ["+1-555", "-7", "+Team Lead", "=1+1"], ["'-3", "plain", "@Truck driver", ""]]
> csv.writer(open("run.csv", "w", newline="")).writerows(rows)
> END
$ soc code -q --top 1 --format csv --excel --keep --accept 1 --review-file queue.csv run.csv >excel.csv; cut -d, -f 1-4 excel.csv; cut -d, -f 5,7 queue.csv
﻿id,"'=note",title,text
-1,"'@x","'=HYPERLINK(0) nurse","'- takes blood"
"'+1-555",-7,"'+Team Lead","'=1+1"
'-3,plain,"'@Truck driver",
title,text
"'=HYPERLINK(0) nurse","'- takes blood"
"'+Team Lead","'=1+1"
"'@Truck driver",
$ soc code -q --top 1 --format csv --keep run.csv | cut -d, -f 1-4
id,=note,title,text
-1,@x,=HYPERLINK(0) nurse,- takes blood
+1-555,-7,+Team Lead,=1+1
'-3,plain,@Truck driver,
$ soc code -q --top 1 --id id run.csv >one; soc code -q --top 1 --id id --title title --text text excel.csv | cmp - one
$ soc code -q --top 1 --format csv --excel --keep --id id --title title --text text excel.csv | cut -d, -f 1-4 >again; cut -d, -f 1-4 excel.csv | cmp - again
$ sed 's/^,,/11-1011,,/' queue.csv >decided.csv; soc code --overrides decided.csv --top 1 run.csv 2>&1 >coded.jsonl | grep 'decided before'
  decided before                      3  100.0%

# Other classifications beside the code, or in its place; the title that matched.
$ printf 'title,text\nSoftware Developer,\nOperations Research Analyst,\nData Scientist,\nRN - ICU,\nRetired,\n' >jobs.csv
$ soc code -q -i with.soc --top 1 --with census,soc2010,group,matched jobs.csv | sed 's/"score":[0-9.]*,"confidence":[0-9.]*/.../'
{"id":"1","candidates":[{"code":"15-1252.00","soc":"15-1252","title":"Software Developers",...,"census":"1021","census_title":"Software developers","soc2010":"15-1132|15-1133","soc2010_split":true,"broad":"15-1250","minor":"15-1200","major":"15-0000","matched_title":"Software Developer","matched_kind":"alternate_title","matched_source":"O*NET 0.1","exact":true}],"reason":"exact title"}
{"id":"2","candidates":[{"code":"15-2031.00","soc":"15-2031","title":"Operations Research Analysts",...,"census":"1220","census_title":"Operations research analysts","broad":"15-2030","minor":"15-2000","major":"15-0000","matched_title":"Operations Research Analyst","matched_kind":"reported_title","matched_source":"O*NET 0.1","exact":true}],"reason":"exact title"}
{"id":"3","candidates":[{"code":"15-2051.00","soc":"15-2051","title":"Data Scientists",...,"census":"1240","census_title":"Other mathematical science occupations","broad":"15-2050","minor":"15-2000","major":"15-0000","matched_title":"Data Scientist","matched_kind":"alternate_title","matched_source":"O*NET 0.1","exact":true}],"reason":"exact title"}
{"id":"4","candidates":[{"code":"29-1141.03","soc":"29-1141","title":"Critical Care Nurses",...,"census":"3255","census_title":"Registered nurses","broad":"29-1140","minor":"29-1000","major":"29-0000","matched_title":"Intensive Care Unit Registered Nurse (ICU RN)","matched_kind":"reported_title","matched_source":"O*NET 0.1","exact":false}]}
{"id":"5","candidates":[],"class":"not_an_occupation","kind":"retired","note":"not an occupation: retired"}
$ soc code -q -i with.soc --top 2 --level census --format csv jobs.csv | cut -d, -f 1,2,4,8,9
row,rank,soc,census,census_title
1,1,15-1252,1021,Software developers
1,2,15-1253,1022,Software quality assurance analysts and testers
2,1,15-2031,1220,Operations research analysts
2,2,13-2051,,
3,1,15-2051,1240,Other mathematical science occupations
3,2,15-1221,,
4,1,29-1141,3255,Registered nurses
4,2,29-2061,,
5,,,,
$ soc code -q -i with.soc --top 20 --level soc jobs.csv | grep -o '"soc":"15-20[^"]*"' | sort | uniq -c
      1 "soc":"15-2011"
      2 "soc":"15-2031"
      3 "soc":"15-2051"
$ soc code -q -i with.soc --top 20 --level census jobs.csv | grep -o '"census":"1240"' | sort | uniq -c
      3 "census":"1240"
$ soc code -q -i with.soc --top 1 --edition 2010 --format tsv --wide jobs.csv | cut -f 1,3,4,8-
row	code_1	soc_1	soc2010_1	soc2010_split_1
1	15-1252.00	15-1252	15-1132|15-1133	true
2	15-2031.00	15-2031		
3	15-2051.00	15-2051		
4	29-1141.03	29-1141		
5				
$ soc code -q -i with.soc --top 1 --with matched --accept 0.5 --format csv jobs.csv | cut -d, -f 2,8-
rank,matched_title,matched_kind,matched_source,exact,decision,reason,note
1,Software Developer,alternate_title,O*NET 0.1,true,accept,exact title; confidence 0.909 is at least 0.5,
1,Operations Research Analyst,reported_title,O*NET 0.1,true,accept,exact title; confidence 0.927 is at least 0.5,
1,Data Scientist,alternate_title,O*NET 0.1,true,accept,exact title; confidence 0.924 is at least 0.5,
1,Intensive Care Unit Registered Nurse (ICU RN),reported_title,O*NET 0.1,false,accept,confidence 0.910 is at least 0.5,
,,,,,accept,not an occupation: retired,not an occupation: retired
$ soc code -q -i with.soc --top 1 --level census --format csv --excel jobs.csv | cut -d, -f 8 | sed -n 2p
"=""1021"""
$ soc code -q -i with.soc --with census,salary jobs.csv; soc code -q -i with.soc --edition 2010 --level broad jobs.csv; soc code -q --level census jobs.csv
soc: --with does not know 'salary'
hint: such as --with census,soc2010,group
soc: --edition 2010 is for --level soc
hint: --with soc2010 puts the codes beside those of any level
soc: this index was built without the codes of Census 2018
hint: give soc-index the Census 2018 occupation code list with its SOC codes too
[exit 2]
$ printf 'title,code\nSoftware Developer,15-0000\nData Scientist,15-2051\n' >decided.csv; soc code -q -i with.soc --overrides decided.csv --with census,group jobs.csv --top 1 | grep -o '"soc":.*decided' | cut -c 1-200
"soc":"15-0000","title":"Computer Systems Analysts","score":0.0,"confidence":1.0,"major":"15-0000"}],"reason":"decided
"soc":"15-2051","title":"Data Scientists","score":0.0,"confidence":1.0,"census":"1240","census_title":"Other mathematical science occupations","broad":"15-2050","minor":"15-2000","major":"15-0000"}],"

# The same beside the codes of soc search.
$ soc search -q -i with.soc -n 1 --with census,soc2010,group Software Developer | sed -n 1,4p
 1. 15-1252.00  Software Developers
    confidence 91%, score 7.60, Job Zone 4
    codes     Census 2018 1021 Software developers, SOC 2010 15-1132|15-1133
              (joined from several), broad 15-1250, minor 15-1200, major 15-0000
$ soc search -q -i with.soc -n 1 --with census,soc2010,group --format jsonl Software Developer | grep -o '"census".*'
"census":"1021","census_title":"Software developers","soc2010":"15-1132|15-1133","soc2010_split":true,"broad":"15-1250","minor":"15-1200","major":"15-0000"}
$ soc search -q -i with.soc -n 2 --with group,soc2010 --format tsv data scientist | cut -f 2,11-
code	soc2010	soc2010_split	broad	minor	major
15-2051.00			15-2050	15-2000	15-0000
15-1221.00			15-1220	15-1200	15-0000
$ soc search -q -i with.soc -n 1 --level minor --with group --format tsv data scientist | cut -f 2,11-
code	broad	minor	major
15-2000		15-2000	15-0000
$ soc search -q -i with.soc --with matched nurse; soc search -q --with census nurse
soc: --with does not know 'matched'
hint: such as --with census,soc2010,group
soc: this index was built without the codes of Census 2018
hint: give soc-index the Census 2018 occupation code list with its SOC codes too
[exit 2]
