# The same release in every form in which it comes: the same content, by the digest of the index.
$ digest() { soc-index build -q --no-model -o some.soc "$@" && soc-index info --json some.soc | sed -n 's/.*"digest": "\(.*\)".*/\1/p'; }
$ same() { if [ "$(digest "$@")" = "$FOLDER" ]; then echo same; else echo other; fi; }
$ FOLDER=$(digest corpus/sample); echo ${#FOLDER}
64

# A zip, with the folder in it and without, and whatever it is called.
$ python3 -m zipfile -c release.zip corpus/sample/ && same release.zip
same
$ cp release.zip picture.jpg && same picture.jpg
same
$ (cd corpus/sample && python3 -m zipfile -c "$OLDPWD/flat.zip" *.txt) && same flat.zip
same
$ same corpus/sample/
same

# Single files, in any order; gzipped; a zip in gzip; a folder of gzipped files.
$ same corpus/sample/*.txt
same
$ mkdir gz && cp corpus/sample/*.txt gz && gzip gz/*.txt && same gz/*.gz
same
$ same gz
same
$ python3 - <<'END'
> import os
> files = sorted(os.listdir("corpus/sample"), reverse=True)
> open("reversed", "w").write("".join(f"corpus/sample/{f}\0" for f in files))
> END
$ soc-index build -q -o trained.soc corpus/sample && xargs -0 soc-index build -q -o reversed.soc <reversed
$ for i in trained reversed; do soc-index info --json $i.soc | grep '"digest"'; done | uniq | wc -l
1

# The file's name in the manifest is what was given.
$ soc-index build -q --no-model -o zip.soc release.zip && soc-index info zip.soc | grep 'O\*NET 0'
(re)   O\*NET 0\.1, November 2026  \(release\.zip, [0-9,]+ bytes\)
$ soc-index build -q --no-model -o files.soc corpus/sample/*.txt && soc-index info files.soc | grep 'O\*NET 0'
(re)   O\*NET 0\.1, November 2026  \(.* and 14 more, [0-9,]+ bytes\)

# Line ends of other systems, a byte order mark, no line end at the end.
$ mkdir crlf && for f in corpus/sample/*.txt; do sed 's/$/\r/' "$f" >"crlf/${f##*/}"; done && same crlf
same
$ mkdir bom && for f in corpus/sample/*.txt; do { printf '\357\273\277'; cat "$f"; } >"bom/${f##*/}"; done && same bom
same
$ mkdir both && for f in crlf/*.txt; do { printf '\357\273\277'; head -c -2 "$f"; } >"both/${f##*/}"; done && same both
same

# Columns in another order, columns and files that nobody knows, names in other letters.
$ cat >columns.py <<'END'
> import os
> os.mkdir("columns")
> for name in os.listdir("corpus/sample"):
>     text = open(f"corpus/sample/{name}", encoding="utf-8", newline="").read()
>     if name != "Read Me.txt":
>         rows = [row.split("\t") for row in text.splitlines()]
>         rows = [["?" if i else "Colour"] + row[::-1] + ["", "x"][:1] for i, row in enumerate(rows)]
>         rows[0][-1] = "Shape"
>         rows[0] = [field.upper() for field in rows[0]]
>         text = "".join("\t".join(row) + "\n" for row in rows)
>     open(f"columns/{name}", "w", encoding="utf-8", newline="").write(text)
> open("columns/Abilities.txt", "w").write("O*NET-SOC Code\tElement ID\nnothing that is read\n")
> open("columns/notes.pdf", "wb").write(b"%PDF-1.4\n\0\1\2")
> END
$ python3 columns.py && same columns
same

# Tables that a release may lack: all but the occupations.
$ mkdir few && cp 'corpus/sample/Occupation Data.txt' few && soc-index build -o few.soc --release 1.0 few 2>&1 | tr -s ' '
(re) Reading O\*NET 1\.0: 160 rows used, 0 rejected
...
 Occupation Data 160 rows 160 used
content
 occupations 160
 official title 160
 description 160
...
$ soc search -q --index few.soc -n 1 --format json 'registered nurses' | grep -c '"code": "29-1141.00"'
1
$ soc show -q --index few.soc 29-1141.00 | head -1
29-1141.00  Registered Nurses
$ for left in 'Job Zones' 'Job Zone Reference' 'DWA Reference' 'Tasks to DWAs' 'Task Statements' 'Alternate Titles' 'Related Occupations'; do
>   rm -rf less && cp -r corpus/sample less && rm "less/$left.txt" && soc-index build -q -o less.soc less 2>&1 | head -1
>   soc search -q --index less.soc -n 1 nurse >/dev/null && soc show -q --index less.soc 29-1141.00 >/dev/null && soc-index verify -q less.soc && echo "fine without $left"
> done
fine without Job Zones
fine without Job Zone Reference
fine without DWA Reference
fine without Tasks to DWAs
fine without Task Statements
fine without Alternate Titles
fine without Related Occupations

# Codes, titles and content go through other line ends and forms untouched.
$ soc-index build -q --no-model -o crlf.soc crlf && soc show -q --index crlf.soc 31-1131.00 >1 && soc-index build -q --no-model -o zip.soc release.zip && soc show -q --index zip.soc 31-1131.00 >2 && cmp 1 2

# The same release twice is read once; two different ones are refused.
$ soc-index build --no-model -o some.soc corpus/sample release.zip 2>&1 | tail -2
...
$ soc-index build -q --no-model -o some.soc corpus/sample "$PWD/corpus/sample" && soc-index info --json some.soc | grep -c "$FOLDER"
1
