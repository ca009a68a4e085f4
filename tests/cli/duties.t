# A duty sheet against codes, duty by duty.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc
$ cat >lead.txt <<END
> # A team leader
> Duties:
> 35% Supervise the nurses of the ward and assign their shifts
> 30% Give medicine and watch the vital signs of patients
> 20% Write programs that print the rosters
> 15% Feed the parrots
> END
$ soc duties -q --title 'Team Leader' lead.txt
Duties: Team Leader

What the duties come to
  4 duties from lead.txt, with times that add up to 100 per cent.

  Left out: line 1 (comment), line 2 (heading).

  35% of the time goes to duties of 29-1141 Registered Nurses.

  ! 65% of the time goes to duties that none of them covers.

Codes that were weighed
  Covers: how much of the duties the code's statements cover, by time. Time: of
  the duties that fall to the code. Rank: in the ranking of the whole job.
  Code     Occupation                  Covers  Time  Rank   Job  Entry education
                                                           Zone
  -------  --------------------------  ------  ----  ----  ----  ---------------
  29-1141  Registered Nurses              27%   35%     1     3  -
  29-2061  Licensed Practical and         12%    0%     2     3  -
           Licensed Vocational Nurses
  31-1131  Nursing Assistants              0%    0%     3     2  -
  11-9111  Medical and Health              0%    0%     4     5  -
           Services Managers
  31-9092  Medical Assistants              0%    0%     6     3  -
  43-1011  First-Line Supervisors of       0%    0%    21     3  -
           Office and Administrative
           Support Workers

  How much of the duties each code covers, by time
  29-1141 Registered Nurses                       27%  #######
  29-2061 Licensed Practical and Licensed
  Vocational Nurses                               12%  ###
  31-1131 Nursing Assistants                       0%
  11-9111 Medical and Health Services Managers     0%
  31-9092 Medical Assistants                       0%
  43-1011 First-Line Supervisors of Office and
  Administrative Support Workers                   0%

Classification rules that apply
  - Coding Guideline 1. A worker is coded by the work performed. The title alone
    leads to 43-1011 First-Line Supervisors of Office and Administrative Support
    Workers; by the time of the duties it is 29-1141 Registered Nurses (35%).
  - Coding Guideline 4. Work that no distinct detailed occupation describes is
    coded in the All Other occupation that suits it. None of the codes that were
    weighed covers the duties of 65% of the time: is there a distinct occupation
    for them?
  - Classification Principle 4. Supervisors of workers in major groups 13 to 29
    mostly have the experience of those workers and do similar work; they are
    classified with them. 35% of the time goes to duties that tell of
    supervising (duty 1), and 29-1141 Registered Nurses is in major group 29.

  The rules are told in our words; they stand in the Standard Occupational
  Classification Manual, 2018, https://www.bls.gov/soc/2018/soc_2018_manual.pdf.

Duties that nothing covers
  - 2. Give medicine and watch the vital signs of patients (30% of the time; at
    most 27% covered)
  - 3. Write programs that print the rosters (20% of the time; at most 0%
    covered)
  - 4. Feed the parrots (15% of the time; at most 0% covered)

Duty by duty
  How much of each duty each code covers; * marks the code to which it falls
  Duty                Time  29-1141  29-2061  31-1131  11-9111  31-9092  43-1011
  ------------------  ----  -------  -------  -------  -------  -------  -------
  1. Supervise the     35%     *54%      35%       0%       0%       0%       0%
  nurses of the ward
  and assign their
  shifts
  2. Give medicine     30%      27%       0%       0%       0%       0%       0%
  and watch the
  vital signs of
  patients
  3. Write programs    20%       0%       0%       0%       0%       0%       0%
  that print the
  rosters
  4. Feed the          15%       0%       0%       0%       0%       0%       0%
  parrots

  Duty 1, 35% of the time
    Supervise the nurses of the ward and assign their shifts

    The best statement of each code
    Code     Covers  Best statement
    -------  ------  -----------------------------------------------------------
    29-1141     54%  Assign patients to aides and practical nurses at the start
                     of a shift. (supplemental task, O*NET 0.1)
    29-2061     35%  Oversee nursing assistants on the evening shift.
                     (supplemental task, O*NET 0.1)

    Nothing in   31-1131, 11-9111, 31-9092, 43-1011
    Unexplained  Supervise, ward

  Duty 2, 30% of the time
    Give medicine and watch the vital signs of patients

    The best statement of each code
    Code     Covers  Best statement
    -------  ------  -----------------------------------------------------------
    29-1141     27%  Give pills, injections, and infusions at the hours ordered
                     and watch for bad reactions. (core task, O*NET 0.1)

    Nothing in   29-2061, 31-1131, 11-9111, 31-9092, 43-1011
    Unexplained  medicine, vital, signs, patients

  Duty 3, 20% of the time
    Write programs that print the rosters

    Nothing in   29-1141, 29-2061, 31-1131, 11-9111, 31-9092, 43-1011
    Unexplained  Write, programs, print, rosters

  Duty 4, 15% of the time
    Feed the parrots

    Nothing in   29-1141, 29-2061, 31-1131, 11-9111, 31-9092, 43-1011
    Unexplained  Feed, parrots
$ soc duties -q --codes 29-1141,15-1252 lead.txt
Duties

What the duties come to
  4 duties from lead.txt, with times that add up to 100 per cent.

  Left out: line 1 (comment), line 2 (heading).

  35% of the time goes to duties of 29-1141 Registered Nurses.

  ! 65% of the time goes to duties that none of them covers.

Codes that were weighed
  Covers: how much of the duties the code's statements cover, by time. Time: of
  the duties that fall to the code. Rank: in the ranking of the whole job.
  Code     Occupation           Covers  Time  Rank   Job  Entry education
                                                    Zone
  -------  -------------------  ------  ----  ----  ----  ---------------
  29-1141  Registered Nurses       27%   35%     1     3  -
  15-1252  Software Developers      0%    0%    14     4  -

  How much of the duties each code covers, by time
  29-1141 Registered Nurses    27%  ###########
  15-1252 Software Developers   0%

Classification rules that apply
  - Classification Principle 4. Supervisors of workers in major groups 13 to 29
    mostly have the experience of those workers and do similar work; they are
    classified with them. 35% of the time goes to duties that tell of
    supervising (duty 1), and 29-1141 Registered Nurses is in major group 29.

  The rules are told in our words; they stand in the Standard Occupational
  Classification Manual, 2018, https://www.bls.gov/soc/2018/soc_2018_manual.pdf.

Duties that nothing covers
  - 2. Give medicine and watch the vital signs of patients (30% of the time; at
    most 27% covered)
  - 3. Write programs that print the rosters (20% of the time; at most 0%
    covered)
  - 4. Feed the parrots (15% of the time; at most 0% covered)

Duty by duty
  How much of each duty each code covers; * marks the code to which it falls
  Duty                                                    Time  29-1141  15-1252
  ------------------------------------------------------  ----  -------  -------
  1. Supervise the nurses of the ward and assign their     35%     *54%       0%
  shifts
  2. Give medicine and watch the vital signs of patients   30%      27%       0%
  3. Write programs that print the rosters                 20%       0%       0%
  4. Feed the parrots                                      15%       0%       0%

  Duty 1, 35% of the time
    Supervise the nurses of the ward and assign their shifts

    The best statement of each code
    Code     Covers  Best statement
    -------  ------  -----------------------------------------------------------
    29-1141     54%  Assign patients to aides and practical nurses at the start
                     of a shift. (supplemental task, O*NET 0.1)

    Nothing in   15-1252
    Unexplained  Supervise, ward

  Duty 2, 30% of the time
    Give medicine and watch the vital signs of patients

    The best statement of each code
    Code     Covers  Best statement
    -------  ------  -----------------------------------------------------------
    29-1141     27%  Give pills, injections, and infusions at the hours ordered
                     and watch for bad reactions. (core task, O*NET 0.1)

    Nothing in   15-1252
    Unexplained  medicine, vital, signs, patients

  Duty 3, 20% of the time
    Write programs that print the rosters

    Nothing in   29-1141, 15-1252
    Unexplained  Write, programs, print, rosters

  Duty 4, 15% of the time
    Feed the parrots

    Nothing in   29-1141, 15-1252
    Unexplained  Feed, parrots
$ soc duties -q --codes 29-1141.03 lead.txt | sed -n '/^Codes/,/^$/p'
Codes that were weighed
  Covers: how much of the duties the code's statements cover, by time. Time: of
  the duties that fall to the code. Rank: in the ranking of the whole job.
  Code        Occupation            Covers  Time  Rank   Job  Entry education
                                                        Zone
  ----------  --------------------  ------  ----  ----  ----  ---------------
  29-1141.03  Critical Care Nurses      0%    0%     4     3  -

# A duty that is a task of the code, word for word, is covered whole; one of another trade is not.
$ cat >look.py <<'END'
> import json, sys
> t = json.load(sys.stdin)
> print(t["title"] or "-", t["level"], t["times"]["are"], t["times"]["unit"], t["times"]["sum"], t["times"]["notes"])
> for c in t["codes"]:
>     print(c["code"], c["occupation"], c["why"], round(c["coverage"], 3), round(c["time"], 3), c["duties"], c["skill"]["job_zone"])
> for d in t["duties"]:
>     print(d["number"], d["line"], round(d["time"], 3), d["given"], d["falls_to"], d["supervises"], d["unexplained"],
>           *[(c["code"], round(c["coverage"], 3), c["best"] and c["best"]["kind"]) for c in d["codes"]])
> print(round(t["uncovered"], 3), round(t["supervising"], 3), t["title_leads_to"], t["combination"], [r["rule"] for r in t["rules"]])
> END
$ look() { soc duties -q --format json "$@" | python3 look.py; }
$ cat >two.txt <<END
> - Teach families to manage diabetes, feeding tubes, or dressings at home. (50%)
> - Describe interfaces and installation steps for those who will build on the program. (50%)
> END
$ look --codes 29-1141,15-1252,53-3032 two.txt
- soc given percent 100.0 []
29-1141 29-1141.00 named 0.5 0.5 1 3
15-1252 15-1252.00 named 0.5 0.5 1 4
53-3032 53-3032.00 named 0.0 0.0 0 2
1 1 0.5 50.0 29-1141 False [] ('29-1141', 1.0, 'supplemental_task') ('15-1252', 0.0, None) ('53-3032', 0.0, None)
2 2 0.5 50.0 15-1252 False [] ('29-1141', 0.0, None) ('15-1252', 1.0, 'supplemental_task') ('53-3032', 0.0, None)
0.0 0.0 None [{'code': '29-1141', 'time': 0.5}, {'code': '15-1252', 'time': 0.5}] ['highest_skill']
$ look two.txt
- soc given percent 100.0 []
29-1141 29-1141.00 leads_job 0.5 0.5 1 3
15-1252 15-1252.00 leads_job 0.5 0.5 1 4
29-2061 29-2061.00 leads_job 0.184 0.0 0 3
13-1111 13-1111.00 leads_job 0.175 0.0 0 5
1 1 0.5 50.0 29-1141 False [] ('29-1141', 1.0, 'supplemental_task') ('15-1252', 0.0, None) ('29-2061', 0.368, 'core_task') ('13-1111', 0.0, None)
2 2 0.5 50.0 15-1252 False [] ('29-1141', 0.0, None) ('15-1252', 1.0, 'supplemental_task') ('29-2061', 0.0, None) ('13-1111', 0.35, 'supplemental_task')
0.0 0.0 None [{'code': '29-1141', 'time': 0.5}, {'code': '15-1252', 'time': 0.5}] ['highest_skill']
$ look --title 'Trainee driver' two.txt
Trainee driver soc given percent 100.0 []
29-1141 29-1141.00 leads_job 0.5 0.5 1 3
15-1252 15-1252.00 leads_job 0.5 0.5 1 4
29-2061 29-2061.00 leads_job 0.184 0.0 0 3
13-1111 13-1111.00 leads_job 0.175 0.0 0 5
53-3032 53-3032.00 leads_title 0.0 0.0 0 2
1 1 0.5 50.0 29-1141 False [] ('29-1141', 1.0, 'supplemental_task') ('15-1252', 0.0, None) ('29-2061', 0.368, 'core_task') ('13-1111', 0.0, None) ('53-3032', 0.0, None)
2 2 0.5 50.0 15-1252 False [] ('29-1141', 0.0, None) ('15-1252', 1.0, 'supplemental_task') ('29-2061', 0.0, None) ('13-1111', 0.35, 'supplemental_task') ('53-3032', 0.0, None)
0.0 0.0 53-3032 [{'code': '29-1141', 'time': 0.5}, {'code': '15-1252', 'time': 0.5}] ['work_performed', 'highest_skill', 'in_training']
$ look --codes 35-1012,35-3031 - <<END
> Supervise the crew and place each worker at the grill or the register: 34 hours a week
> Bring plates hot from the pass: 4 hours a week
> Work under the supervision of the owner: 2 hours a week
> END
- soc scaled hours 40.0 ['the times are 40 hours a week together, scaled to 100 per cent']
35-1012 35-1012.00 named 0.563 0.85 1 2
35-3031 35-3031.00 named 0.1 0.1 1 1
1 1 0.85 34.0 35-1012 True ['Supervise', 'crew'] ('35-1012', 0.662, 'core_task') ('35-3031', 0.0, None)
2 2 0.1 4.0 35-3031 False [] ('35-1012', 0.0, None) ('35-3031', 1.0, 'core_task')
3 3 0.05 2.0 None False ['Work', 'under', 'supervision', 'owner'] ('35-1012', 0.0, None) ('35-3031', 0.0, None)
0.05 0.85 None [] ['supervises_mostly']
$ look --codes 35-1012,35-3031 - <<END
> Supervise the crew and place each worker at the grill or the register: 20 hours a week
> Bring plates hot from the pass: 20 hours a week
> END
- soc scaled hours 40.0 ['the times are 40 hours a week together, scaled to 100 per cent']
35-1012 35-1012.00 named 0.331 0.5 1 2
35-3031 35-3031.00 named 0.5 0.5 1 1
1 1 0.5 20.0 35-1012 True ['Supervise', 'crew'] ('35-1012', 0.662, 'core_task') ('35-3031', 0.0, None)
2 2 0.5 20.0 35-3031 False [] ('35-1012', 0.0, None) ('35-3031', 1.0, 'core_task')
0.0 0.5 None [{'code': '35-3031', 'time': 0.5}, {'code': '35-1012', 'time': 0.5}] ['highest_skill', 'supervises_partly']

# Columns of a table.
$ printf 'no,duty,%% of time\n1,"Drive the truck, and load it",60\n2,Repair engines,45\n' >sheet.csv
$ soc duties --format json sheet.csv 2>told | python3 look.py; tail -1 told
- soc scaled percent 105.0 ['duties are taken from column duty, times from column % of time', 'the times add up to 105 per cent, scaled to 100']
49-3031 49-3031.00 leads_job 0.337 0.571 1 3
53-3032 53-3032.00 leads_job 0.328 0.0 0 2
49-3023 49-3023.00 leads_job 0.0 0.0 0 3
53-7051 53-7051.00 leads_job 0.0 0.0 0 1
1 2 0.571 60.0 49-3031 False ['it'] ('49-3031', 0.59, 'supplemental_task') ('53-3032', 0.574, 'core_task') ('49-3023', 0.0, None) ('53-7051', 0.0, None)
2 3 0.429 45.0 None False ['Repair', 'engines'] ('49-3031', 0.0, None) ('53-3032', 0.0, None) ('49-3023', 0.0, None) ('53-7051', 0.0, None)
0.429 0.0 None [] []
soc: duties are taken from column duty, times from column % of time
$ look --codes 53-3032 <sheet.csv -
- soc scaled percent 105.0 ['duties are taken from column duty, times from column % of time', 'the times add up to 105 per cent, scaled to 100']
53-3032 53-3032.00 named 0.328 0.571 1 2
1 2 0.571 60.0 53-3032 False ['truck', 'it'] ('53-3032', 0.574, 'core_task')
2 3 0.429 45.0 None False ['Repair', 'engines'] ('53-3032', 0.0, None)
0.429 0.0 None [] []
$ look <<END -
> Task	Hours
> Drive the truck	30
> Repair engines	10
> END
- soc scaled hours 40.0 ['duties are taken from column Task, hours from column Hours', 'the times are 40 hours together, scaled to 100 per cent']
49-3031 49-3031.00 leads_job 0.75 0.75 1 3
49-3023 49-3023.00 leads_job 0.0 0.0 0 3
53-3032 53-3032.00 leads_job 0.0 0.0 0 2
53-7051 53-7051.00 leads_job 0.0 0.0 0 1
1 2 0.75 30.0 49-3031 False [] ('49-3031', 1.0, 'supplemental_task') ('49-3023', 0.0, None) ('53-3032', 0.0, None) ('53-7051', 0.0, None)
2 3 0.25 10.0 None False ['Repair', 'engines'] ('49-3031', 0.0, None) ('49-3023', 0.0, None) ('53-3032', 0.0, None) ('53-7051', 0.0, None)
0.25 0.0 None [] []

# Markdown and HTML have the same in them.
$ soc duties -q --codes 29-1141,15-1252 --format md lead.txt | grep -c '^#'
10
$ soc duties -q --codes 29-1141,15-1252 --format html lead.txt | grep -o '<h[1-6]' | sort | uniq -c | tr -s ' '
 1 <h1
 5 <h2
 4 <h3
$ printf '<script>alert(1)</script> & nurse patients\n' | soc duties -q --format html - | grep -c '<script'
0
[exit 1]

# What is wrong is said with its line.
$ soc duties -q
soc: no duty sheet is named
hint: such as soc duties duties.txt, or - for standard input
[exit 2]
$ soc duties -q a b
soc: a duty sheet is one file
hint: such as soc duties duties.txt, or - for standard input
[exit 2]
$ soc duties -q nowhere.txt
soc: cannot open nowhere.txt: No such file or directory
hint: check the path
[exit 2]
$ soc duties -q /dev/null
soc: /dev/null: there is no duty in the sheet
hint: write one duty a line, such as: 30% design and test software
[exit 2]
$ printf '50%% a\n250%% b\n' | soc duties -q -
soc: standard input: the times of 2 duties add up to 300 per cent
hint: sums from 90 to 110 per cent are scaled to 100; hours may have any sum: 12 hours
[exit 2]
$ printf '0%% nurse\n' | soc duties -q -
soc: standard input: the times add up to 0
hint: give each duty its share of the time, or none of them
[exit 2]
$ printf 'nurse\n-5%% drive\n' | soc duties -q -
soc: standard input:2: a time is negative
hint: write a time as 30% or 12 hours; behind a bullet, leave a blank
[exit 2]
$ printf 'nurse\n5%%\n' | soc duties -q -
soc: standard input:2: a time stands without a duty
hint: write the time and its duty on one line: 30% design ...
[exit 2]
$ printf 'caf\351\n' | soc duties -q -
soc: standard input:1: the text is not UTF-8
hint: save it as UTF-8: iconv -f windows-1252 -t utf-8 FILE
[exit 2]
$ printf 'duty,time\nnurse,much\n' >bad.csv; soc duties -q bad.csv
soc: bad.csv:2: "much" is no time
hint: write a time as 30, 30% or 12 hours
[exit 2]
$ printf 'a,b\nnurse,much\n' >bad.csv; soc duties -q bad.csv
soc: bad.csv:1: there is no column of duties
hint: the first row names the columns, such as duty,percent; here it is: a, b
[exit 2]
$ soc duties -q --codes 15-1252,99-9999 lead.txt
soc: the index has no code 99-9999
hint: the nearest are 55-2012.00 First-Line Supervisors of Weapons Specialists/Crew Members, 55-3011.00 Air Crew Members, 55-3014.00 Artillery and Missile Crew Members and 55-3016.00 Infantry
[exit 2]
$ soc duties -q --codes 15-1200 lead.txt
soc: 15-1200 is a minor group, no occupation
hint: name one of its occupations: 15-1211.00 Computer Systems Analysts, 15-1212.00 Information Security Analysts, 15-1221.00 Computer and Information Research Scientists, 15-1232.00 Computer User Support Specialists and 7 more
[exit 2]
$ for list in '' , '15-1252, ,29-1141' 15-1252,; do soc duties -q --codes "$list" lead.txt; done
soc: --codes names no code
hint: put one comma between codes, such as --codes 15-1252,15-2051
soc: --codes has an empty entry, number 1
hint: put one comma between codes, such as --codes 15-1252,15-2051
soc: --codes has an empty entry, number 2
hint: put one comma between codes, such as --codes 15-1252,15-2051
soc: --codes has an empty entry, number 2
hint: put one comma between codes, such as --codes 15-1252,15-2051
[exit 2]
$ soc duties -q --codes nurse lead.txt
soc: 'nurse' is no occupation code
hint: a code looks like 15-1252.00 or 15-1252; to find one, use soc search
[exit 2]
$ printf 'xyzzy plugh\n' | soc duties -q -
soc: no word of these duties is known to the index
hint: name the codes to weigh: --codes 15-1252,15-2051
[exit 2]
$ printf 'xyzzy plugh\n' | soc duties -q --codes 15-1252 - | sed -n 1,6p
Duties

What the duties come to
  1 duty from standard input.

  ! No code that was weighed covers any of the duties.
