# needs: data
# needs: speed
# Facts from the files as published: codes, counts and figures.

$ export SOURCE_DATE_EPOCH=1700000000
$ D=$SOC_TEST_DATA; set -- "$D"/onet/db_30_1_text.zip "$D"/bls "$D"/crosswalk "$D"/flag "$D"/soc "$D"/stem
$ soc-index build -q --no-model -o facts.soc "$@"; soc-index build -q --no-model -o without.soc "$D"/onet/db_30_1_text.zip "$D"/bls/2018* "$D"/crosswalk/2010* "$D"/crosswalk/soc_2010* "$D"/soc
$ export SOC_INDEX=facts.soc
$ soc-index info --json facts.soc | python3 -c '
> import json, sys
> m = json.load(sys.stdin)
> print({k: n for k, n in m["facts"].items() if not k.startswith(("hourly", "annual", "outlook"))})
> for s in m["sources"]:
>     if s["family"] in ("flag", "oews", "projections", "soc-cip", "stem-cip", "stem-census", "stem-onet"):
>         print(s["title"], s["release"], s["date"], [(t["table"], t["rows"], t["used"], t["rejected"]) for t in s["tables"]], sep="; ")'
{'advanced_degree': 878, 'appendix_a': 405, 'flag_zone': 997, 'flag_education': 997, 'wage_title': 1396, 'employment': 1396, 'employment_error': 1396, 'wage_error': 1396, 'wage_basis': 90, 'entry_education': 832, 'entry_experience': 832, 'entry_training': 832, 'degree': 6093, 'stem_onet': 330, 'stem_ncses': 525, 'stem_dhs': 540}
OEWS May 2024; 2024; May 2024; [('Wages that are published as so much or more', 37, 1, {}), ('Employment and wages', 1403, 1403, {})]
Employment Projections 2024-34; 2024-34; ; [('Projections and characteristics of workers', 1117, 1113, {})]
SOC 2018 to CIP 2020 crosswalk; 2020; ; [('SOC 2018 to CIP 2020', 6093, 6093, {})]
FLAG wage year 2025-26; 2025-26; ; [('Appendix A', 405, 405, {}), ('Job Zones by occupation', 997, 997, {}), ('Education by occupation', 997, 997, {})]
O*NET list of STEM occupations; ; ; [('STEM occupations', 308, 308, {})]
DHS STEM degree programmes 2024; 2024; ; [('STEM degree programmes', 540, 540, {})]
NCSES STEM classes 2021; 2021; ; [('STEM classes of Census occupations', 525, 525, {})]

# They cost less than 2 MB.
$ expr $(stat -c %s facts.soc) - $(stat -c %s without.soc) \< 2000000
1

# Wages: a code's own, those of its six digits, of the broad group, of a code of the survey's own; none.
$ cat >wage.py <<'END'
> import json, sys
> for o in json.load(sys.stdin):
>     f = {x["fact"]: x for x in o["facts"]}
>     w = f.get("annual_median")
>     print(o["code"], *([w["code"], w["way"], w["shown"], f["hourly_median"]["shown"], f["annual_90"]["shown"], f["employment"]["shown"]] if w else ["none"]))
> END
$ soc show -q --format json 15-1252 15-1252.00 15-1299.08 15-1299.00 13-1021 13-2023 21-1014 25-2055 25-9049 29-2012 31-1121 39-7011 47-4099 51-2022 51-2099 53-1044 11-1011 27-2011 45-3031 55-1011 15-1200 13-1020 21-1018 | python3 wage.py
15-1252.00 15-1252 soc $133,080 $63.98 $211,450 1,654,440
15-1252.00 15-1252 soc $133,080 $63.98 $211,450 1,654,440
15-1299.08 15-1299 soc $108,970 $52.39 $176,800 439,380
15-1299.00 15-1299 soc $108,970 $52.39 $176,800 439,380
13-1021.00 13-1020 group $75,650 $36.37 $127,520 486,900
13-2023.00 13-2020 group $65,420 $31.45 $122,760 59,070
21-1014.00 21-1018 survey $59,190 $28.46 $98,210 440,380
25-2055.00 25-2052 survey $63,000 not available $100,620 231,570
25-9049.00 25-9045 survey $35,240 not available $48,140 1,375,300
29-2012.00 29-2010 group $61,890 $29.75 $97,990 343,040
31-1121.00 31-1120 group $34,900 $16.78 $44,190 3,988,140
39-7011.00 39-7010 group $36,660 $17.63 $59,930 49,010
47-4099.00 47-4090 group $48,120 $23.14 $77,540 33,530
51-2022.00 51-2028 survey $44,040 $21.17 $61,080 261,140
51-2099.00 51-2090 group $42,210 $20.29 $62,030 1,457,800
53-1044.00 53-1047 survey $61,890 $29.76 $94,830 605,510
11-1011.00 11-1011 soc $206,420 $99.24 at least $239,200 211,850
27-2011.00 27-2011 soc not available $23.33 not available 38,800
45-3031.00 none
55-1011.00 none
15-1200 15-1200 own $105,990 $50.96 $180,110 4,786,660
13-1020 13-1020 own $75,650 $36.37 $127,520 486,900
21-1018 21-1018 own $59,190 $28.46 $98,210 440,380
$ soc show -q --section wages 11-1011 | tail -6
                 mean        10%        25%     median        75%        90%
  a year     $262,930    $73,710   $126,080   $206,420  $239,200+  $239,200+
  an hour     $126.41     $35.44     $60.61     $99.24   $115.00+   $115.00+
  + or #: so much or more; the survey publishes nothing above it
  Employment               211,850 jobs, the self-employed not counted (relative
                           standard error 1.2%)

# Every occupation has wages but those that the survey does not cover.
$ codes=$(for g in 11 13 15 17 19 21 23 25 27 29 31 33 35 37 39 41 43 45 47 49 51 53 55; do soc show -q --section members $g-0000 | grep -o '^  [0-9-]*\.[0-9]*'; done); echo $codes | wc -w
1016
$ soc show -q --format jsonl $codes | python3 -c '
> import collections, json, sys
> ways = collections.Counter(); none = []
> for line in sys.stdin:
>     o = json.loads(line)
>     w = [f for f in o["facts"] if f["fact"] == "employment"]
>     if w: ways[w[0]["way"]] += 1
>     elif not o["code"].startswith("55-"): none.append(o["code"])
> print(sorted(ways.items()), none)'
[('group', 20), ('soc', 962), ('survey', 14)] ['45-3031.00']

# Outlook, education, Appendix A, Job Zones, fields of study, STEM.
$ soc show -q --section outlook 15-1252
15-1252.00  Software Developers
in 15-0000  Computer and Mathematical Occupations
     15-1200  Computer Occupations
       15-1250  Software and Web Developers, Programmers, and Testers
         15-1252  Software Developers

Outlook  Employment Projections 2024-34
  outlook of 15-1252 Software Developers
  Employment               1,693.8 thousand
  Projected employment     1,961.4 thousand
  Change                   267.7 thousand
  Growth                   15.8%
  Openings a year          115.2 thousand
  Self-employed            1.6%
  Median annual wage       $133,080
  Typical entry education  Bachelor's degree
  Experience elsewhere     None
  Training on the job      None
$ soc show -q --section profession,stem 15-1252 29-1141.01 15-1299.00 13-1082
15-1252.00  Software Developers
in 15-0000  Computer and Mathematical Occupations
     15-1200  Computer Occupations
       15-1250  Software and Web Developers, Programmers, and Testers
         15-1252  Software Developers

Wage system  FLAG wage year 2025-26
  Appendix A               a professional occupation; usual education:
                           Bachelor's degree (BLS Data)
  Job Zone                 4 (O*NET)
  Education                Bachelor's degree (BLS Data)

STEM, by list
  O*NET list of STEM occupations   yes: Research, Development, Design, and
                                   Practitioners (published for 15-1132.00,
                                   which was split; published for 15-1133.00,
                                   which was split)
  NCSES STEM classes 2021          STEM (Software developers; published for
                                   Census 1021)
  DHS STEM degree programmes 2024  17 of the 20 fields of study that lead to it
                                   are on the list

29-1141.01  Acute Care Nurses
in 29-0000  Healthcare Practitioners and Technical Occupations
     29-1000  Healthcare Diagnosing or Treating Practitioners
       29-1140  Registered Nurses
         29-1141  Registered Nurses

Wage system  FLAG wage year 2025-26
  Appendix A               a professional occupation; usual education:
                           Bachelor's degree (BLS Data)
  Job Zone                 3 (O*NET)
                           O*NET has Job Zone 4: the two sources differ
  Education                Bachelor's degree (BLS Data)

STEM, by list
  O*NET list of STEM occupations   yes: Research, Development, Design, and
                                   Practitioners
  NCSES STEM classes 2021          STEM (Registered nurses; published for Census
                                   3255)
  DHS STEM degree programmes 2024  0 of the 21 fields of study that lead to it
                                   are on the list

15-1299.00  Computer Occupations, All Other
in 15-0000  Computer and Mathematical Occupations
     15-1200  Computer Occupations
       15-1290  Miscellaneous Computer Occupations
         15-1299  Computer Occupations, All Other

Wage system  FLAG wage year 2025-26
  Appendix A               a professional occupation; usual education:
                           Bachelor's degree (BLS Data)
  Job Zone                 4 (SOC Broad Occupation Group)
  Education                Bachelor's degree (BLS Data)

STEM, by list
  O*NET list of STEM occupations   partly: Research, Development, Design, and
                                   Practitioners (in part: published for
                                   15-1199.00, which was split)
  NCSES STEM classes 2021          STEM (Computer occupations, all other;
                                   published for Census 1108)
  DHS STEM degree programmes 2024  13 of the 14 fields of study that lead to it
                                   are on the list

13-1082.00  Project Management Specialists
in 13-0000  Business and Financial Operations Occupations
     13-1000  Business Operations Specialists
       13-1080  Logisticians and Project Management Specialists
         13-1082  Project Management Specialists

Wage system  FLAG wage year 2025-26
  Appendix A               a professional occupation; usual education:
                           Bachelor's degree (BLS Data)
  Job Zone                 4 (O*NET)
  Education                Bachelor's degree (BLS Data)

STEM, by list
  O*NET list of STEM occupations   partly: Research, Development, Design, and
                                   Practitioners (in part: published for
                                   15-1199.00, which was split)
  NCSES STEM classes 2021          NON-STEM (Project management specialists;
                                   published for Census 0705)
  DHS STEM degree programmes 2024  1 of the 6 fields of study that lead to it is
                                   on the list
$ soc show -q --format json 29-1141.01 35-9031 47-2151 | python3 -c '
> import json, sys
> for o in json.load(sys.stdin): print(o["code"], o["job_zone"]["zone"], [f["value"] for f in o["facts"] if f["fact"] == "flag_zone"])'
29-1141.01 4 [3]
35-9031.00 1 [2]
47-2151.00 1 [2]
$ soc show -q --section degrees --all 17-2141
17-2141.00  Mechanical Engineers
in 17-0000  Architecture and Engineering Occupations
     17-2000  Engineers
       17-2140  Mechanical Engineers
         17-2141  Mechanical Engineers

Fields of study that lead to it (3)  SOC 2018 to CIP 2020 crosswalk
  14.1101 Engineering Mechanics [STEM]; 14.1901 Mechanical Engineering [STEM];
  14.4101 Electromechanical Engineering [STEM]

# Questions.
$ soc search -q -n 3 --format tsv --advanced-degree 50 | cut -f 2,4
code	title
19-1041.00	Epidemiologists
19-2011.00	Astronomers
19-3033.00	Clinical and Counseling Psychologists
$ soc search -q --format json --advanced-degree 50 --level onet | grep '"found"'
  "found": 146,
$ soc search -q --format json --wage 200000 | grep '"found"'
  "found": 24,
$ soc search -q -n 4 --format tsv --degree 'mechanical engineering' | cut -f 2,4
code	title
17-2141.00	Mechanical Engineers
17-2011.00	Aerospace Engineers
13-1051.00	Cost Estimators
25-1032.00	Engineering Teachers, Postsecondary
$ soc search -q -n 4 --format tsv --degree 14.1901 | cut -f 2,4
code	title
17-2141.00	Mechanical Engineers
17-2011.00	Aerospace Engineers
13-1051.00	Cost Estimators
25-1032.00	Engineering Teachers, Postsecondary
$ for l in onet ncses dhs any; do soc search -q --format json --stem $l | grep '"found"'; done
  "found": 204,
  "found": 275,
  "found": 129,
  "found": 324,
$ soc search -q -n 3 --format tsv --where 'outlook_growth >= 30' | cut -f 2,4,11
code	title	facts
49-9081.00	Wind Turbine Service Technicians	growth of employment: 49.9% (Employment Projections 2024-34)
47-2231.00	Solar Photovoltaic Installers	growth of employment: 42.1% (Employment Projections 2024-34)
29-1171.00	Nurse Practitioners	growth of employment: 40.1% (Employment Projections 2024-34)
$ soc search -q --format json --wage 100k --stem --advanced-degree 40 | grep '"found"'
  "found": 55,
$ soc search -q -n 1 --format tsv --wage 100k --stem ncses 'software developer' | cut -f 2,4,11
code	title	facts
15-1252.00	Software Developers	median annual wage: $133,080 (OEWS May 2024); STEM by NCSES STEM classes 2021

# Codes side by side: an AI researcher's.
$ cat >compare.py <<'END'
> import json, sys
> x = json.load(sys.stdin)
> print(x["classification"]["shared"], [(p["part_at_digit"], p["part_at_level"]) for p in x["classification"]["pairs"]])
> for row in x["rows"]:
>     if row["differs"]:
>         print(row["fact"], [(v["value"], v["of"]) if "of" in v else v["value"] for v in row["values"]], row.get("source"), sep="; ")
> print("the same:", [(row["fact"], row["values"][0]["value"]) for row in x["rows"] if not row["differs"]])
> for kind in ("tasks", "activities", "technologies"):
>     print(kind, [c["count"] for c in x[kind]["counts"]], [len(a["own"]) for a in x[kind]["apart"]], len(x[kind]["common"]))
> END
$ soc compare -q --format json 15-2051 15-1252 15-1221 | python3 compare.py
{'level': 'major', 'code': '15-0000'} [(3, 'minor'), (3, 'minor'), (5, 'broad')]
minor; ['15-2000 Mathematical Science Occupations', '15-1200 Computer Occupations', '15-1200 Computer Occupations']; SOC 2018 definitions
broad; ['15-2050 Data Scientists', '15-1250 Software and Web Developers, Programmers, and Testers', '15-1220 Computer and Information Research Scientists']; SOC 2018 definitions
tasks; ['54', '17', '15']; O*NET 30.1
activities; ['42', '18', '18']; O*NET 30.1
technologies; ['270', '429', '163']; O*NET 30.1
job_zone; ['4', '4', '5']; O*NET 30.1
svp; ['7.0 to < 8.0', '7.0 to < 8.0', '8.0 and above']; O*NET 30.1
advanced_degree; [None, '4.5%', '55.4%']; O*NET 30.1
commonest_education; [None, "Bachelor's Degree (84.8%)", "Bachelor's Degree (36.2%)"]; O*NET 30.1
appendix_a; ["Bachelor's degree", "Bachelor's degree", "Master's degree"]; FLAG wage year 2025-26
flag_zone; ['4', '4', '5']; FLAG wage year 2025-26
flag_education; ["Bachelor's degree", "Bachelor's degree", "Master's degree"]; FLAG wage year 2025-26
employment; ['233,440', '1,654,440', '38,480']; OEWS May 2024
annual_mean; ['$124,590', '$144,570', '$152,310']; OEWS May 2024
annual_10; ['$63,650', '$79,850', '$80,670']; OEWS May 2024
annual_25; ['$82,630', '$103,050', '$102,710']; OEWS May 2024
annual_median; ['$112,590', '$133,080', '$140,910']; OEWS May 2024
annual_75; ['$155,810', '$169,000', '$181,210']; OEWS May 2024
annual_90; ['$194,410', '$211,450', '$232,120']; OEWS May 2024
hourly_median; ['$54.13', '$63.98', '$67.74']; OEWS May 2024
outlook_employment; ['245.9 thousand', '1,693.8 thousand', '40.3 thousand']; Employment Projections 2024-34
outlook_projected; ['328.3 thousand', '1,961.4 thousand', '48.3 thousand']; Employment Projections 2024-34
outlook_change; ['82.5 thousand', '267.7 thousand', '7.9 thousand']; Employment Projections 2024-34
outlook_growth; ['33.5%', '15.8%', '19.7%']; Employment Projections 2024-34
outlook_openings; ['23.4 thousand', '115.2 thousand', '3.2 thousand']; Employment Projections 2024-34
outlook_self_employed; ['1.8%', '1.6%', '0.9%']; Employment Projections 2024-34
entry_education; ["Bachelor's degree", "Bachelor's degree", "Master's degree"]; Employment Projections 2024-34
fields_of_study; ['35', '20', '15']; SOC 2018 to CIP 2020 crosswalk
stem_dhs; ['34 of 35 fields of study', '17 of 20 fields of study', '14 of 15 fields of study']; DHS STEM degree programmes 2024
the same: [('major', '15-0000 Computer and Mathematical Occupations'), ('entry_experience', 'None'), ('entry_training', 'None'), ('stem_onet', 'yes'), ('stem_ncses', 'STEM')]
tasks [54, 17, 15] [54, 17, 15] 0
activities [42, 18, 18] [32, 7, 10] 14
technologies [270, 429, 163] [81, 220, 43] 216
$ soc compare -q --format json 15-1299.08 15-1241.00 | python3 compare.py | grep -v 'percent\|hourly\|annual_[m0-9]*5\|outlook_[epc]'
{'level': 'minor', 'code': '15-1200'} [(5, 'broad')]
broad; ['15-1290 Miscellaneous Computer Occupations', '15-1240 Database and Network Administrators and Architects']; SOC 2018 definitions
soc; ['15-1299 Computer Occupations, All Other', '15-1241 Computer Network Architects']; SOC 2018 definitions
tasks; ['28', '33']; O*NET 30.1
activities; ['30', '35']; O*NET 30.1
technologies; ['265', '283']; O*NET 30.1
job_zone; ['3', '4']; O*NET 30.1
svp; ['6.0 to < 7.0', '7.0 to < 8.0']; O*NET 30.1
advanced_degree; ['4.5%', '5.0%']; O*NET 30.1
commonest_education; ['Post-Secondary Certificate (40.9%)', "Bachelor's Degree (55.0%)"]; O*NET 30.1
flag_zone; ['3', '4']; FLAG wage year 2025-26
employment; [('439,380', '15-1299'), '177,010']; OEWS May 2024
annual_mean; [('$116,700', '15-1299'), '$135,890']; OEWS May 2024
annual_10; [('$52,650', '15-1299'), '$79,520']; OEWS May 2024
annual_median; [('$108,970', '15-1299'), '$130,390']; OEWS May 2024
annual_90; [('$176,800', '15-1299'), '$198,030']; OEWS May 2024
outlook_growth; [('8.2%', '15-1299'), '11.9%']; Employment Projections 2024-34
outlook_openings; [('31.3 thousand', '15-1299'), '11.2 thousand']; Employment Projections 2024-34
outlook_self_employed; [('3.9%', '15-1299'), '0.4%']; Employment Projections 2024-34
entry_experience; [('None', '15-1299'), '5 years or more']; Employment Projections 2024-34
fields_of_study; ['14', '9']; SOC 2018 to CIP 2020 crosswalk
stem_dhs; ['13 of 14 fields of study', '9 of 9 fields of study']; DHS STEM degree programmes 2024
the same: [('major', '15-0000 Computer and Mathematical Occupations'), ('minor', '15-1200 Computer Occupations'), ('appendix_a', "Bachelor's degree"), ('flag_education', "Bachelor's degree"), ('entry_education', "Bachelor's degree"), ('entry_training', 'None'), ('stem_onet', 'yes'), ('stem_ncses', 'STEM')]
tasks [28, 33] [28, 33] 0
activities [30, 35] [17, 22] 13
technologies [265, 283] [90, 108] 175
$ soc compare -q --index without.soc 15-2051.00 15-1252.00 | tail -2
  ! Of these codes the index has nothing on: Appendix A, wages, the outlook,
  ! fields of study, lists of STEM, filings.
