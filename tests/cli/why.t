# soc why: the case for one code, whose shares add up to its score.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc
$ cat >job.txt <<END
> Watch the monitors of patients in intensive care. Give medicines that doctors order.
> Teach families how to care for a wound at home.
> Order pallets of printer toner for the warehouse.
> We offer health insurance and a retirement plan.
> END
$ soc why -q -n 2 29-1141 --title 'ICU nurse' --text job.txt
Why 29-1141

The case for 29-1141 Registered Nurses
  Rank 1 of 151, confidence 92%, score 8.56.

  The title has 84% of the weight, the text 16%: the text says little.

  The score, by what gave it (rounded)
  What gave it                                                     Points  Share
  ---------------------------------------------------------------  ------  -----
  Titles (28)                                                        3.46  40.4%
  Tasks (6)                                                          0.27   3.2%
  Description and definition (2)                                     0.27   3.2%
  Work activities (4)                                                0.00   0.0%
  Technologies and tools (2)                                         0.03   0.3%
  latent similarity of the title (LSA): nurse, ICU, unit, care       1.81  21.2%
  the classifier, on the title: nurse, ICU, ICU nurse                1.75  20.5%
  latent similarity of the text (LSA): wound, patients, care,        0.47   5.5%
  home, medicines, Give
  character n-grams of the title's words                             0.34   3.9%
  the classifier, on the text: patients, care, families,             0.21   2.5%
  intensive, wound, Give
  how much is said of the code: the more, the less a word of it     -0.06  -0.7%
  tells
  score                                                              8.56   100%

  Titles
    What gave most comes first
    What the source says                                           Points  Share
    -------------------------------------------------------------  ------  -----
    ICU Nurse (alternate title; 29-1141.00, 29-1141.03; O*NET        2.73  31.9%
    0.1, November 2026; also short title; 29-1141.03; O*NET 0.1,
    November 2026)
    Intensive Care Unit Nurse (ICU Nurse) (alternate title;          0.48   5.6%
    29-1141.03; O*NET 0.1, November 2026)
    26 more                                                          0.26   3.0%

  Tasks
    What gave most comes first
    What the source says                                           Points  Share
    -------------------------------------------------------------  ------  -----
    Assign patients to aides and practical nurses at the start of    0.09   1.1%
    a shift. (supplemental task; 29-1141.00; O*NET 0.1, November
    2026)
    Teach families to manage diabetes, feeding tubes, or             0.08   0.9%
    dressings at home. (supplemental task; 29-1141.00; O*NET 0.1,
    November 2026)
    4 more                                                           0.10   1.1%

  Description and definition
    What gave most comes first
    What the source says                                           Points  Share
    -------------------------------------------------------------  ------  -----
    Care for the sick and injured in hospitals, clinics, and         0.17   2.0%
    homes: observe, give medication, dress wounds, teach,
    comfort, and speak up for the patient. (description;
    29-1141.00; O*NET 0.1, November 2026)
    Tend patients whose lives hang in the balance in intensive       0.10   1.2%
    care, running ventilators, drips, and monitors and acting
    within seconds when something goes wrong. (description;
    29-1141.03; O*NET 0.1, November 2026)

  Work activities
    They tell the tasks again in other words, and have no share in the score.

    What has most words of the job comes first
    What the source says                                           Points  Share
    -------------------------------------------------------------  ------  -----
    Give medicines or hands-on treatment. (work activity;            0.00   0.0%
    29-1141.00, 29-1141.03; O*NET 0.1, November 2026)
    Examine patients or clients and note the findings. (work         0.00   0.0%
    activity; 29-1141.00, 29-1141.03; O*NET 0.1, November 2026)
    2 more                                                           0.00   0.0%

  Technologies and tools
    What gave most comes first
    What the source says                                           Points  Share
    -------------------------------------------------------------  ------  -----
    Blood pressure monitor (tool; 29-1141.00; O*NET 0.1, November    0.02   0.3%
    2026)
    Epic electronic health record (technology; 29-1141.00; O*NET     0.00   0.0%
    0.1, November 2026)

  What nothing in it explains
    Words of the job: doctors, how, pallets, printer, toner, warehouse

    Sentences of which it has fewer than a third of the words:

    - Order pallets of printer toner for the warehouse.

What speaks for 31-1131 Nursing Assistants instead
  The nearest rival: rank 2, confidence 1%, score 2.56. Words of the job that
  say more for it: how, patients.

  Points for each, by what gave them
  What gave it                                     29-1141  31-1131    For
                                                                       the
                                                                     rival
  -----------------------------------------------  -------  -------  -----
  Titles                                              3.46     1.01  -2.45
  Tasks                                               0.27     0.03  -0.24
  Description and definition                          0.27     0.28  +0.01
  Technologies and tools                              0.03     0.00  -0.03
  character n-grams of the title's words              0.34     0.20  -0.14
  latent similarity of the title (LSA)                1.81     0.88  -0.93
  the classifier, on the title                        1.75     0.00  -1.75
  the text's words in everything said of the code    -0.06    -0.08  -0.01
  latent similarity of the text (LSA)                 0.47     0.20  -0.27
  the classifier, on the text                         0.21     0.04  -0.17
  score                                               8.56     2.56  -6.00

  - Nursing Assistants (official title; 31-1131.00; O*NET 0.1, November 2026)
  - Nurse's Aide (reported title; 31-1131.00; O*NET 0.1, November 2026; also
    alternate title; 31-1131.00; O*NET 0.1, November 2026)
  - Provide hands-on daily care to residents of nursing homes and to hospital
    patients, working under licensed nurses. They answer call lights, turn and
    lift patients, and chart what they see. (description; 31-1131.00; O*NET 0.1,
    November 2026)
  - Nursing Assistant (alternate title; 31-1131.00; O*NET 0.1, November 2026)
  - Patient Care Technician (PCT) (reported title; 31-1131.00; O*NET 0.1,
    November 2026; also alternate title; 31-1131.00; O*NET 0.1, November 2026)

# A title alone, and an occupation of eight digits.
$ soc why -q -n 1 29-1141.03 --title 'ICU nurse'
Why 29-1141.03

The case for 29-1141.03 Critical Care Nurses
  Rank 1 of 160, confidence 77%, score 7.30.

  The score, by what gave it (rounded)
  What gave it                                                  Points  Share
  ------------------------------------------------------------  ------  -----
  Titles (14)                                                     3.11  42.6%
  Tasks (1)                                                       0.04   0.5%
  Description and definition (1)                                  0.14   1.9%
  Work activities (1)                                             0.00   0.0%
  latent similarity of the title (LSA): nurse, ICU, unit, care    1.87  25.6%
  the classifier, on the title: nurse, ICU, ICU nurse             1.81  24.7%
  character n-grams of the title's words                          0.35   4.8%
  score                                                           7.30   100%

  Titles
    What gave most comes first
    What the source says                                           Points  Share
    -------------------------------------------------------------  ------  -----
    ICU Nurse (alternate title; 29-1141.03; O*NET 0.1, November      2.05  28.1%
    2026; also short title; 29-1141.03; O*NET 0.1, November 2026)
    13 more                                                          1.06  14.5%

  Tasks
    What gave most comes first
    What the source says                                           Points  Share
    -------------------------------------------------------------  ------  -----
    Rehearse emergencies on a mannequin with the whole unit.         0.04   0.5%
    (task; 29-1141.03; O*NET 0.1, November 2026)

  Description and definition
    What gave most comes first
    What the source says                                           Points  Share
    -------------------------------------------------------------  ------  -----
    Tend patients whose lives hang in the balance in intensive       0.14   1.9%
    care, running ventilators, drips, and monitors and acting
    within seconds when something goes wrong. (description;
    29-1141.03; O*NET 0.1, November 2026)

  Work activities
    They tell the tasks again in other words, and have no share in the score.

    What has most words of the job comes first
    What the source says                                           Points  Share
    -------------------------------------------------------------  ------  -----
    Connect people with services, care, or benefits. (work           0.00   0.0%
    activity; 29-1141.03; O*NET 0.1, November 2026)

What speaks for 29-1141.00 Registered Nurses instead
  The nearest rival: rank 2, confidence 17%, score 6.26. Words of the job that
  say more for it: nurse.

  Points for each, by what gave them
  What gave it                            29-1141.03  29-1141.00    For
                                                                    the
                                                                  rival
  --------------------------------------  ----------  ----------  -----
  Titles                                        3.11        2.32  -0.78
  Tasks                                         0.04        0.12  +0.08
  Description and definition                    0.14        0.05  -0.09
  character n-grams of the title's words        0.35        0.35  +0.00
  latent similarity of the title (LSA)          1.87        1.62  -0.25
  the classifier, on the title                  1.81        1.81  +0.00
  score                                         7.30        6.26  -1.04

  - ICU Nurse (alternate title; 29-1141.00; O*NET 0.1, November 2026)
  - Assign patients to aides and practical nurses at the start of a shift.
    (supplemental task; 29-1141.00; O*NET 0.1, November 2026)
  - Nurse (alternate title; 29-1141.00; O*NET 0.1, November 2026)
  - OR Nurse (short title; 29-1141.00; O*NET 0.1, November 2026)
  - School Nurse (reported title; 29-1141.00; O*NET 0.1, November 2026; also
    alternate title; 29-1141.00; O*NET 0.1, November 2026)

# A code of which nothing matches, and one behind the first.
$ soc why -q 53-3032 --title 'ICU nurse' | sed -n 1,8p
Why 53-3032

The case for 53-3032 Heavy and Tractor-Trailer Truck Drivers
  Rank 40 of 151, confidence 0%, score 0.01.

  ! No title, no task and no other evidence of the code has a word of the job.

  The score, by what gave it (rounded)
$ soc why -q 31-1131 --title 'ICU nurse' --text job.txt | grep -A2 '^What speaks'
What speaks for 29-1141 Registered Nurses instead
  The nearest rival: rank 1, confidence 92%, score 8.56. Words of the job that
  say more for it: nurse, ICU, ICU nurse, wound, unit, intensive.

# The shares add up to the score that soc search shows, for any code; and soc show has every text.
$ cat >sum.py <<END
> import json, subprocess, sys
> def soc(*arguments):
>     return json.loads(subprocess.run(["soc", *arguments, "--format", "json", "-q"], check=True, stdout=subprocess.PIPE).stdout)
> job = ["--title", "ICU nurse", "--text", "job.txt"]
> first = soc("search", "-n", "1", *job)
> first = (first["candidates"] if isinstance(first, dict) else first)[0]
> for code in sys.argv[1:]:
>     why = soc("why", code, *job)
>     pieces = [p for group in why["evidence"].values() for p in group["evidence"]]
>     given = sum(p["points"] for p in pieces) + sum(s["points"] for s in why["signals"].values())
>     shown = {c: json.dumps(soc("show", "--all", c)) for c in {p["code"] for p in pieces}}
>     missing = sum(json.dumps(p["text"])[1:-1] not in shown[p["code"]] for p in pieces)
>     print(code, "adds up" if abs(given - why["score"]) < 1e-5 else (given, why["score"]), missing, "missing",
>           "as soc search" if abs(why["score"] - first["score"]) < 1e-4 else "")
> END
$ python3 sum.py 29-1141 31-1131 29-2061 53-3032 15-1252
29-1141 adds up 0 missing as soc search
31-1131 adds up 0 missing 
29-2061 adds up 0 missing 
53-3032 adds up 0 missing 
15-1252 adds up 0 missing 

# As HTML and Markdown, with whose data it shows.
$ soc why -q --format md 29-1141 --title 'ICU nurse' | grep -c 'not legal advice'
1
$ soc why -q --format html 29-1141 --title '<script>alert(1)</script> nurse' | grep -c '<script'
0
[exit 1]

# What is wrong is said.
$ soc why -q
soc: no code is named
hint: such as soc why 15-2051 --title 'AI researcher'; soc compare takes several
[exit 2]
$ soc why -q 29-1141
soc: no job is given
hint: name it by --title T, by --text FILE, or both
[exit 2]
$ soc why -q 29-1141 31-1131 --title nurse
soc: why takes one code
hint: such as soc why 15-2051 --title 'AI researcher'; soc compare takes several
[exit 2]
$ soc why -q 29-1000 --title nurse
soc: 29-1000 is a minor group, no occupation
hint: name one of its occupations: 29-1021.00 Dentists, General, 29-1051.00 Pharmacists, 29-1123.00 Physical Therapists, 29-1141.00 Registered Nurses and 3 more
[exit 2]
$ soc why -q 15-1132 --title nurse
soc: the index has no code 15-1132
hint: the nearest are 15-1211.00 Computer Systems Analysts, 15-1212.00 Information Security Analysts, 15-1221.00 Computer and Information Research Scientists and 15-1232.00 Computer User Support Specialists
[exit 2]
$ soc why -q 99-9999 --title nurse
soc: the index has no code 99-9999
hint: the nearest are 55-2012.00 First-Line Supervisors of Weapons Specialists/Crew Members, 55-3011.00 Air Crew Members, 55-3014.00 Artillery and Missile Crew Members and 55-3016.00 Infantry
[exit 2]
$ soc why -q 29-1141 --text nowhere.txt
soc: cannot open nowhere.txt: No such file or directory
hint: check the path
[exit 2]

# The rank is that of soc search, which leaves out codes in which nothing of the job is found: those go behind.
$ cat >ranks.py <<'END'
> import json, subprocess
> def ask(*words):
>     return json.loads(subprocess.run(["soc", *words, "-q", "--format", "json"], capture_output=True, check=True).stdout)
> for title in ("nurse", "office clerk", "driver of a truck"):
>     for c in ask("search", "--title", title, "-n", "500", "--level", "soc")["candidates"]:
>         rank = ask("why", c["soc"], "--title", title)["rank"]
>         if rank != c["rank"]:
>             print(title, c["soc"], c["rank"], rank)
> END
$ python3 ranks.py
