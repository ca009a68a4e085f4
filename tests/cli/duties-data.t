# needs: data
# needs: speed
# Duties against a release: codes, titles and figures only.
$ cd "$SOC_TEST_DATA"
$ soc-index build -q -o "$OLDPWD/all.soc" onet/db_30_1_text.zip bls/* census/* crosswalk/* flag/* oflc/*.csv.gz soc/* stem/*
$ cd "$OLDPWD"
$ export SOC_INDEX=all.soc
$ cat >look.py <<'END'
> import json, sys
> t = json.load(sys.stdin)
> for c in t["codes"]:
>     print(c["code"], c["title"], round(100 * c["coverage"]), round(100 * c["time"]), c["skill"]["job_zone"], c["skill"]["entry_education"], sep="; ")
> print(*[d["falls_to"] for d in t["duties"]])
> print(round(100 * t["uncovered"]), round(100 * t["supervising"]), t["title_leads_to"])
> print([(c["code"], round(100 * c["time"])) for c in t["combination"]], [r["rule"] for r in t["rules"]])
> END
$ look() { soc duties -q --format json "$@" | python3 look.py; }

# Tasks of a code as they stand, as a sheet: the code covers them whole, one of another trade hardly any.
$ cat >tasks.py <<'END'
> import io, os, csv, sys, zipfile
> release = zipfile.ZipFile(os.environ["SOC_TEST_DATA"] + "/onet/db_30_1_text.zip")
> member = next(n for n in release.namelist() if n.endswith("/Task Statements.txt"))
> for row in csv.DictReader(io.TextIOWrapper(release.open(member), "utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
>     if row["O*NET-SOC Code"] == sys.argv[1]:
>         print("-", row["Task"])
> END
$ python3 tasks.py 29-1141.00 >nurse.txt; python3 tasks.py 53-3032.00 >driver.txt
$ look --codes 29-1141,53-3032 nurse.txt | sed -n 1,2p
29-1141; Registered Nurses; 100; 100; 4 to 5; Bachelor's degree
53-3032; Heavy and Tractor-Trailer Truck Drivers; 3; 0; 2; Postsecondary nondegree award
$ look --codes 29-1141,53-3032 driver.txt | sed -n 1,2p
29-1141; Registered Nurses; 2; 0; 4 to 5; Bachelor's degree
53-3032; Heavy and Tractor-Trailer Truck Drivers; 100; 100; 2; Postsecondary nondegree award
$ (sed -n 1,4p nurse.txt; sed -n 1,4p driver.txt) | look -
53-3032; Heavy and Tractor-Trailer Truck Drivers; 53; 50; 2; Postsecondary nondegree award
29-1141; Registered Nurses; 50; 50; 4 to 5; Bachelor's degree
29-2032; Diagnostic Medical Sonographers; 40; 0; 3; Associate's degree
29-1126; Respiratory Therapists; 33; 0; 3; Associate's degree
29-1141 29-1141 29-1141 29-1141 53-3032 53-3032 53-3032 53-3032
0 0 None
[('53-3032', 50), ('29-1141', 50)] ['highest_skill']

# Worked examples of docs/duties.md: the codes, and of each duty to which it falls and how far each code covers it.
$ cat >>look.py <<'END'
> for d in t["duties"]:
>     print(d["falls_to"], *[(c["code"], round(100 * c["coverage"])) for c in d["codes"]])
> END
$ cat >ai.txt <<END
> 40% Develop and train machine learning models and evaluate their accuracy on large data sets
> 25% Design and write software that puts models into production, and test it
> 20% Research new algorithms and publish results at scientific conferences
> 15% Present findings to management and stakeholders
> END
$ look --title 'AI Researcher' --codes 15-2051,15-1252,15-1221 ai.txt
15-2051; Data Scientists; 38; 75; 4; Bachelor's degree
15-1252; Software Developers; 22; 25; 4; Bachelor's degree
15-1221; Computer and Information Research Scientists; 6; 0; 5; Master's degree
15-2051 15-1252 15-2051 15-2051
0 0 15-1221
[] ['work_performed']
15-2051 ('15-2051', 44) ('15-1252', 19) ('15-1221', 0)
15-1252 ('15-2051', 22) ('15-1252', 59) ('15-1221', 22)
15-2051 ('15-2051', 49) ('15-1252', 0) ('15-1221', 0)
15-2051 ('15-2051', 35) ('15-1252', 0) ('15-1221', 0)
$ cat >leader.txt <<END
> 45% Supervise a team of twelve customer service agents and assign their daily work
> 20% Listen to calls and coach agents on how they answer customers
> 20% Resolve complaints that agents could not settle
> 15% Prepare weekly reports on call volume and staffing
> END
$ look --title 'Team Leader' --codes 43-1011,41-1012,43-4051 leader.txt
43-1011; First-Line Supervisors of Office and Administrative Support Workers; 27; 45; 3; High school diploma or equivalent
41-1012; First-Line Supervisors of Non-Retail Sales Workers; 25; 0; 4; High school diploma or equivalent
43-4051; Customer Service Representatives; 10; 20; 2; High school diploma or equivalent
43-1011 None 43-4051 None
35 45 11-3021
[] ['work_performed', 'supervises_partly']
43-1011 ('43-1011', 38) ('41-1012', 31) ('43-4051', 0)
None ('43-1011', 21) ('41-1012', 27) ('43-4051', 0)
43-4051 ('43-1011', 28) ('41-1012', 28) ('43-4051', 49)
None ('43-1011', 0) ('41-1012', 0) ('43-4051', 0)
$ sed 's/^45%/85%/; s/^[12]./5/' leader.txt | look --title 'Team Leader' --codes 43-1011,41-1012,43-4051 - | sed -n 4,6p
43-1011 None 43-4051 None
10 85 11-3021
[] ['work_performed', 'supervises_mostly']
$ cat >strategy.txt <<END
> 35% Analyze markets, competitors, and the economics of new lines of business
> 25% Interview managers and study their operations to recommend better methods and organization
> 20% Direct and coordinate the projects that carry out the strategy, and their budgets
> 20% Present recommendations to executives and prepare reports on them
> END
$ look --title 'Strategy Manager' --codes 13-1111,11-1021,11-2021,11-1011 strategy.txt
13-1111; Management Analysts; 21; 45; 4; Bachelor's degree
11-1021; General and Operations Managers; 7; 0; 4; Bachelor's degree
11-2021; Marketing Managers; 33; 55; 4; Bachelor's degree
11-1011; Chief Executives; 25; 0; 5; Bachelor's degree
11-2021 13-1111 11-2021 13-1111
0 0 13-1111
[('11-2021', 55), ('13-1111', 45)] ['most_time', 'manages']
11-2021 ('13-1111', 0) ('11-1021', 0) ('11-2021', 68) ('11-1011', 0)
13-1111 ('13-1111', 47) ('11-1021', 0) ('11-2021', 0) ('11-1011', 17)
11-2021 ('13-1111', 0) ('11-1021', 34) ('11-2021', 47) ('11-1011', 34)
13-1111 ('13-1111', 45) ('11-1021', 0) ('11-2021', 0) ('11-1011', 68)
$ cat >hybrid.txt <<END
> 30% Prepare tax returns and financial statements for small firms
> 20% Examine account books and accounting systems for errors
> 30% Design, write, and test software applications that import bank records
> 20% Modify existing software to correct errors and improve its performance
> END
$ look --codes 13-2011,15-1252 hybrid.txt
13-2011; Accountants and Auditors; 34; 50; 4; Bachelor's degree
15-1252; Software Developers; 29; 50; 4; Bachelor's degree
13-2011 13-2011 15-1252 15-1252
0 0 None
[('13-2011', 50), ('15-1252', 50)] ['most_time']
13-2011 ('13-2011', 65) ('15-1252', 0)
13-2011 ('13-2011', 71) ('15-1252', 0)
15-1252 ('13-2011', 0) ('15-1252', 30)
15-1252 ('13-2011', 0) ('15-1252', 100)
