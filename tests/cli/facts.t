# Facts that hang on a code: read, shown, asked for.  The figures are made up, and look like nothing that is published.
$ mkdir flag bls study
$ cat >"flag/Wage Year 2031-32.csv" <<'END'
> O*NET Code,Occupation,Education,Source
> 15-1252.00,Software Developers,Made-up degree,BLS Data
> 25-9042.00,Teaching Assistants,Another degree,SOC Broad Occupation Group
> END
$ cat >"flag/zones 2031-32.csv" <<'END'
> O*NET Code,SOC Code,SOC Broad Occupation,SOC Minor Occupation,Title,Job Zone,Source
> 15-1252.00,15-1252,15-1250,15-1200,Software Developers,1,O*NET
> 15-1252.00,15-1252,15-1250,15-1200,Software Developers,2,SOC Minor Occupation Group
> 31-1131.00,31-1131,31-1130,31-1100,Nursing Assistants,2,O*NET
> END
$ cat >bls/national_M2031_dl.csv <<'END'
> OCC_CODE,OCC_TITLE,O_GROUP,TOT_EMP,EMP_PRSE,H_MEAN,A_MEAN,MEAN_PRSE,H_PCT10,H_PCT25,H_MEDIAN,H_PCT75,H_PCT90,A_PCT10,A_PCT25,A_MEDIAN,A_PCT75,A_PCT90,ANNUAL,HOURLY
> 00-0000,All Occupations,total,9000,0,1.01,1111,0.1,1.02,1.03,1.04,1.05,1.06,1112,1113,1114,1115,1116,,
> 15-1200,Computer Occupations,minor,800,0.1,2.01,2221,0.2,2.02,2.03,2.04,2.05,2.06,2222,2223,2224,2225,2226,,
> 15-1252,Software Developers,detailed,700,0.3,3.01,3331,0.4,3.02,3.03,3.04,3.05,#,3332,3333,3334,3335,#,,
> 15-1299,"Computer Occupations, All Other",detailed,60,0.5,*,4441,0.6,*,*,*,*,*,4442,4443,4444,4445,4446,TRUE,
> 25-9045,Two Kinds of Teaching Assistants,detailed,50,0.7,5.01,5551,0.8,5.02,5.03,5.04,5.05,5.06,5552,5553,5554,5555,5556,,
> 31-1120,Home Health and Personal Care Aides,broad,40,0.9,6.01,6661,1,6.02,6.03,6.04,6.05,6.06,6662,6663,6664,6665,6666,,
> 31-1120,Home Health and Personal Care Aides,detailed,40,0.9,6.01,6661,1,6.02,6.03,6.04,6.05,6.06,6662,6663,6664,6665,6666,,
> 98-7654,No such code,detailed,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,,
> 29-1141,Registered Nurses,detailed,many,1,1,1,1,1,1,1,1,1,1,1,1,1,1,,
> END
$ cat >bls/occupation.csv <<'END'
> "Table 1.2 Occupational projections, made up"
> 2031 National Employment Matrix title,2031 National Employment Matrix code,Occupation type,"Employment, 2031","Employment, 2041","Employment change, numeric, 2031-41","Employment change, percent, 2031-41","Percent self employed, 2031","Occupational openings, 2031-41 annual average","Median annual wage, dollars, 2031[1]",Typical education needed for entry,Work experience in a related occupation,Typical on-the-job training needed to attain competency in the occupation
>   Software developers,15-1252,Line item,0.7,0.8,0.1,14.3,9.9,0.2,">=$3,334",Made-up degree,None,Training A
>   Home health and personal care aides,31-1120,Line item,0.4,0.3,-0.1,-25,—,0.1,—,—,None,Training B
> Footnotes:,,,,,,,,,,,,
> END
$ cat >study/soc-cip.csv <<'END'
> SOC2018Code,SOC2018Title,CIP2020Code,CIP2020Title
> 15-1252,Software Developers,91.0101,Making Things Up.
> 15-1252,Software Developers,91.0102,"Science of Making Up, General."
> 15-1252,Software Developers,92.0101,Something Else.
> 17-2141,Mechanical Engineers,91.0102,"Science of Making Up, General."
> 31-1131,Nursing Assistants,99.9999,NO MATCH
> 99-9999,NO MATCH,93.0101,Studies Without Work.
> END
$ printf '2020 CIP Code,CIP Code Title,CIP Code Two-Digit Series\n91.0101,Making Things Up,91\n91.0102,Science of Making Up,91\n' >study/dhs_2031.csv
$ printf 'CENSUS_OCC\tNCSES_TITLE\tNCSES_CLASS\n9001\tDevelopers\tSTEM\n9002\tOther aides\tNON-STEM\n9003\tNobody\tSTEM\n' >study/ncses_2031.tsv
$ printf '2018 Census Code,2018 Census Title,2018 SOC Code\n9001,Developers,15-1252\n9002,Other aides,31-11XX\n' >study/census.csv
$ printf 'Code,Occupation,Occupation Types\n15-1252.00,Software Developers,Type A\n29-9999.00,No such,Type B\n' >study/stem.csv
$ soc-index build -o facts.soc corpus/sample flag/* bls/* study/* 2>log; grep -A1 'not used:' log; soc-index verify facts.soc | cut -d ' ' -f 2-4
soc-index: not used: bls/national_M2031_dl.csv:9:1: unknown code in "OCC_CODE": 98-7654
soc-index: not used: bls/national_M2031_dl.csv:10:4: bad number in "TOT_EMP": many
soc-index: not used: study/ncses_2031.tsv:4:1: unknown code in "CENSUS_OCC": 9003
soc-index: not used: study/stem.csv:3:1: unknown code in "Code": 29-9999.00
This index holds the SAMPLE corpus, not a release of the Department of Labor.
whole; 160 occupations,
$ export SOC_INDEX=facts.soc
$ soc-index info facts.soc | grep 'facts\|advanced\|fields of study'
facts.soc
  shares of advanced degrees                               67
  facts of Appendix A, Job Zone and education               5
  facts of employment and wages                            97
  facts of the outlook                                     21
  fields of study                                           6
  facts of what is STEM                                     5
$ soc-index info --json facts.soc | python3 -c 'import json, sys; print({k: n for k, n in json.load(sys.stdin)["facts"].items() if n < 100})'
{'advanced_degree': 67, 'appendix_a': 2, 'flag_zone': 3, 'wage_title': 6, 'employment': 6, 'employment_error': 6, 'hourly_mean': 6, 'hourly_10': 6, 'hourly_25': 6, 'hourly_median': 6, 'hourly_75': 6, 'hourly_90': 6, 'annual_mean': 6, 'annual_10': 6, 'annual_25': 6, 'annual_median': 6, 'annual_75': 6, 'annual_90': 6, 'wage_error': 6, 'wage_basis': 1, 'outlook_title': 2, 'outlook_employment': 2, 'outlook_projected': 2, 'outlook_change': 2, 'outlook_growth': 2, 'outlook_openings': 2, 'outlook_self_employed': 2, 'outlook_wage': 2, 'entry_education': 1, 'entry_experience': 2, 'entry_training': 2, 'degree': 6, 'stem_onet': 1, 'stem_ncses': 2, 'stem_dhs': 2}

# A page of them: each figure with its source; two Job Zones of one source, and that of O*NET, beside each other.
$ soc show -q --section profession,wages,degrees,stem,outlook 15-1252
15-1252.00  Software Developers
in 15-0000 > 15-1200 > 15-1250 > 15-1252

Wage system  FLAG wage year 2031-32
  Appendix A               a professional occupation; usual education: Made-up
                           degree (BLS Data)
  Job Zone                 1 (O*NET); also 2 (SOC Minor Occupation Group)
                           O*NET has Job Zone 4: the two sources differ

Employment and wages  OEWS May 2031
  wage of 15-1252 Software Developers
                 mean        10%        25%     median        75%        90%
  a year       $3,331     $3,332     $3,333     $3,334     $3,335          #
  an hour       $3.01      $3.02      $3.03      $3.04      $3.05          #
  + or #: so much or more; the survey publishes nothing above it
  Employment               700 jobs, the self-employed not counted (relative
                           standard error 0.3%)

Fields of study that lead to it (3)  SOC 2018 to CIP 2020 crosswalk
  91.0101 Making Things Up [STEM]; 91.0102 Science of Making Up, General [STEM];
  92.0101 Something Else

STEM, by list
  O*NET list of STEM occupations   yes: Type A
  NCSES STEM classes 2031          STEM (Developers; published for Census 9001)
  DHS STEM degree programmes 2031  2 of the 3 fields of study that lead to it
                                   are on the list

Outlook  Employment Projections 2031-41
  outlook of 15-1252 Software Developers
  Employment               0.7 thousand
  Projected employment     0.8 thousand
  Change                   0.1 thousand
  Growth                   14.3%
  Openings a year          0.2 thousand
  Self-employed            9.9%
  Median annual wage       at least $3,334
  Typical entry education  Made-up degree
  Experience elsewhere     None
  Training on the job      Training A

# Wages of another code: of six digits, of a code of the survey's own, of the broad group; and of none.
$ soc show -q --section wages 15-1299.08
15-1299.08  Computer Systems Engineers/Architects
in 15-0000 > 15-1200 > 15-1290 > 15-1299

Employment and wages  OEWS May 2031
  wage of 15-1299 Computer Occupations, All Other
                 mean        10%        25%     median        75%        90%
  a year       $4,441     $4,442     $4,443     $4,444     $4,445     $4,446
  an hour           -          -          -          -          -          -
  -: not published
  Employment               60 jobs, the self-employed not counted (relative
                           standard error 0.5%)
  Basis                    annual wages alone are published
$ for g in 25-9042 31-1121.00 55-3016; do soc show -q --section wages $g | sed -n '/^Employment/,$p' | head -4; done
Employment and wages  OEWS May 2031
  wage of 25-9045 Two Kinds of Teaching Assistants, a code of the survey's own
  that stands for 25-9042 and others
                 mean        10%        25%     median        75%        90%
Employment and wages  OEWS May 2031
  wage of 31-1120 Home Health and Personal Care Aides, the group that holds
  31-1121: the survey has none of its own for it
                 mean        10%        25%     median        75%        90%
Employment and wages  OEWS May 2031
  none published for this code, nor for one that stands for it

# Narrow pages.
$ COLUMNS=50 soc show -q --section profession,wages,degrees,stem,outlook 15-1252 | awk 'length > 50'
$ COLUMNS=50 soc show -q --section wages 15-1252 | tail -8
  an hour  mean $3.01; 10% $3.02; 25% $3.03;
           median $3.04; 75% $3.05; 90% #
  + or #: so much or more; the survey publishes
  nothing above it
  Employment               700 jobs, the
                           self-employed not
                           counted (relative
                           standard error 0.3%)

# Groups, and a code that is a survey's own.
$ soc show -q --section wages,members 15-1200
15-1200  a minor group with 11 occupations
  15-1211.00  Computer Systems Analysts
  15-1212.00  Information Security Analysts
  15-1221.00  Computer and Information Research Scientists
  15-1232.00  Computer User Support Specialists
  15-1242.00  Database Administrators
  15-1244.00  Network and Computer Systems Administrators
  15-1252.00  Software Developers
  15-1253.00  Software Quality Assurance Analysts and Testers
  15-1254.00  Web Developers
  15-1299.00  Computer Occupations, All Other
  15-1299.08  Computer Systems Engineers/Architects

Employment and wages  OEWS May 2031
                 mean        10%        25%     median        75%        90%
  a year       $2,221     $2,222     $2,223     $2,224     $2,225     $2,226
  an hour       $2.01      $2.02      $2.03      $2.04      $2.05      $2.06
  Employment               800 jobs, the self-employed not counted (relative
                           standard error 0.1%)
$ soc show -q 25-9045
25-9045  Two Kinds of Teaching Assistants
a code that is not of the classification: a survey has it for several
occupations together

Occupations that take its facts
  25-9042.00  Teaching Assistants, Preschool, Elementary, Middle, and Secondary School, Except Special Education

Employment and wages  OEWS May 2031
                 mean        10%        25%     median        75%        90%
  a year       $5,551     $5,552     $5,553     $5,554     $5,555     $5,556
  an hour       $5.01      $5.02      $5.03      $5.04      $5.05      $5.06
  Employment               50 jobs, the self-employed not counted (relative
                           standard error 0.7%)

Outlook  Employment Projections 2031-41
  none published for this code, nor for one that stands for it
$ soc show -q --format json 25-9045 | python3 -c 'import json, sys; o = json.load(sys.stdin)[0]; print(o["level"], o["title"], o["members"], len(o["facts"]))'
survey Two Kinds of Teaching Assistants [{'code': '25-9042.00', 'title': 'Teaching Assistants, Preschool, Elementary, Middle, and Secondary School, Except Special Education'}] 16
$ soc show -q --section degrees,stem 31-1131 31-1122
31-1131.00  Nursing Assistants
in 31-0000 > 31-1100 > 31-1130 > 31-1131

Fields of study that lead to it  SOC 2018 to CIP 2020 crosswalk
  the crosswalk names none

STEM, by list
  O*NET list of STEM occupations   no: not on the list
  NCSES STEM classes 2031          NON-STEM (Other aides; published for Census
                                   9002)

31-1122.00  Personal Care Aides
in 31-0000 > 31-1100 > 31-1120 > 31-1122

STEM, by list
  O*NET list of STEM occupations   no: not on the list
  NCSES STEM classes 2031          NON-STEM (Other aides; published for Census
                                   9002)

# The same for programs: every fact with value, unit, source, release and date, and whose it is.
$ cat >facts.py <<'END'
> import json, sys
> for f in json.load(sys.stdin)[0]["facts"]:
>     if f["fact"] in sys.argv[1:]: print(f)
> END
$ soc show -q --format json 15-1252 | python3 facts.py annual_90 hourly_10 employment flag_zone outlook_growth degree stem_ncses advanced_degree
{'fact': 'advanced_degree', 'value': 20.0, 'shown': '20.00%', 'code': '15-1252.00', 'way': 'own', 'source': 'O*NET 0.1', 'release': '0.1', 'date': 'November 2026'}
{'fact': 'flag_zone', 'value': 1, 'shown': '1', 'note': 'O*NET', 'code': '15-1252.00', 'way': 'own', 'source': 'FLAG wage year 2031-32', 'release': '2031-32', 'date': ''}
{'fact': 'flag_zone', 'value': 2, 'shown': '2', 'note': 'SOC Minor Occupation Group', 'code': '15-1252.00', 'way': 'own', 'source': 'FLAG wage year 2031-32', 'release': '2031-32', 'date': ''}
{'fact': 'employment', 'value': 700, 'shown': '700', 'unit': 'jobs', 'code': '15-1252', 'way': 'soc', 'source': 'OEWS May 2031', 'release': '2031', 'date': 'May 2031'}
{'fact': 'hourly_10', 'value': 3.02, 'shown': '$3.02', 'unit': 'dollars an hour', 'code': '15-1252', 'way': 'soc', 'source': 'OEWS May 2031', 'release': '2031', 'date': 'May 2031'}
{'fact': 'annual_90', 'value': None, 'shown': 'above what is published', 'mark': 'at_least', 'unit': 'dollars a year', 'code': '15-1252', 'way': 'soc', 'source': 'OEWS May 2031', 'release': '2031', 'date': 'May 2031'}
{'fact': 'outlook_growth', 'value': 14.3, 'shown': '14.3%', 'code': '15-1252', 'way': 'soc', 'source': 'Employment Projections 2031-41', 'release': '2031-41', 'date': ''}
{'fact': 'degree', 'value': '91.0101', 'note': 'Making Things Up', 'stem': True, 'code': '15-1252', 'way': 'soc', 'source': 'SOC 2018 to CIP 2020 crosswalk', 'release': '2020', 'date': ''}
{'fact': 'degree', 'value': '91.0102', 'note': 'Science of Making Up, General', 'stem': True, 'code': '15-1252', 'way': 'soc', 'source': 'SOC 2018 to CIP 2020 crosswalk', 'release': '2020', 'date': ''}
{'fact': 'degree', 'value': '92.0101', 'note': 'Something Else', 'stem': False, 'code': '15-1252', 'way': 'soc', 'source': 'SOC 2018 to CIP 2020 crosswalk', 'release': '2020', 'date': ''}
{'fact': 'stem_ncses', 'value': 'STEM', 'note': 'Developers; published for Census 9001', 'code': '15-1252', 'way': 'soc', 'source': 'NCSES STEM classes 2031', 'release': '2031', 'date': ''}
$ soc show -q --format json 15-1299.08 | python3 facts.py annual_median hourly_mean wage_basis
{'fact': 'hourly_mean', 'value': None, 'shown': 'not available', 'mark': 'unavailable', 'unit': 'dollars an hour', 'code': '15-1299', 'way': 'soc', 'source': 'OEWS May 2031', 'release': '2031', 'date': 'May 2031'}
{'fact': 'annual_median', 'value': 4444, 'shown': '$4,444', 'unit': 'dollars a year', 'code': '15-1299', 'way': 'soc', 'source': 'OEWS May 2031', 'release': '2031', 'date': 'May 2031'}
{'fact': 'wage_basis', 'value': 'annual', 'code': '15-1299', 'way': 'soc', 'source': 'OEWS May 2031', 'release': '2031', 'date': 'May 2031'}
$ soc show -q --format json 25-9042.00 | python3 facts.py annual_median appendix_a
{'fact': 'appendix_a', 'value': 'Another degree', 'note': 'SOC Broad Occupation Group', 'code': '25-9042.00', 'way': 'own', 'source': 'FLAG wage year 2031-32', 'release': '2031-32', 'date': ''}
{'fact': 'annual_median', 'value': 5554, 'shown': '$5,554', 'unit': 'dollars a year', 'code': '25-9045', 'way': 'survey', 'source': 'OEWS May 2031', 'release': '2031', 'date': 'May 2031'}

$ soc show -q --format jsonl 15-1252 17-2141 31-1131 29-1141 | python3 -c '
> import json, sys
> for line in sys.stdin:
>     o = json.loads(line)
>     print(o["code"], o["appendix_a"], [(x["list"], x["stem"], x.get("fields"), x.get("on_list"), x["source"]) for x in o["stem"]])'
15-1252.00 True [('onet', True, None, None, 'O*NET list of STEM occupations'), ('ncses', True, None, None, 'NCSES STEM classes 2031'), ('dhs', True, 3, 2, 'DHS STEM degree programmes 2031')]
17-2141.00 False [('onet', False, None, None, 'O*NET list of STEM occupations'), ('ncses', None, None, None, 'NCSES STEM classes 2031'), ('dhs', True, 1, 1, 'DHS STEM degree programmes 2031')]
31-1131.00 False [('onet', False, None, None, 'O*NET list of STEM occupations'), ('ncses', False, None, None, 'NCSES STEM classes 2031'), ('dhs', None, 0, 0, 'DHS STEM degree programmes 2031')]
29-1141.00 False [('onet', False, None, None, 'O*NET list of STEM occupations'), ('ncses', None, None, None, 'NCSES STEM classes 2031'), ('dhs', None, 0, 0, 'DHS STEM degree programmes 2031')]

# Sections.
$ soc show --section wage 15-1252
soc: 'wage' is no section
hint: the sections are description, titles, tasks, zone, education, profession, wages, degrees, stem, outlook, own, filed, activities, technologies, related and members
[exit 2]
$ soc show -q --section zone,WAGES 15-1252 | grep -c '^[A-Z]'
2

# The first of each, or all.
$ soc show -q --section titles 15-1252 | grep -o 'and .* more (--all)'
[exit 1]
$ soc show -q --all --section titles 15-1252 | grep -c 'more (--all)'
0
[exit 1]

# Conditions: alone they list what fulfils them, in the order of the figure; with text they choose from it.
$ soc search -q --wage 4000
 1. 31-1121.00  Home Health Aides
    Job Zone 2
    facts     median annual wage: $6,664 (OEWS May 2031, of 31-1120)

 2. 31-1122.00  Personal Care Aides
    Job Zone 2
    facts     median annual wage: $6,664 (OEWS May 2031, of 31-1120)

 3. 25-9042.00  Teaching Assistants, Preschool, Elementary, Middle, and
                Secondary School, Except Special Education
    Job Zone 3
    facts     median annual wage: $5,554 (OEWS May 2031, of 25-9045)

 4. 15-1299.00  Computer Occupations, All Other
    facts     median annual wage: $4,444 (OEWS May 2031)
$ soc search -q --wage 4,445..5.6k --limit 1
 1. 25-9042.00  Teaching Assistants, Preschool, Elementary, Middle, and
                Secondary School, Except Special Education
    Job Zone 3
    facts     median annual wage: $5,554 (OEWS May 2031, of 25-9045)
$ soc search -q -n 2 --advanced-degree 60
 1. 19-3033.00  Clinical and Counseling Psychologists
    Job Zone 5
    facts     share of workers asked with a master's degree or more: 100.00%
              (O*NET 0.1)

 2. 23-1011.00  Lawyers
    Job Zone 5
    facts     share of workers asked with a master's degree or more: 100.00%
              (O*NET 0.1)
$ soc search -q --advanced-degree 60 --format jsonl -n 1 teacher | grep -o '"facts":.*'
"facts":"share of workers asked with a master's degree or more: 85.00% (O*NET 0.1)"}
$ soc search -q --stem
 1. 15-1252.00  Software Developers
    Job Zone 4
    facts     STEM by O*NET list of STEM occupations, NCSES STEM classes 2031,
              DHS STEM degree programmes 2031

 2. 17-2141.00  Mechanical Engineers
    Job Zone 4
    facts     STEM by DHS STEM degree programmes 2031
$ soc search -q --stem ncses aide
[exit 1]
$ soc search -q --stem dhs --format csv | cut -d , -f 1-5,8-
rank,code,soc,title,zone,best_title,best_task,unexplained,facts
1,15-1252.00,15-1252,Software Developers,4,,,,STEM by DHS STEM degree programmes 2031
2,17-2141.00,17-2141,Mechanical Engineers,4,,,,STEM by DHS STEM degree programmes 2031
$ soc search -q --degree 'science of making up'
 1. 17-2141.00  Mechanical Engineers
    Job Zone 4
    facts     91.0102 Science of Making Up, General, its one field of study (SOC
              2018 to CIP 2020 crosswalk)

 2. 15-1252.00  Software Developers
    Job Zone 4
    facts     91.0102 Science of Making Up, General, 1 of its 3 fields of study
              (SOC 2018 to CIP 2020 crosswalk)
$ soc search -q --degree 91 --group 17 --format tsv | cut -f 1-5,8-
rank	code	soc	title	zone	best_title	best_task	unexplained	facts
1	17-2141.00	17-2141	Mechanical Engineers	4				91.0102 Science of Making Up, General, its one field of study (SOC 2018 to CIP 2020 crosswalk)
$ soc search -q --where 'outlook_growth < 0' | grep facts
    facts     growth of employment: -25.0% (Employment Projections 2031-41, of
    facts     growth of employment: -25.0% (Employment Projections 2031-41, of
$ soc search -q --where 'entry_education ~ "degree made-up"' | grep -A1 facts
    facts     typical education for entry: Made-up degree (Employment
              Projections 2031-41)
$ soc search -q --where 'wage_basis = annual' --level onet | grep '^ '
 1. 15-1299.00  Computer Occupations, All Other
    facts     annual or hourly, where only one of the two is published: annual
              (OEWS May 2031)
 2. 15-1299.08  Computer Systems Engineers/Architects
    Job Zone 4
    facts     annual or hourly, where only one of the two is published: annual
              (OEWS May 2031, of 15-1299)
$ soc search -q --where 'flag_zone = 2' --where 'flag_education != x'
soc: --where: the index has no Appendix A, Job Zones and education of the wage system
hint: give soc-index build the FLAG workbook of a wage year too
[exit 2]
$ soc search -q --explain --wage 4k..5k --stem --where 'annual_90 > 5' -n 1 | sed -n '/^filter/,/leaves/p'
filter      annual_median from 4000 to 5000
            STEM by onet ncses dhs
            annual_90 above 5
            leaves 0 of 160 occupations

# What is said to be "so much or more" is not less, and not known to be no more.
$ soc search -q --where 'annual_90 >= 9000' | grep facts
    facts     90th percentile of annual wages: above what is published (OEWS May
$ soc search -q --where 'annual_90 <= 9000' --limit 1 | grep facts
    facts     90th percentile of annual wages: $6,666 (OEWS May 2031, of

# Nothing found, and why.
$ soc search --degree 93.0101
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: 93.0101 Studies Without Work leads to no occupation in the crosswalk
[exit 1]
$ soc search --degree 'quantum stitching'
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: no field of study of the crosswalk has all of the words quantum stitching
[exit 1]
$ soc search -q --wage 1m
soc: '1m' is no value of --wage
hint: write dollars a year, 100000 or 100k, or a range, 80000..120000
[exit 2]
$ soc search --wage 999999
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: nothing holds all that is asked for: --explain tells what each part holds in
[exit 1]

# Values that are none.
$ for o in '--wage x' '--advanced-degree 150' '--advanced-degree -1' '--stem=sem' '--where wage' '--where what=1' '--where annual_median~x' '--where stem_dhs=x' '--where pay.x=1' '--degree ='; do echo "[$o]"; soc search $o 2>&1; done
[--wage x]
soc: 'x' is no value of --wage
hint: write dollars a year, 100000 or 100k, or a range, 80000..120000
[--advanced-degree 150]
soc: '150' is no per cent
hint: write a per cent, 50, or a range, 25..75
[--advanced-degree -1]
soc: '-1' is no per cent
hint: write a per cent, 50, or a range, 25..75
[--stem=sem]
soc: --stem must be any, onet, ncses or dhs, not 'sem'
[--where wage]
soc: 'wage' compares nothing
hint: write COLUMN >= 10, = text, != text, ~ words, or = 10..20; COLUMN is one that `soc fields --facts` lists, or NAME.COLUMN of a table of your own
[--where what=1]
soc: 'what' is no column
hint: write COLUMN >= 10, = text, != text, ~ words, or = 10..20; COLUMN is one that `soc fields --facts` lists, or NAME.COLUMN of a table of your own
[--where annual_median~x]
soc: 'annual_median' cannot be compared with 'x' by ~
hint: write COLUMN >= 10, = text, != text, ~ words, or = 10..20; COLUMN is one that `soc fields --facts` lists, or NAME.COLUMN of a table of your own
[--where stem_dhs=x]
soc: 'stem_dhs' is no column
hint: write COLUMN >= 10, = text, != text, ~ words, or = 10..20; COLUMN is one that `soc fields --facts` lists, or NAME.COLUMN of a table of your own
[--where pay.x=1]
soc: --where: the index has no column pay.x
hint: soc-index build ... --facts NAME=FILE keeps a table of your own; `soc-index info` lists those that an index has
[--degree =]
soc: this index holds the SAMPLE corpus, not a release of the Department of Labor
soc: no field of study of the crosswalk has all of the words =
[exit 1]

# What can be asked for.
$ soc fields --facts | head -3
advanced_degree        share of workers asked with a master's degree or more (O*NET)
appendix_a             usual education of a professional occupation (FLAG, Appendix A)
flag_zone              Job Zone as the wage system uses it (FLAG)
$ soc fields --facts --format json | python3 -c 'import json, sys; a = json.load(sys.stdin); print(len(a), a[0], {f["kind"] for f in a} == {"number", "money", "percent", "text", "list"})'
35 {'format': 1, 'name': 'advanced_degree', 'kind': 'percent', 'unit': '', 'holds': "share of workers asked with a master's degree or more (O*NET)"} True
$ soc fields --facts --format json | python3 -c '
> import json, sys
> for f in json.load(sys.stdin): print(f["name"], "!= x" if f["kind"] in ("text", "list") else ">= 0")' >conditions; wc -l <conditions
35
$ while read -r c; do soc search -q --where "$c" >/dev/null 2>log || echo "$c: $(head -1 log)"; done <conditions
flag_education != x: soc: --where: the index has no Appendix A, Job Zones and education of the wage system

# An index without such facts says what to build it with.
$ soc-index build --no-model -q -o plain.soc corpus/sample
$ for o in '--wage 1' '--stem' '--stem dhs' '--degree 14' '--where outlook_growth>1' '--where flag_zone=1'; do soc search --index plain.soc $o 2>&1 | grep -v SAMPLE; done
soc: --wage: the index has no wages
hint: give soc-index build the OEWS national file, national_M2024_dl.xlsx too
soc: --stem: the index has no such list of what is STEM
hint: give soc-index build the O*NET list of STEM occupations, the NCSES classes, or the DHS list with the SOC to CIP crosswalk too
soc: --stem: the index has no such list of what is STEM
hint: give soc-index build the O*NET list of STEM occupations, the NCSES classes, or the DHS list with the SOC to CIP crosswalk too
soc: --degree: the index has no fields of study
hint: give soc-index build the SOC 2018 to CIP 2020 crosswalk too
soc: --where: the index has no outlook
hint: give soc-index build the Employment Projections, occupation.xlsx too
soc: --where: the index has no Appendix A, Job Zones and education of the wage system
hint: give soc-index build the FLAG workbook of a wage year too
$ soc show -q --index plain.soc --section wages,outlook,stem,degrees,profession,own 15-1252
15-1252.00  Software Developers
in 15-0000 > 15-1200 > 15-1250 > 15-1252

# Two releases of one survey are refused; sheets of one workbook that were saved apart are not.
$ sed 's/2031/2032/g' bls/occupation.csv >other.csv; soc-index build --no-model -q -o x.soc corpus/sample bls/occupation.csv other.csv
soc-index: other.csv: two Employment Projections releases: bls/occupation.csv (Employment Projections 2031-41) and other.csv (Employment Projections 2032-41)
hint: an index holds one release of it: build one index for each
[exit 2]
$ cp bls/national_M2031_dl.csv national_M2030_dl.csv; echo >>national_M2030_dl.csv; soc-index build --no-model -q -o x.soc corpus/sample bls national_M2030_dl.csv 2>&1 | head -1
soc-index: national_M2030_dl.csv: two OEWS releases: bls/national_M2031_dl.csv (OEWS May 2031) and national_M2030_dl.csv (OEWS May 2030)
$ head -1 bls/national_M2031_dl.csv >none.csv; soc-index build --no-model -q -o x.soc corpus/sample none.csv
soc-index: none.csv: the table "Employment and wages" has no row that can be used
hint: take the national file as published, from https://www.bls.gov/oes/tables.htm
[exit 2]

# Tables of your own: any columns, any codes; what cannot be used is told with its line.
$ cat >pay.csv <<'END'
> Team,SOC,Median pay,Remote
> A,15-1252,"150,000",yes
> B,15-1252.00,90.5,no
> C,15-1200,77,
> D,98-7654,5,no
> E,nurse,1,2
> A,15-1252,"150,000",yes
> F,29-1141,95000,no
> F,29-1141,96000,no
> END
$ soc-index build --no-model -o own.soc corpus/sample --facts pay=pay.csv 2>&1 | grep 'not used\|hint\|  pay\|its codes\|rejected:\|your own'
soc-index: not used: pay.csv:5:2: unknown code in "SOC": 98-7654
hint: a code of an older edition is understood where its crosswalk is among the sources
soc-index: not used: pay.csv:6:2: malformed code in "SOC": nurse
soc-index: not used: pay.csv:7: duplicate
  pay  (pay.csv, 175 bytes)
    its codes are in the column "SOC"
    pay                                                     8 rows          5 used
      rejected: 1 malformed code
      rejected: 1 unknown code
      rejected: 1 duplicate
  facts of your own                                        12
$ export SOC_INDEX=own.soc
$ soc show -q --section own 15-1252 15-1200 29-1141.03
15-1252.00  Software Developers
in 15-0000 > 15-1200 > 15-1250 > 15-1252

pay  pay.csv
  Team                     B
  Median pay               90.5
  Remote                   no
  row of 15-1252 Software Developers
  Team                     A
  Median pay               150,000
  Remote                   yes

15-1200  a minor group with 11 occupations

pay  pay.csv
  Team                     C
  Median pay               77

29-1141.03  Critical Care Nurses
in 29-0000 > 29-1000 > 29-1140 > 29-1141

pay  pay.csv
  row of 29-1141 Registered Nurses
  Team                     F
  Median pay               95000; also 96000
  Remote                   no
$ soc show -q --format json 15-1252 | python3 facts.py own
{'fact': 'own', 'value': 'B', 'column': 'Team', 'code': '15-1252.00', 'way': 'own', 'source': 'pay', 'release': '', 'date': ''}
{'fact': 'own', 'value': 'A', 'column': 'Team', 'code': '15-1252', 'way': 'soc', 'source': 'pay', 'release': '', 'date': ''}
{'fact': 'own', 'value': '90.5', 'column': 'Median pay', 'number': 90.5, 'code': '15-1252.00', 'way': 'own', 'source': 'pay', 'release': '', 'date': ''}
{'fact': 'own', 'value': '150,000', 'column': 'Median pay', 'number': 150000.0, 'code': '15-1252', 'way': 'soc', 'source': 'pay', 'release': '', 'date': ''}
{'fact': 'own', 'value': 'no', 'column': 'Remote', 'code': '15-1252.00', 'way': 'own', 'source': 'pay', 'release': '', 'date': ''}
{'fact': 'own', 'value': 'yes', 'column': 'Remote', 'code': '15-1252', 'way': 'soc', 'source': 'pay', 'release': '', 'date': ''}
$ soc search -q --where 'pay.median_pay >= 90' --where 'PAY.Remote = NO'
 1. 15-1252.00  Software Developers
    Job Zone 4
    facts     Median pay: 90.5 (pay); Remote: no (pay)

 2. 29-1141.00  Registered Nurses
    Job Zone 3
    facts     Median pay: 95000 (pay); Remote: no (pay)
$ soc search -q --where 'pay.Remote = yes' --format json developer | grep '"facts"'
      "facts": "Remote: yes (pay)"
$ soc search -q --where 'pay.rank > 1'
soc: --where: the index has no column pay.rank
hint: soc-index build ... --facts NAME=FILE keeps a table of your own; `soc-index info` lists those that an index has
[exit 2]
$ soc search --where '"pay"."Median pay" > 1m'
soc: '"pay"."Median pay"' cannot be compared with '1m' by >
hint: write COLUMN >= 10, = text, != text, ~ words, or = 10..20; COLUMN is one that `soc fields --facts` lists, or NAME.COLUMN of a table of your own
[exit 2]

# The column with the codes: by its name, else the first with nothing but codes; below a preamble; in a workbook, a zip.
$ printf 'who,where\nx,15-1252\ny,29-1141.00\n' >guess.csv; soc-index build --no-model -o x.soc corpus/sample --facts g=guess.csv 2>&1 | grep 'its codes'
    its codes are in the column "where"
$ printf 'Onet_SOC\tSOC_CODE\tn\n15-1252.00\t15-1252\t7\n' >tabs.tsv; gzip tabs.tsv; soc-index build --no-model -o x.soc corpus/sample --facts t=tabs.tsv.gz 2>&1 | grep 'its codes'; soc show -q -i x.soc --section own 15-1252 | tail -2
    its codes are in the column "Onet_SOC"
  SOC_CODE                 15-1252
  n                        7
$ printf 'A note\n\nn,occ code\n8,15-1252\n' >note.csv; python3 -m zipfile -c note.zip note.csv; soc-index build --no-model -o x.soc corpus/sample --facts t=note.zip 2>&1 | grep 'its codes'; soc show -q -i x.soc --section own 15-1252 | tail -2
    its codes are in the column "occ code"
  row of 15-1252 Software Developers
  n                        8
$ printf 'a,b\n1,2\n' >none.csv; soc-index build --no-model -q -o x.soc corpus/sample --facts n=none.csv
soc-index: none.csv: the table n has no column with codes, or no other column beside it
hint: give a CSV, TSV or workbook with a header and a column of codes such as 15-1252.00 or 15-1252
[exit 2]
$ printf 'soc\n15-1252\n' >lone.csv; soc-index build --no-model -q -o x.soc corpus/sample --facts n=lone.csv
soc-index: lone.csv: the table n has no column with codes, or no other column beside it
hint: give a CSV, TSV or workbook with a header and a column of codes such as 15-1252.00 or 15-1252
[exit 2]
$ printf 'soc,n\n98-7654,2\n' >bad.csv; soc-index build --no-model -q -o x.soc corpus/sample --facts n=bad.csv
soc-index: bad.csv: the table "n" has no row that can be used
hint: give a CSV, TSV or workbook with a header and a column of codes such as 15-1252.00 or 15-1252
[exit 2]
$ soc-index build --no-model -q -o x.soc corpus/sample --strict --facts pay=pay.csv
soc-index: pay.csv:5:2: unknown code in "SOC": 98-7654
hint: mend that row, or leave --strict out to have such rows counted and skipped
[exit 2]
$ python3 -c 'print("soc," + ",".join(f"c{i}" for i in range(270))); print("15-1252" + ",1" * 270)' >wide.csv; soc-index build --no-model -q -o x.soc corpus/sample --facts n=wide.csv
soc-index: wide.csv: the table n has 271 columns; at most 256 are kept
hint: give a CSV, TSV or workbook with a header and a column of codes such as 15-1252.00 or 15-1252
[exit 2]
$ for f in pay.csv =pay.csv pay= 'a b=pay.csv' 'a.b=pay.csv' x=corpus/sample x=absent.csv; do soc-index build --no-model -q -o x.soc corpus/sample --facts "$f" 2>&1; done
soc-index: --facts 'pay.csv' names no file
hint: write a name and a file: --facts pay=our-pay.csv
soc-index: '' is no name for a table
hint: a name has letters, digits, - and _, at most 31 of them: --facts pay=pay.csv
soc-index: --facts 'pay=' names no file
hint: write a name and a file: --facts pay=our-pay.csv
soc-index: 'a b' is no name for a table
hint: a name has letters, digits, - and _, at most 31 of them: --facts pay=pay.csv
soc-index: 'a.b' is no name for a table
hint: a name has letters, digits, - and _, at most 31 of them: --facts pay=pay.csv
soc-index: corpus/sample: the table x is to be one file, or the only one in a zip
hint: give a CSV, TSV or workbook with a header and a column of codes such as 15-1252.00 or 15-1252
soc-index: absent.csv: cannot open: No such file or directory
hint: check the path
[exit 2]
$ soc-index build --no-model -q -o x.soc corpus/sample --facts pay=pay.csv --facts pay=guess.csv
soc-index: two tables are called pay
hint: give each table a name of its own
[exit 2]
$ soc-index build --no-model -q -o x.soc corpus/sample --facts a=guess.csv --facts b=guess.csv; soc show -q -i x.soc --section own 15-1252 | tail -5
in 15-0000 > 15-1200 > 15-1250 > 15-1252

a  guess.csv
  row of 15-1252 Software Developers
  who                      x
$ ls x.soc
x.soc
