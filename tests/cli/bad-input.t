# Bad input: refused or counted, by file, line and column, with a hint; and the old index stays as it was.

$ soc-index build -q -o old.soc corpus/sample && cp old.soc kept.soc
$ build() { soc-index build --no-model -o old.soc "$@"; }

# Not a release at all.
$ build nowhere.zip
soc-index: nowhere.zip: cannot open: No such file or directory
hint: check the path
[exit 2]
$ { printf '\211PNG\r\n\032\n'; head -c 3000 corpus/sample/Tools*; } >picture.png; build picture.png
soc-index: picture.png: this is a PNG image, not a table
hint: give a table as text (tab-separated, CSV), or a release as published
[exit 2]
$ mkdir empty; build empty
soc-index: empty: there are no files in this folder, nor in the folders in it
hint: give the folder that holds the tables of a release
[exit 2]
$ : >nothing.zip; build nothing.zip
(re) soc-index: nothing\.zip: .*empty.*
(re) hint: .+
[exit 2]
$ build kept.soc
soc-index: kept.soc: this is an index of soc-index, not a table
hint: give the releases that it was built from
[exit 2]
$ build /dev/null
(re) soc-index: /dev/null: .+
(re) hint: .+
[exit 2]
$ mkdir letters && echo 'Dear Sir' >letters/one.txt && build letters
(re) soc-index: letters: this is no release that is known here; tried: .*O\*NET.* \(lacks "Occupation Data\.txt"\).*
(re) hint: download .*db_31_0_text\.zip, from https://www\.onetcenter\.org/database\.html.*
[exit 2]
$ python3 -m zipfile -c letters.zip letters && build letters.zip
(re) soc-index: letters.zip: this is no release that is known here; tried: .*O\*NET.* \(lacks "Occupation Data\.txt"\).*
(re) hint: download .*db_31_0_text\.zip, from https://www\.onetcenter\.org/database\.html.*
[exit 2]
$ build letters/one.txt
(re) soc-index: letters/one.txt: this is no release that is known here; tried: .*O\*NET.* \(lacks "Occupation Data\.txt"\).*
(re) hint: give .+
[exit 2]
$ mkdir wrap && python3 -m zipfile -c wrap/inner.zip corpus/sample/ && python3 -m zipfile -c wrapped.zip wrap/inner.zip && build wrapped.zip
...
(re) soc-index: wrapped\.zip: this is no release that is known here.*
hint: give the zip that is the release itself
[exit 2]
$ build 'corpus/sample/Alternate Titles.txt'
soc-index: corpus/sample/Alternate Titles.txt: the O*NET release lacks the table "Occupation Data" (Occupation Data.txt)
(re) hint: give that file too, or download .*db_31_0_text\.zip.*
[exit 2]

# Two releases at once.
$ cp -r corpus/sample second && echo more >>'second/Read Me.txt' && build corpus/sample second
soc-index: second: two O*NET releases: corpus/sample (O*NET 0.1) and second (O*NET 0.1)
hint: an index holds one release of it: build one index for each
[exit 2]

# Containers that are cut off or damaged.
$ python3 -m zipfile -c good.zip corpus/sample/ && head -c 40000 good.zip >cut.zip && build cut.zip
(re) soc-index: cut\.zip: the zip file is damaged or cut off.*
hint: download or copy it again, and compare its size with the original
[exit 2]
$ cat >flip.py <<'END'
> import sys, zipfile
> member = next(i for i in zipfile.ZipFile("good.zip").infolist() if i.filename.endswith(sys.argv[1]))
> b = bytearray(open("good.zip", "rb").read())
> b[member.header_offset + 30 + len(member.filename) + member.compress_size // 2] ^= 255
> open("flip.zip", "wb").write(b)
> END
$ python3 flip.py 'Task Statements.txt'; build -q flip.zip
(re) soc-index: flip\.zip: Task Statements\.txt: .+
(re) hint: download or copy it again.*
[exit 2]
$ python3 flip.py 'Tools Used.txt'; build -q flip.zip
(re) soc-index: flip\.zip: Tools Used\.txt: .+
(re) hint: download or copy it again.*
[exit 2]

# libzip is loaded with the first zip; where it cannot be, what reads no zip goes on.  (A file without content takes its place.)
$ mkdir broken; touch broken/libzip.so.4 broken/libzip.so.5 broken/libzip.so.6; broken() { LD_LIBRARY_PATH=broken "$@"; }
$ broken soc-index build --no-model -o old.soc good.zip
(re) soc-index: good\.zip: libzip cannot be loaded: .+libzip\.so\..+
(re) hint: install libzip, which on Debian is: apt-get install libzip\d+
[exit 2]
$ broken soc-index build -q --no-model -o unzipped.soc corpus/sample; broken soc search -q -i unzipped.soc -n 1 -f tsv nurse | cut -f 2 | tail -n 1
29-1141.00
$ readelf -d "$(command -v soc)" "$(command -v soc-index)" | grep -c 'NEEDED.*\(libzip\|libcrypto\|libbz2\)'
0
[exit 1]
$ gzip -c 'corpus/sample/Task Statements.txt' | head -c 9000 >'Task Statements.txt.gz'; build 'Task Statements.txt.gz' 'corpus/sample/Occupation Data.txt'
(re) soc-index: Task Statements\.txt\.gz(:[0-9]+)?: .+
(re) hint: .+
[exit 2]

# A table without a column that it needs, or without any row.
$ fresh() { rm -rf bad && cp -r corpus/sample bad; }
$ fresh; sed -i '1s/Alternate Title/Some Title/' 'bad/Alternate Titles.txt'; build bad
soc-index: bad/Alternate Titles.txt:1: the table "Alternate Titles" lacks the column "Job Title" or "Alternate Title"
hint: take the file as published; its header row has only: "O*NET-SOC Code", "Some Title", "Short Title", "Source(s)"
[exit 2]
$ fresh; : >'bad/Occupation Data.txt'; build bad
soc-index: bad/Occupation Data.txt: the table "Occupation Data" is empty: it has no header row
hint: take the file as published
[exit 2]
$ fresh; sed -i 2,999d 'bad/Occupation Data.txt'; build -q bad
soc-index: bad/Occupation Data.txt: the table "Occupation Data" has no row that can be used
(re) hint: download .*db_31_0_text\.zip, from https://www\.onetcenter\.org/database\.html.*
[exit 2]
$ fresh; sed -i '1s/.*/&\tTitle/' 'bad/Occupation Data.txt'; build bad
soc-index: bad/Occupation Data.txt:1: the table "Occupation Data" has the column "Title" twice
hint: take the file as published, or remove one of the two columns
[exit 2]

# None of all that touched the old index, or left anything beside it.
$ cmp old.soc kept.soc; ls | grep -F old.soc
old.soc

# Rows that cannot be used: told by file, line and column, and counted by reason.
$ cat >spoil.py <<'END'
> name = "bad/Alternate Titles.txt"
> rows = open(name, "rb").read().split(b"\n")
> rows[10] = rows[10].replace(b"\t", b"", 1)              # line 11: a field too few
> rows[20] += b"\textra"                                  # line 21: a field too many
> rows[30] = b"11-10" + rows[30][10:]                     # line 31: no code
> rows[40] = b"99-9999.00" + rows[40][10:]                # line 41: no such code
> rows[50] = rows[49]                                     # line 51: the line above again
> open(name, "wb").write(b"\n".join(rows))
> END
$ fresh; python3 spoil.py; soc-index build -o new.soc bad 2>told
$ grep '^soc-index: .*not used: bad' told | sed 's/^soc-index: .*not used: //'
bad/Alternate Titles.txt:11: too few fields: 3 where the header has 4
bad/Alternate Titles.txt:21: too many fields: 5 where the header has 4
bad/Alternate Titles.txt:31:1: malformed code in "O*NET-SOC Code": 11-10
bad/Alternate Titles.txt:41:1: unknown code in "O*NET-SOC Code": 99-9999.00
(re) bad/Alternate Titles\.txt:51(:[0-9]+)?: duplicate.*
$ grep -A5 '    Alternate Titles' told | sed 's/\([^ ]\)   */\1 /g'
    Alternate Titles 1,791 rows 1,786 used
      rejected: 1 too few fields
      rejected: 1 too many fields
      rejected: 1 malformed code
      rejected: 1 unknown code
      rejected: 1 duplicate
$ soc-index info --json new.soc | python3 -c 'import json, sys
> for t in json.load(sys.stdin)["sources"][0]["tables"]:
>     if t["rejected"]: print(t["table"], t["rows"], t["used"], sum(t["rejected"].values()))'
Alternate Titles 1791 1786 5
$ soc-index verify new.soc
(re) new\.soc: whole; 160 occupations, [0-9]+ lists, every checksum and record checked

# Of many such rows the first are shown, the others counted.
$ fresh; sed -i '2,$s/^1/x/' 'bad/Task Statements.txt'; soc-index build --no-model -o new.soc bad 2>told; grep -c 'not used: bad' told; grep 'in all' told
5
(re) soc-index: [0-9,]+ rows not used in all; the summary counts them by reason, --strict stops at the first

# Bytes that are not UTF-8, empty fields, bad numbers.
$ fresh; python3 - <<'END'
> name = "bad/Alternate Titles.txt"
> rows = open(name, "rb").read().split(b"\n")
> rows[5] = rows[5][:13] + b"\xe9\xff" + rows[5][13:]
> rows[7] = rows[7].split(b"\t")[0] + b"\t\tn/a\t02"
> open(name, "wb").write(b"\n".join(rows))
> END
$ sed -i '4s/\t[0-9]\t/\tfour\t/;6s/\t[0-9]\t/\t77\t/' 'bad/Job Zones.txt'; soc-index build --no-model -o new.soc bad 2>&1 | grep -e 'not used: bad' -e rejected: | sed 's/^soc-index: .*not used: //'
(re) bad/Alternate Titles\.txt:6:2: invalid UTF-8.*
bad/Alternate Titles.txt:8:2: empty field in "Alternate Title"
bad/Job Zones.txt:4:2: bad number in "Job Zone": four
bad/Job Zones.txt:6:2: bad number in "Job Zone": 77
      rejected: 1 empty field
      rejected: 1 invalid UTF-8
      rejected: 2 bad number

# A row that steers the terminal does not reach it.
$ fresh; printf '\033[31m\033]0;x\007\tA\tB\tC\n' >>'bad/Alternate Titles.txt'; soc-index build --no-model -o new.soc bad 2>&1 | LC_ALL=C grep -c "$(printf '[\033\007]')"
0
[exit 1]

# --quiet says nothing of them, --strict makes the first an error.
$ fresh; python3 spoil.py; soc-index build --no-model --quiet -o new.soc bad
$ build --strict bad
soc-index: bad/Alternate Titles.txt:11: too few fields: 3 where the header has 4
hint: mend that row, or leave --strict out to have such rows counted and skipped
[exit 2]
$ cmp old.soc kept.soc; soc-index build --no-model --strict --quiet -o strict.soc corpus/sample && cmp strict.soc /dev/null 2>/dev/null
[exit 1]

# A target that cannot be: found before the work begins.
$ soc-index build -o nowhere/new.soc corpus/sample
soc-index: cannot write to the folder nowhere/: No such file or directory
hint: check the path
[exit 2]
$ soc-index build -o empty corpus/sample
soc-index: empty exists and is no regular file
hint: name a file to write: -o FILE.soc
[exit 2]
$ soc-index build -o /dev/null corpus/sample
soc-index: /dev/null exists and is no regular file
hint: name a file to write: -o FILE.soc
[exit 2]
$ soc-index build -o old.soc/new.soc corpus/sample
(re) soc-index: .*old\.soc/.*: Not a directory
hint: check the path: a part of it is not a folder
[exit 2]
$ cmp old.soc kept.soc
