# soc compare: codes side by side, differences first.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc

# Two codes with a task in common.
$ soc compare -q -n 2 29-1141 31-1121
29-1141 and 31-1121 compared

Differences at a glance
  What differs between the codes
                             29-1141                    31-1121
  -------------------------  -------------------------  ------------------------
  Title                      Registered Nurses          Home Health Aides
  Major group                29-0000                    31-0000
  Job Zone [1]               3                          2
  SVP [1]                    6.0 to < 7.0               4.0 to < 6.0
  Master's degree or more    5.0%                       0.0%
  [1]
  Commonest education [1]    Four-year college degree   High school diploma or
                             (55.0%)                    GED (55.0%)

  [1] O*NET 0.1, November 2026

Where they part in the classification
  - 29-1141 and 31-1121 part at the first digit, in the major group

  The groups of each code
                    29-1141  31-1121
  ----------------  -------  -------
  Major group       29-0000  31-0000
  Minor group       29-1000  31-1100
  Broad occupation  29-1140  31-1120

Definitions
  Words that stand in no definition of the others are marked, and listed below
  each.

  29-1141, description  Care for the sick and injured in hospitals, clinics, and
                        homes: observe, give medication, dress wounds, teach,
                        comfort, and speak up for the patient. (O*NET 0.1,
                        November 2026)
  only in it            injured, hospitals, clinics, homes, observe, give,
                        medication, dress, wounds, teach, comfort, speak, up,
                        patient
  31-1121, description  Look after sick, frail, or convalescing people in the
                        place they live, following a care plan that a nurse
                        oversees. Much of the day goes to bathing, simple health
                        readings, and noticing early when something is wrong.
                        (O*NET 0.1, November 2026)
  only in it            Look, after, frail, convalescing, people, place, live,
                        following, plan, nurse, oversees, Much, day, goes,
                        bathing, simple, health, readings, noticing, early,
                        when, something, wrong

Tasks that tell them apart  O*NET 0.1, November 2026
  The most telling first: those with the most words that the descriptions and
  tasks of the others do not have, or have less.

  Only in 29-1141 Registered Nurses: 13 of 14
    - Sit with frightened patients and their relatives and answer what they ask.
    - Teach families to manage diabetes, feeding tubes, or dressings at home.
    - and 11 more (--all)

  Only in 31-1121 Home Health Aides: 6 of 7
    - Phone the visiting nurse when a client's breathing, wounds, or mood take a
      turn for the worse.
    - Give bed baths, wash hair, and care for the skin of clients who cannot
      leave their beds.
    - and 4 more (--all)

Tasks in common  O*NET 0.1, November 2026
  alike to 0.56:

  29-1141  Take pulse, temperature, and blood pressure and notice changes that
           call for a physician.
  31-1121  Take temperature, pulse, and blood pressure during each visit and
           note the figures in the client's folder.

Work activities  O*NET 0.1, November 2026
  Only in one:

  29-1141  9 of 9: Examine patients or clients and note the findings.; Give
           medicines or hands-on treatment.; and 7 more (--all)
  31-1121  4 of 4: Notice and write down how people or animals in care are
           doing.; Help people to wash, dress, or eat.; and 2 more (--all)

  In common: 0

Technologies  O*NET 0.1, November 2026
  Only in one:

  29-1141  1 of 1: Epic electronic health record [in demand]
  31-1121  2 of 2: Visit logging applications; Visit scheduling applications

  In common: 0

Job Zone and education  O*NET 0.1, November 2026
  Preparation
                           29-1141                     31-1121
  -----------------------  --------------------------  -------------------------
  Job Zone                 3                           2
  SVP                      6.0 to < 7.0                4.0 to < 6.0
  Master's degree or more  5.0%                        0.0%
  Commonest education      Four-year college degree    High school diploma or
                           (55.0%)                     GED (55.0%)

  - Job Zone Three: Medium Preparation Needed; SVP (6.0 to < 7.0): over 1 year,
    up to 2 years of preparation, schooling and training counted
  - Job Zone Two: Some Preparation Needed; SVP (4.0 to < 6.0): over 3 months, up
    to 1 year of preparation, schooling and training counted

  Education that workers report, per cent of those asked
                                                     29-1141  31-1121
  -------------------------------------------------  -------  -------
  No high school diploma                                0.0%    15.0%
  High school diploma or GED                            0.0%    55.0%
  Certificate from a course taken after high school     5.0%    25.0%
  Some college, but no degree                           0.0%     5.0%
  Two-year college degree                              35.0%     0.0%
  Four-year college degree                             55.0%     0.0%
  A master's degree                                     5.0%     0.0%

  Workers with a master's degree or more
  29-1141 Registered Nurses  5.0%  ##
  31-1121 Home Health Aides  0.0%

  The other occupations under these codes
  Occupation                        Job     Master's or
                                   Zone            more
  -------------------------------  ----  --------------
  29-1141.03 Critical Care Nurses     3  none published

  ! Of these codes the index has nothing on: Appendix A, wages, the outlook,
  ! fields of study, lists of STEM, filings.

# With a job; three codes; every line is as wide as the page.
$ cat >job.txt <<'END'
> Take the temperature and blood pressure of clients at home, cook their meals, keep their rooms clean and drive them to
> appointments.  We offer health insurance.
> END
$ soc compare -q -n 1 31-1122 31-1121 29-1141 --title 'Care Worker' --text job.txt | sed -n '/^How each/,/^Where they/p'
How each fits the job
  Place among all codes
                    31-1122   31-1121   29-1141
  ----------------  --------  --------  --------
  Rank for the job  3 of 151  1 of 151  2 of 151
  Confidence        12%       42%       20%
  Score             4.67      5.67      5.19

  Parts of the score, by what gave them; the widest apart first
                                                   31-1122  31-1121  29-1141
  -----------------------------------------------  -------  -------  -------
  the classifier, on the text                        +0.64    +1.31    +0.92
  the text's words among technologies and tools      +0.00    +0.00    +0.44
  bigrams of the text                                +0.38    +0.66    +0.30
  the text's words in everything said of the code    +1.09    +1.22    +1.04
  the classifier, on the title                       +0.08    +0.00    +0.00
  similar titles, each scored for its codes          +0.22    +0.16    +0.21

  - 31-1121 over 31-1122: 1.00 in all; most for it: the classifier, on the text
    (+0.67); most against it: the classifier, on the title (-0.08)
  - 31-1121 over 29-1141: 0.48 in all; most for it: the classifier, on the text
    (+0.39); most against it: the text's words among technologies and tools
    (-0.44)

  Words of the job that the descriptions and tasks of one have more than those
  of the others:

  31-1122  meals, cook
  31-1121  Take, clients
  29-1141  pressure, blood, Care

  The task of each that is most like the job:

  31-1122  Shop for groceries and cook meals that fit a low-salt, diabetic, or
           other diet. (O*NET 0.1, November 2026)
  31-1121  Take temperature, pulse, and blood pressure during each visit and
           note the figures in the client's folder. (O*NET 0.1, November 2026)
  29-1141  Take pulse, temperature, and blood pressure and notice changes that
           call for a physician. (O*NET 0.1, November 2026)

Where they part in the classification
$ for w in 50 80 132; do COLUMNS=$w soc compare -q 29-1141 31-1121 15-1252 --title 'Care Worker' | awk -v w=$w 'length > w' | grep -v '[^ -~]'; done
[exit 1]
$ soc compare -q --all 29-1141 31-1121 | grep -c 'more (--all)'
0
[exit 1]

# Codes of eight digits, and one of six among them.
$ soc compare -q -n 1 29-1141 29-1141.03 | head -12
29-1141.00 and 29-1141.03 compared

Differences at a glance
  What differs between the codes
                               29-1141.00                   29-1141.03
  ---------------------------  ---------------------------  --------------------
  Title                        Registered Nurses            Critical Care Nurses
  Master's degree or more [1]  5.0%                         none published
  Commonest education [1]      Four-year college degree     none published
                               (55.0%)

  [1] O*NET 0.1, November 2026

# As a document, and for programs.
$ soc compare -q -n 1 29-1141 31-1121 --format md | grep '^#'
# 29-1141 and 31-1121 compared
## Differences at a glance
## Where they part in the classification
## Definitions
## Tasks that tell them apart
### Only in 29-1141 Registered Nurses: 13 of 14
### Only in 31-1121 Home Health Aides: 6 of 7
## Tasks in common
## Work activities
## Technologies
## Job Zone and education
$ soc compare -q -n 1 29-1141 31-1121 --format md | tail -1
This document is not legal advice. It shows what the releases named in it say and how one program weighs that; whether a code fits a job is for its reader to decide.
$ soc compare -q 29-1141 31-1121 --format html >page.html; grep -c '<h2' page.html; grep -o '<title>.*</title>' page.html
8
<title>29-1141 and 31-1121 compared</title>
<title>Workers with a master&#39;s degree or more</title>
$ soc compare -q 29-1141 31-1121 31-1122 --title 'Care Worker' --format json >answer.json; python3 - <<'END'
> import json
> x = json.load(open("answer.json"))
> print(list(x))
> print(x["classification"])
> for row in x["rows"]:
>     print(row["section"], row["fact"], row["differs"], [v["value"] for v in row["values"]], row.get("source"))
> for kind in ("tasks", "activities", "technologies"):
>     for count, apart in zip(x[kind]["counts"], x[kind]["apart"]):
>         common = sum(count["code"] in [o["code"] for o in c["of"]] for c in x[kind]["common"])
>         assert count["count"] == common + len(apart["own"]), (kind, count)
> print([(o["code"], o["id"]) for c in x["tasks"]["common"] for o in c["of"]], x["tasks"]["common"][0]["alike"] > .55)
> for f in x["job"]["fits"]:
>     print(f["code"], f["rank"], abs(sum(f["parts"].values()) - f["score"]) < 1e-4)
> END
['format', 'level', 'codes', 'classification', 'rows', 'tasks', 'activities', 'technologies', 'filed_titles', 'job']
{'shared': None, 'pairs': [{'codes': ['29-1141', '31-1121'], 'part_at_digit': 1, 'part_at_level': 'major'}, {'codes': ['29-1141', '31-1122'], 'part_at_digit': 1, 'part_at_level': 'major'}, {'codes': ['31-1121', '31-1122'], 'part_at_digit': 6, 'part_at_level': 'soc'}]}
fit rank True ['6 of 151', '7 of 151', '4 of 151'] None
fit confidence True ['2%', '1%', '3%'] None
fit score True ['1.90', '1.72', '2.47'] None
classification major True ['29-0000', '31-0000', '31-0000'] None
classification minor True ['29-1000', '31-1100', '31-1100'] None
classification broad True ['29-1140', '31-1120', '31-1120'] None
work tasks True ['14', '7', '7'] O*NET 0.1
work activities True ['9', '4', '6'] O*NET 0.1
work technologies True ['1', '2', None] O*NET 0.1
preparation job_zone True ['3', '2', '2'] O*NET 0.1
preparation svp True ['6.0 to < 7.0', '4.0 to < 6.0', '4.0 to < 6.0'] O*NET 0.1
preparation advanced_degree True ['5.0%', '0.0%', None] O*NET 0.1
preparation commonest_education True ['Four-year college degree (55.0%)', 'High school diploma or GED (55.0%)', None] O*NET 0.1
[('29-1141', '100470'), ('31-1121', '200001')] True
29-1141 6 True
31-1121 7 True
31-1122 4 True
$ soc search -q --format json -n 151 'Care Worker' | python3 -c '
> import json, sys
> there = {c["soc"]: (c["rank"], c["score"]) for c in json.load(sys.stdin)["candidates"]}
> here = json.load(open("answer.json"))["job"]["fits"]
> print([there[f["code"]] == (f["rank"], f["score"]) for f in here])'
[True, True, True]

# What a release or a job has in it stays text.
$ soc compare -q 29-1141 31-1121 --title '<script>alert("x")</script>' --format html | grep -c '<script'
0
[exit 1]

# What cannot be compared.
$ soc compare 29-1141
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: there is nothing to compare 29-1141 with
hint: name two to six codes, such as soc compare 15-2051 15-1252
[exit 2]
$ soc compare
soc: no code is named
hint: name two to six codes, such as soc compare 15-2051 15-1252
[exit 2]
$ soc compare 29-1141 29-1141
soc: 29-1141 is given twice
hint: name each code once
[exit 2]
$ soc compare 29-1141 29-1141.00
soc: 29-1141.00 is given twice
hint: name each code once
[exit 2]
$ soc compare 29-1141 31-1100
soc: 31-1100 is a minor group, no occupation
hint: name one of its occupations: 31-1121.00 Home Health Aides, 31-1122.00 Personal Care Aides and 31-1131.00 Nursing Assistants
[exit 2]
$ soc compare 29-1141 29-9999
soc: the index has no code 29-9999
hint: the nearest are 29-1171.00 Nurse Practitioners, 29-1215.00 Family Medicine Physicians, 29-2034.00 Radiologic Technologists and Technicians and 29-2061.00 Licensed Practical and Licensed Vocational Nurses
[exit 2]
$ soc compare 29-1141 nurse
soc: 'nurse' is no occupation code
hint: a code looks like 15-1252.00 or 15-1252; to find one, use soc search
[exit 2]
$ soc compare 11-1011 11-1021 11-3021 11-9021 13-1082 13-1111 13-2011
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: more than six codes cannot be read side by side
hint: name two to six codes, such as soc compare 15-2051 15-1252
[exit 2]
$ soc compare 29-1141 31-1121 --text nowhere.txt
soc: cannot open nowhere.txt: No such file or directory
hint: check the path
[exit 2]
$ soc compare 29-1141 31-1121 --format csv
soc: --format must be text, json, md or html, not 'csv'
[exit 2]
$ soc compare 29-1141 31-1121 --limit 0
soc: --limit must be a whole number from 1 to 100000, not '0'
[exit 2]
$ soc compare -q 29-1141 31-1121 >/dev/full
soc: cannot write the document: No space left on device
hint: free some space on that disk, or choose another place
[exit 2]
