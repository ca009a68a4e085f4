# soc-index build: what it says, and what it leaves behind.

# Not on a terminal: a line for each step as it ends; then the summary.
$ soc-index build -o sample.soc corpus/sample 2>told; tr -s ' ' <told
(re) Reading O\*NET 0\.1: [0-9]+ rows used, 0 rejected
...
This index holds the SAMPLE corpus, not a release of the Department of Labor.
sources
(re)  O\*NET 0\.1, November 2026 \(sample, [0-9,]+ bytes\)
(re)  sha256 [0-9a-f]{64}
 Occupation Data 160 rows 160 used
 DWA Reference 84 rows 84 used
 Job Zone Reference 5 rows 5 used
 Education, Training, and Experience Categories 12 rows 12 used
 Alternate Titles 1,791 rows 1,791 used
 Sample of Reported Titles 478 rows 478 used
 Task Statements 1,043 rows 1,043 used
 Emerging Tasks 23 rows 23 used
 Tasks to DWAs 1,021 rows 1,021 used
 Technology Skills 197 rows 197 used
 Tools Used 138 rows 138 used
 Job Zones 153 rows 153 used
 Education, Training, and Experience 804 rows 804 used
 Related Occupations 538 rows 538 used
content
 occupations 160
 official title 160
 alternate title 1,791
 short title 147
 reported title 478
 description 160
 core task 638
 supplemental task 365
 task 40
 emerging task 23
 work activity 860
 technology 197
 tool 138
...
(re)  digest [0-9a-f]{64}
(re)  built 20[0-9-]+T[0-9:]+Z by soc-index [0-9.]+ with Xapian [0-9.]+, format [0-9]+
(re) wrote sample\.soc: [0-9,]+ bytes in [0-9.]+ seconds

# The numbers stand in columns.
$ grep -E '[0-9] rows +[0-9,]+ used$' told | awk '{ print length }' | sort -u | wc -l
1

# No escape sequence and no carriage return reaches a file.
$ soc-index build --no-model -o sample.soc corpus/sample 2>&1 | LC_ALL=C grep -c "$(printf '[\033\r]')"
0
[exit 1]

# Whoever reads only the beginning of what is said gets an index all the same.
$ soc-index build --no-model -o sample.soc corpus/sample 2>&1 | head -1 >/dev/null; soc-index verify -q sample.soc

# Nothing is left beside the index, and standard output stays empty.
$ soc-index build --no-model -o sample.soc corpus/sample 2>/dev/null
$ rm told; ls -A
corpus
sample.soc

$ soc-index build --no-model --quiet -o quiet.soc corpus/sample
$ soc-index build --no-model -q --output=quiet.soc --release 7.5 corpus/sample
$ soc-index verify quiet.soc
(re) quiet\.soc: whole; 160 occupations, [0-9]+ lists, every checksum and record checked

# An index may be written over an old one, also where the name begins with a dash or holds blanks.
$ soc-index build --no-model -q -o ./-odd.soc corpus/sample && soc-index build --no-model -q -o ./-odd.soc -- corpus/sample && soc-index verify ./-odd.soc
(re) ./-odd\.soc: whole; 160 occupations, [0-9]+ lists, every checksum and record checked
$ mkdir 'a folder' && soc-index build --no-model -q -o 'a folder/an index' corpus/sample && ls 'a folder'
an index

# A symbolic link stays one: what it leads to is replaced.
$ mkdir real && cp sample.soc real && ln -s real/sample.soc link.soc && SOURCE_DATE_EPOCH=1 soc-index build -q -o link.soc --release 2.0 corpus/sample && readlink link.soc && ls -A real && cmp -s link.soc sample.soc
real/sample.soc
sample.soc
[exit 1]

# One result, whatever way the release came: see sources.t.  The same input, the same digest:
$ for i in 1 2; do soc-index build -q -o "twice$i.soc" corpus/sample; soc-index info --json "twice$i.soc" | grep '"digest"'; done | uniq | wc -l
1

# With the date told from outside, the same bytes.
$ for i in 1 2; do SOURCE_DATE_EPOCH=1700000000 soc-index build -q -o "twice$i.soc" corpus/sample; done
$ cmp twice1.soc twice2.soc
$ soc-index info twice1.soc | grep -o 'built 2023[^ ]*'
built 2023-11-14T22:13:20Z

# The release that wants to be named.
$ mkdir bare && cp corpus/sample/*.txt bare && rm 'bare/Read Me.txt' && soc-index build --no-model --release 42.1 -o bare.soc bare 2>&1 | grep -F 42.1
(re) Reading O\*NET 42\.1: .*
(re)   O\*NET 42\.1  \(bare, [0-9,]+ bytes\)

# What is asked for wrongly.
$ soc-index build corpus/sample
soc-index: no index file is named
hint: soc-index build -o FILE.soc SOURCE...
[exit 2]
$ soc-index build -o new.soc
soc-index: no source is named
hint: give an O*NET release as published, such as db_30_1_text.zip
[exit 2]
$ soc-index build corpus/sample -o
soc-index: --output needs a value: --output FILE
[exit 2]
$ soc-index build --outptu new.soc corpus/sample
soc-index: unknown option --outptu
hint: did you mean --output?  `soc-index help build` lists the options
[exit 2]
$ soc-index biuld -o new.soc corpus/sample
soc-index: unknown command 'biuld'
hint: did you mean `soc-index build`?  `soc-index help` lists the commands
[exit 2]
$ ls new.soc
(re) ls: .*new\.soc.*: No such file or directory
[exit 2]
