# needs: data
# needs: speed
# Duties against a release: codes, titles and figures only.
$ onet=$SOC_TEST_DATA/onet; bls=$SOC_TEST_DATA/bls
$ soc-index build -q -o all.soc "$onet/db_30_1_text.zip" "$bls"/* "$SOC_TEST_DATA"/soc/* "$SOC_TEST_DATA"/crosswalk/*
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
53-6051; Transportation Inspectors; 24; 0; 2 to 4; High school diploma or equivalent
29-2072; Medical Records Specialists; 24; 0; 3; Postsecondary nondegree award
29-1141 29-1141 29-1141 29-1141 53-3032 53-3032 53-3032 53-3032
0 0 None
[('53-3032', 50), ('29-1141', 50)] ['highest_skill']

# Worked examples of docs/duties.md.
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
$ cat >leader.txt <<END
> 45% Supervise a team of twelve customer service agents and assign their daily work
> 20% Listen to calls and coach agents on how they answer customers
> 20% Resolve complaints that agents could not settle
> 15% Prepare weekly reports on call volume and staffing
> END
$ look --title 'Team Leader' leader.txt
41-1012; First-Line Supervisors of Non-Retail Sales Workers; 25; 45; 4; High school diploma or equivalent
41-9041; Telemarketers; 14; 20; 2; No formal educational credential
43-4081; Hotel, Motel, and Resort Desk Clerks; 10; 0; 2; High school diploma or equivalent
11-9199; Managers, All Other; 10; 0; 3 to 4; Bachelor's degree
43-4051; Customer Service Representatives; 10; 20; 2; High school diploma or equivalent
13-1071; Human Resources Specialists; 0; 0; 4; Bachelor's degree
41-1012 41-9041 43-4051 None
15 45 41-1012
[] ['supervises_partly']
$ sed 's/^45%/85%/; s/^[12]./5/' leader.txt | look --title 'Team Leader' -
41-1012; First-Line Supervisors of Non-Retail Sales Workers; 29; 85; 4; High school diploma or equivalent
11-9199; Managers, All Other; 19; 0; 3 to 4; Bachelor's degree
43-4081; Hotel, Motel, and Resort Desk Clerks; 12; 0; 2; High school diploma or equivalent
43-4051; Customer Service Representatives; 2; 5; 2; High school diploma or equivalent
41-1012 None 43-4051 None
10 85 41-1012
[] ['supervises_mostly']
$ cat >strategy.txt <<END
> 35% Analyze markets, competitors, and the economics of new lines of business
> 25% Interview managers and study their operations to recommend better methods and organization
> 20% Direct and coordinate the projects that carry out the strategy, and their budgets
> 20% Present recommendations to executives and prepare reports on them
> END
$ look --title 'Strategy Manager' strategy.txt
11-2021; Marketing Managers; 33; 55; 4; Bachelor's degree
11-1011; Chief Executives; 24; 20; 5; Bachelor's degree
11-3071; Transportation, Storage, and Distribution Managers; 17; 0; 4; High school diploma or equivalent
13-2031; Budget Analysts; 17; 0; 4; Bachelor's degree
17-2112; Industrial Engineers; 15; 25; 4 to 5; Bachelor's degree
11-1021; General and Operations Managers; 11; 0; 4; Bachelor's degree
11-2021 17-2112 11-2021 11-1011
0 0 11-3071
[] ['work_performed', 'manages']
$ cat >hybrid.txt <<END
> Accounting (20 hours a week)
> - prepare tax returns and financial statements
> - examine accounts for errors and compliance with regulations
> Software (20 hours a week)
> - write and test programs that import bank records
> - maintain the databases behind them
> END
$ look hybrid.txt
43-3031; Bookkeeping, Accounting, and Auditing Clerks; 53; 50; 3; Some college, no degree
13-2011; Accountants and Auditors; 40; 50; 4; Bachelor's degree
13-2082; Tax Preparers; 27; 0; 3; High school diploma or equivalent
13-2081; Tax Examiners and Collectors, and Revenue Agents; 24; 0; 3; Bachelor's degree
15-1253; Software Quality Assurance Analysts and Testers; 19; 0; 4; Bachelor's degree
13-2011 43-3031
0 0 None
[('43-3031', 50), ('13-2011', 50)] ['highest_skill']
$ look --codes 13-2011,15-1252 hybrid.txt
13-2011; Accountants and Auditors; 40; 50; 4; Bachelor's degree
15-1252; Software Developers; 11; 0; 4; Bachelor's degree
13-2011 None
50 0 None
[] []
