# soc exhibit: the whole case for a code, on one page.  What its parts say stands in the tests of why, compare and duties.
$ export SOC_INDEX=$PWD/sample.soc SOURCE_DATE_EPOCH=1763700000
$ soc-index build -q -o sample.soc corpus/sample
$ printf 'Cares for patients on the night shift.\n\nReads monitors & calls <b>doctors</b>.\n' >job.txt
$ printf '60%% Watch the monitors of patients in intensive care\n30%% Chart medication\n10%% Train new nurses\n' >duties.txt

# What is asked, and the candidates.
$ soc exhibit -q --title 'ICU nurse' --text job.txt --codes 29-1141,31-1131 --format md | sed '/^## Comparison/,$d'
# Occupation code for ICU nurse

* **Job title:** **ICU nurse**
* **Code examined:** **29-1141 Registered Nurses**
* **Its rank:** 1 of 151 codes; confidence 91%, score 8.25
* **Weighed against:** 31-1131 Nursing Assistants
* **Database:** O\*NET 0.1, November 2026 (the sample corpus, no release)
* **Written:** November 21, 2025, with soc-search 0.1.0

## The question

Which occupation code is this job's? Its title and a text were given.

* **Title:** ICU nurse

> Cares for patients on the night shift.

> Reads monitors & calls \<b\>doctors\</b\>.

- **ICU** was read also as **intensive care unit**

## Candidates considered

All 151 codes of the index were ranked. A score adds up everything in the index that speaks for a code; the confidence is the probability that the code is right, and adds up to 100% over all codes.

**Confidence that a code is the right one**

| | | |
| --- | ---: | --- |
| **29-1141 Registered Nurses** | 91.3% | ██████████████████ |
| **31-1131 Nursing Assistants** | 0.8% |  |

**The candidates in the order of the ranking; those in bold are weighed below**

| Rank | Code | Occupation | Score | Confidence |
| ---: | --- | --- | ---: | ---: |
| 1 | 29-1141 | **Registered Nurses** (by 29-1141.03 Critical Care Nurses) | 8.25 | 91.3% |
| 2 | 31-1131 | **Nursing Assistants** | 2.74 | 0.8% |
| 3 | 29-2061 | Licensed Practical and Licensed Vocational Nurses | 2.46 | 0.6% |
| 4 | 29-1171 | Nurse Practitioners | 1.82 | 0.3% |
| 5 | 31-1121 | Home Health Aides | 1.35 | 0.2% |
| 6 | 11-9111 | Medical and Health Services Managers | 0.74 | 0.1% |
| 7 | 31-9092 | Medical Assistants | 0.62 | 0.1% |
| 8 | 29-1215 | Family Medicine Physicians | 0.49 | 0.1% |
| 9 | 39-9011 | Childcare Workers (by 39-9011.01 Nannies) | 0.32 | 0.1% |
| 10 | 29-1021 | Dentists, General | 0.25 | 0.1% |

# Its parts, and what it was made from.
$ soc exhibit -q --title 'ICU nurse' --text job.txt --duties duties.txt --format md | grep '^## '
## The question
## Candidates considered
## Comparison
## Duties
## The reasons
## Provenance
$ soc exhibit -q --title 'ICU nurse' --text ./job.txt --duties duties.txt -o page.md --format md && sed -n '/^## Provenance/,$p' page.md
## Provenance

### What it was made from

* **Written:** 2025-11-21T04:40:00Z
* **By:** soc-search 0.1.0
(re) \* \*\*Index file:\*\* sample\.soc, [0-9]+ bytes, format [0-9]+
(re) \* \*\*SHA-256 of the index:\*\* [0-9a-f]{64}
(re) \* \*\*SHA-256 of its content:\*\* [0-9a-f]{64}
(re) \* \*\*Index built:\*\* 2025-11-21T04:40:00Z by soc-index [0-9.]+

**Sources of the index, as published**

| Source | Date | Licence | File, and its SHA-256 |
| --- | --- | --- | --- |
(re) \| O\\\*NET 0\.1 \| November 2026 \| GPL-3\.0-or-later \| sample [0-9a-f]{64} \|

### How it was asked for

* **Command:** soc exhibit --title 'ICU nurse' --text job.txt --duties duties.txt --format md
* **Input file:** job.txt (--text), 79 bytes, SHA-256 a8945f32800d83c665c6ea55ec1e0a0c122b372d557db50bc6a3e499e1ba8f9d
* **Input file:** duties.txt (--duties), 95 bytes, SHA-256 a8716a8e64b301c6fafcc33cdb26693a56208ba61fea707361da99bec802eeea

The same command with the same index file and the same input files makes this document again, but for its date. Files are named without their folders; sha256sum shows whether one is the same.

### Licences and limits

The index holds the sample corpus of soc-search, not a release of the Department of Labor: nothing in this document may be relied on.

> **Note:** This document is not legal advice. It shows what the releases named in it say and how one program weighs that; whether a code fits a job is for its reader to decide.

# The page says the same as Markdown and JSON do, and is the same each time; where it goes changes nothing.
$ soc exhibit -q --title 'ICU nurse' --text job.txt -o page.html && soc exhibit -q --title 'ICU nurse' --text job.txt -o - | cmp - page.html && head -n 7 page.html
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Occupation code for ICU nurse</title>
$ soc exhibit -q --title 'ICU nurse' --text job.txt --format json | python3 -c 'import json, sys; x = json.load(sys.stdin); print(list(x)); print(x["question"]); print(x["provenance"]["written"], x["provenance"]["inputs"])'
['format', 'code', 'named', 'question', 'ranked', 'candidates', 'comparison', 'reasons', 'provenance']
{'title': 'ICU nurse', 'text': 'Cares for patients on the night shift.\n\nReads monitors & calls <b>doctors</b>.'}
2025-11-21T04:40:00Z [{'option': 'text', 'name': 'job.txt', 'bytes': 79, 'sha256': 'a8945f32800d83c665c6ea55ec1e0a0c122b372d557db50bc6a3e499e1ba8f9d'}]
$ SOURCE_DATE_EPOCH=1763800000 soc exhibit -q --title 'ICU nurse' --text job.txt | diff page.html - | sed -n 's/^[<>] //p'
<dt>Written</dt><dd>November 21, 2025, with soc-search 0.1.0</dd>
<dt>Written</dt><dd>November 22, 2025, with soc-search 0.1.0</dd>
<dt>Written</dt><dd>2025-11-21T04:40:00Z</dd>
<dt>Written</dt><dd>2025-11-22T08:26:40Z</dd>

# An index file is named by the checksum that sha256sum prints.
$ soc exhibit -q --title nurse --format json | python3 -c 'import json, sys; print(json.load(sys.stdin)["provenance"]["index"]["sha256"])' | sed 's/$/  sample.soc/' | sha256sum -c
sample.soc: OK

# What cannot be done is said, and nothing is written.
$ soc exhibit -o no.html
soc: no job is given
hint: name the job by --title, --text or --duties
[exit 2]
$ soc exhibit --title nurse --codes 29-1141,99-0000 -o no.html
soc: the index has no code 99-0000
hint: the nearest are 55-2012.00 First-Line Supervisors of Weapons Specialists/Crew Members, 55-3011.00 Air Crew Members, 55-3014.00 Artillery and Missile Crew Members and 55-3016.00 Infantry
[exit 2]
$ soc exhibit --title nurse --codes 29-0000 -o no.html
soc: 29-0000 is a major group, no occupation
hint: name one of its occupations: 29-1021.00 Dentists, General, 29-1051.00 Pharmacists, 29-1123.00 Physical Therapists, 29-1141.00 Registered Nurses and 5 more
[exit 2]
$ soc exhibit nurse -o no.html
soc: `soc exhibit` takes no arguments, but was given 'nurse'
[exit 2]
$ for list in '' , '15-1252, ,29-1141' 15-1252,; do soc exhibit --title nurse --codes "$list" -o no.html; done
soc: --codes names no code
hint: put one comma between codes, such as --codes 15-1252,15-2051
soc: --codes has an empty entry, number 1
hint: put one comma between codes, such as --codes 15-1252,15-2051
soc: --codes has an empty entry, number 2
hint: put one comma between codes, such as --codes 15-1252,15-2051
soc: --codes has an empty entry, number 2
hint: put one comma between codes, such as --codes 15-1252,15-2051
[exit 2]
$ soc exhibit --title nurse --codes 11-1011,11-2021,11-9021,13-2011,15-1252,29-1141,31-1131 -o no.html
soc: an exhibit weighs at most 6 codes
hint: weigh the nearest of them
[exit 2]
$ soc exhibit --text - --duties - -o no.html
soc: --text and --duties cannot both be standard input
hint: give one of them as a file
[exit 2]
$ soc exhibit --title nurse -o no/where.html
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: cannot write no/where.html: No such file or directory
hint: check the path
[exit 2]
$ soc exhibit --title nurse -o .
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: . is a folder
hint: name a file in it
[exit 2]
$ SOURCE_DATE_EPOCH=today soc exhibit --title nurse -o no.html
soc: SOURCE_DATE_EPOCH is 'today', which is no date
hint: give whole seconds since 1970, as `date +%s` prints them, or unset it for the time of the clock
[exit 2]
$ SOURCE_DATE_EPOCH=-1 soc exhibit --title nurse -o no.html
soc: SOURCE_DATE_EPOCH is '-1', which is no date
hint: give whole seconds since 1970, as `date +%s` prints them, or unset it for the time of the clock
[exit 2]
$ SOURCE_DATE_EPOCH=9999999999999 soc exhibit --title nurse -o no.html
soc: SOURCE_DATE_EPOCH is '9999999999999', which is no date
hint: give whole seconds since 1970, as `date +%s` prints them, or unset it for the time of the clock
[exit 2]
$ ls | grep -c 'no[.]html'
0
[exit 1]

# A file is replaced whole, and keeps its permissions; through a link, the file that it leads to.
$ echo old >kept.html && chmod 640 kept.html && ln -s kept.html link.html && soc exhibit -q --title nurse -o link.html && stat -c '%a %F' kept.html link.html && ls kept.html* link.html*
640 regular file
777 symbolic link
kept.html
link.html

# What an exhibit is made of is never written over, by whatever name it is called.
$ echo 'Checks vital signs and gives medicine' >job.txt && ln job.txt same.txt && cp sample.soc own.soc && cp job.txt before.txt
$ soc exhibit -q --title nurse --text job.txt -o same.txt
soc: --output would write over --text: same.txt
hint: name another file for --output: nothing has been written
[exit 2]
$ soc exhibit -q --title nurse --duties same.txt -o job.txt
soc: --output would write over --duties: job.txt
hint: name another file for --output: nothing has been written
[exit 2]
$ soc exhibit -q --title nurse --index own.soc -o ./own.soc
soc: --output would write over the index: ./own.soc
hint: name another file for --output: nothing has been written
[exit 2]
$ cmp job.txt before.txt && cmp own.soc sample.soc && echo 'as they were'
as they were

# Where no word of the job is known, there is nothing to weigh but what is named.
$ soc exhibit -q --title zzqx
soc: no word of this job is known to the index
hint: name the codes to weigh: --codes 15-1252,15-2051
[exit 2]
$ soc exhibit -q --title zzqx --codes 29-1141,31-1131 --format md | head -1
# Occupation code for zzqx
