# soc show: everything known of a code.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc

# One occupation, in full.
$ soc show -q 31-1131.00
31-1131.00  Nursing Assistants
in 31-0000 > 31-1100 > 31-1130 > 31-1131

Description  O*NET 0.1, November 2026
  Provide hands-on daily care to residents of nursing homes and to hospital
  patients, working under licensed nurses. They answer call lights, turn and
  lift patients, and chart what they see.

Reported titles (3)  O*NET 0.1, November 2026
  Certified Nursing Assistant (CNA); Nurse's Aide; Patient Care Technician (PCT)

Alternate titles (12)  O*NET 0.1, November 2026
  Certified Nurse Aide (CNA); Certified Nursing Assistant (CNA); CNA; Geriatric
  Aide; Hospital Aide; Licensed Nursing Assistant (LNA); Nurse's Aide; Nursing
  Assistant; Nursing Home Aide; Patient Care Aide; Patient Care Technician
  (PCT); State Tested Nursing Assistant (STNA)

Short titles (4)  O*NET 0.1, November 2026
  CNA; LNA; PCT; STNA

Core tasks (5)  O*NET 0.1, November 2026
  - Answer call lights promptly and find out what the resident wants or needs.
  - Bathe residents, brush their teeth, and change soiled gowns without hurting
    their dignity.
  - Turn bedridden patients every two hours to spare them pressure sores.
  - Chart how much each patient drank, ate, and passed during the shift.
  - Spoon-feed residents who can no longer hold a fork and watch for choking.

Supplemental tasks (2)  O*NET 0.1, November 2026
  - Wheel patients to X-ray, the operating room, or the dining hall.
  - Strip and remake beds after discharge and wipe down rails and tables.

Job Zone  O*NET 0.1, November 2026
  Job Zone Two: Some Preparation Needed
  SVP (4.0 to < 6.0): over 3 months, up to 1 year of preparation, schooling and
  training counted
  Experience  Having done something similar before is a help, though seldom a
              must.
  Education   Employers mostly look for people who finished high school.
  Training    Count on several months beside a seasoned hand, at most about a
              year.
  Examples    Many of these jobs mean serving people or handling equipment.
              Security guards, customer service agents, and truck drivers are
              typical.

Required Level of Education, share of workers asked  O*NET 0.1, November 2026
    5.0%  No high school diploma                        #
   45.0%  High school diploma or GED                    #########
   45.0%  Certificate from a course taken after high    #########
    5.0%  Some college, but no degree                   #
  Is an advanced degree typical? No: 0.0% of the workers asked report a master's
  degree or more.

Work activities (3)  O*NET 0.1, November 2026
  - Notice and write down how people or animals in care are doing.
  - Help people to wash, dress, or eat.
  - Clean rooms, floors, or work areas.

Technologies  O*NET 0.1, November 2026
  Bedside charting applications [in demand]

Tools (3)  O*NET 0.1, November 2026
  Blood pressure cuffs; Hospital wheelchairs; Sling lifts

Related occupations (4)  O*NET 0.1, November 2026
  31-1121.00  Home Health Aides
  31-1122.00  Personal Care Aides
  31-9092.00  Medical Assistants
  31-9097.00  Phlebotomists

# Six digits; several occupations under one SOC code; the eight digits of one of them.
$ soc show -q 31-1131 | head -2
31-1131.00  Nursing Assistants
in 31-0000 > 31-1100 > 31-1130 > 31-1131
$ soc show -q 29-1141 | sed -n '1p;/^Also/,$p'
29-1141.00  Registered Nurses
Also under this code
  29-1141.03  Critical Care Nurses
$ soc show -q 29-1141.03 | head -1
29-1141.03  Critical Care Nurses
$ soc show 31-1131 2>&1 >/dev/null
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor

# Groups and their members.
$ soc show -q 31-0000
31-0000  a major group with 6 occupations
  31-1121.00  Home Health Aides
  31-1122.00  Personal Care Aides
  31-1131.00  Nursing Assistants
  31-9091.00  Dental Assistants
  31-9092.00  Medical Assistants
  31-9097.00  Phlebotomists
$ soc show -q 31-1100
31-1100  a minor group with 3 occupations
  31-1121.00  Home Health Aides
  31-1122.00  Personal Care Aides
  31-1131.00  Nursing Assistants
$ soc show -q 29-1140
29-1140  a broad group with 2 occupations
  29-1141.00  Registered Nurses
  29-1141.03  Critical Care Nurses

# Codes that are not there: exit status 1, and the real ones near them.
$ soc show -q 29-1199.00
soc: the index has no code 29-1199.00
[exit 1]
$ soc show 15-1132.00
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: the index has no code 15-1132.00
(re) hint: the nearest.*
...
  15-1252.00  Software Developers
...
[exit 1]
$ soc show 29-1141.99
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: the index has no code 29-1141.99
(re) hint: the nearest.*
...
  29-1141.00  Registered Nurses
  29-1141.03  Critical Care Nurses
...
[exit 1]
$ soc show 99-9999 2>&1 | grep -F 'no code'
soc: the index has no code 99-9999

# Several; what is there is shown, and the exit status tells of the rest.
$ soc show -q 31-1131.00 29-1141.03 31-1100 | grep '^[0-9]'
31-1131.00  Nursing Assistants
29-1141.03  Critical Care Nurses
31-1100  a minor group with 3 occupations
$ soc show -q 99-9999 31-1131 | grep '^[0-9]'
soc: the index has no code 99-9999
31-1131.00  Nursing Assistants
$ soc show -q 99-9999 31-1131 >/dev/null
soc: the index has no code 99-9999
[exit 1]

# No codes at all.
$ soc show
soc: no code is named
hint: soc show 15-1252.00
[exit 2]
$ for g in nurse 15 15-12 15-12520 15-1252.0 15-1252.000 '15-1252.00 ' 1a-1252 '' -- ; do echo "[$g] $(soc show -q "$g" 2>&1 | head -1 | cut -c1-70)"; done
[nurse] soc: 'nurse' is no occupation code
[15] 15-0000  a major group with 15 occupations
[15-12] 15-1200  a minor group with 11 occupations
[15-12520] soc: '15-12520' is no occupation code
[15-1252.0] 15-1252.00  Software Developers
[15-1252.000] soc: '15-1252.000' is no occupation code
[15-1252.00 ] 15-1252.00  Software Developers
[1a-1252] soc: '1a-1252' is no occupation code
[] soc: '' is no occupation code
[--] soc: no code is named
$ soc show -q nurse
(re) soc: '?nurse'? is no occupation code
hint: a code looks like 15-1252.00, 15-1252 or 15-0000; to find one, use soc search
[exit 2]
$ soc show -q "$(printf '\033[31m\007')" 2>&1 | LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]')"
0
[exit 1]

# JSON.
$ soc show -q --format json 29-1141 | python3 -c '
> import json, sys
> a = json.load(sys.stdin); o = a[0]; e = o["evidence"]
> print(type(a).__name__, len(a), sorted(o))
> print(o["code"], o["title"], o["groups"], o["job_zone"]["zone"], o["also"])
> print(sorted(e)); print(e["official_title"]); print(sorted(o["education"][0])); print(sorted(o["related"][0]))
> print(sum(x["percent"] for x in o["education"] if x["scale"] == "RL"))'
list 1 ['also', 'appendix_a', 'code', 'education', 'evidence', 'facts', 'format', 'groups', 'job_zone', 'related', 'stem', 'title']
29-1141.00 Registered Nurses {'major': '29-0000', 'minor': '29-1000', 'broad': '29-1140', 'soc': '29-1141'} 3 [{'code': '29-1141.03', 'title': 'Critical Care Nurses'}]
['activity', 'alternate_title', 'core_task', 'description', 'official_title', 'reported_title', 'short_title', 'supplemental_task', 'task', 'technology', 'tool']
[{'text': 'Registered Nurses', 'source': 'O*NET 0.1'}]
['category', 'date', 'element', 'percent', 'release', 'scale', 'source', 'suppressed', 'text']
['code', 'rank', 'source', 'tier']
100.0
$ soc show -q --format json 31-1100 31-1131.00 | python3 -c '
> import json, sys
> a = json.load(sys.stdin)
> print(len(a), a[0]["code"], a[0]["level"], [m["code"] for m in a[0]["members"]], a[1]["code"])'
2 31-1100 minor ['31-1121.00', '31-1122.00', '31-1131.00'] 31-1131.00
$ soc show -q --format json 99-9999
soc: the index has no code 99-9999
[]
[exit 1]
$ soc show -q --format json nurse 2>/dev/null
[exit 2]

# Every occupation of the index can be shown, in both forms.
$ codes=$(for g in 11 13 15 17 19 21 23 25 27 29 31 33 35 37 39 41 43 45 47 49 51 53 55; do soc show -q $g-0000 | grep -o '^  [0-9-]*\.[0-9]*'; done); echo $codes | wc -w
160
$ soc show -q $codes | grep -c '^[0-9][0-9]-'
160
$ soc show -q --format json $codes | python3 -c 'import json, sys; a = json.load(sys.stdin); print(len(a), all(o["evidence"]["description"] and o["title"] for o in a))'
160 True

# Narrow, piped, coloured.
$ COLUMNS=50 soc show -q 31-1131.00 | awk 'length > 50'
Required Level of Education, share of workers asked
$ soc show -q 31-1131.00 | head -1
31-1131.00  Nursing Assistants
$ soc show -q --color always 31-1131.00 | head -1 | cat -v
^[[1m31-1131.00  Nursing Assistants^[[0m
$ soc show -q --color always 31-1131.00 | sed 's/\x1b\[[0-9;]*m//g' >plain; soc show -q 31-1131.00 | diff plain -

# A table of fields.
$ soc fields | grep -o '^[a-z]*' | tr '\n' ' '
title description task activity technology tool code group zone  (no newline)

# As HTML and as Markdown: what text has as lines are lists, tables and figures there.
$ soc show -q -s education 29-1141 --format md
# Occupation 29-1141

## 29-1141.00  Registered Nurses

in 29-0000 \> 29-1000 \> 29-1140 \> 29-1141

### Required Level of Education, share of workers asked

Source: O\*NET 0.1, November 2026

**Share of workers asked**

| | | |
| --- | ---: | --- |
| Certificate from a course taken after high school | 5.0% | █ |
| Two-year college degree | 35.0% | ███████ |
| Four-year college degree | 55.0% | ███████████ |
| A master's degree | 5.0% | █ |

Is an advanced degree typical? No: 5.0% of the workers asked report a master's degree or more.

The index holds the sample corpus of soc-search, not a release of the Department of Labor: nothing in this document may be relied on.

This document is not legal advice. It shows what the releases named in it say and how one program weighs that; whether a code fits a job is for its reader to decide.
$ soc show -q -s zone,related,members 29-1141.00 29-2000 --format html | grep -e '<h[123]>' -e '<dt>'
<h1>Occupations 29-1141.00, 29-2000</h1>
<h2>29-1141.00  Registered Nurses</h2>
<h3>Job Zone</h3>
<dt>Experience</dt><dd>Employers expect a trade, a license, or a couple of years in the field.</dd>
<dt>Education</dt><dd>A vocational program, an apprenticeship, or a two-year degree is the common way in.</dd>
<dt>Training</dt><dd>One or two years pass before a person works fully alone.</dd>
<dt>Examples</dt><dd>Skilled trades and lead positions make up most of this group. Electricians, barbers, and medical assistants are typical.</dd>
<h3>Related occupations (4)</h3>
<dt>29-1141.03</dt><dd>Critical Care Nurses</dd>
<dt>29-1171.00</dt><dd>Nurse Practitioners</dd>
<dt>29-2061.00</dt><dd>Licensed Practical and Licensed Vocational Nurses</dd>
<dt>11-9111.00</dt><dd>Medical and Health Services Managers</dd>
<h2>29-2000  a minor group with 2 occupations</h2>
<dt>29-2034.00</dt><dd>Radiologic Technologists and Technicians</dd>
<dt>29-2061.00</dt><dd>Licensed Practical and Licensed Vocational Nurses</dd>
