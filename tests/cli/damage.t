# A damaged index is refused by every command, with exit status 2 and a message that names a command.
# (tests/fault/test_flips changes thousands of bytes, one at a time.)

$ soc-index build -q -o good.soc corpus/sample
$ printf 'title\nNurse\n' >jobs.csv

# refused FILE: what each command says of it, folded where all agree but for the program's name.
$ cat >refused.sh <<'END'
> for command in "soc search nurse" "soc show 29-1141" "soc code jobs.csv" "soc-index info BAD" "soc-index info --json BAD" "soc-index verify BAD"; do
>   SOC_INDEX=$1 $(echo "$command" | sed "s|BAD|$1|") >out 2>told
>   echo "$?, $(wc -c <out) bytes out, $(sed 's/^soc-index: /soc: /' told)"
> done | sort | uniq -c | sed 's/^ *//'
> END
$ refused() { sh refused.sh "$1"; }

# A byte that changed in the trailer, by which all else is checked.
$ cat >flip.py <<'END'
> import sys
> b = bytearray(open("good.soc", "rb").read())
> b[int(sys.argv[1]) % len(b)] ^= 1
> open("bad.soc", "wb").write(b)
> END
$ python3 flip.py -48; refused bad.soc
6 2, 0 bytes out, soc: bad.soc is no index, or was cut short
6 hint: copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...
$ python3 flip.py -36; refused bad.soc
6 2, 0 bytes out, soc: bad.soc is damaged: its trailer does not match its checksum
6 hint: copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...
$ python3 flip.py -1; refused bad.soc
6 2, 0 bytes out, soc: bad.soc is damaged: its trailer does not match its checksum
6 hint: copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...

# Elsewhere, what reads the byte refuses it, and what does not answers: the first byte is Xapian's, for phrases alone.
$ python3 flip.py 0; soc search -i bad.soc '"registered nurses"'
soc: bad.soc is damaged: its bytes from 0 on do not match their checksum
hint: copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...
[exit 2]
$ soc search -q -i bad.soc -n 1 nurse | head -1
 1. 29-1141.00  Registered Nurses
$ soc-index verify bad.soc
soc-index: bad.soc is damaged: its bytes from 0 on do not match their checksum
hint: copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...
[exit 2]

# Cut off, or with something behind it.
$ head -c -1 good.soc >bad.soc; refused bad.soc
6 2, 0 bytes out, soc: bad.soc is no index, or was cut short
6 hint: copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...
$ head -c 500000 good.soc >bad.soc; refused bad.soc
6 2, 0 bytes out, soc: bad.soc is no index, or was cut short
6 hint: copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...
$ head -c 47 good.soc >bad.soc; refused bad.soc
6 2, 0 bytes out, soc: bad.soc is no index, or was cut short
6 hint: copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...
$ { cat good.soc; echo; } >bad.soc; refused bad.soc
6 2, 0 bytes out, soc: bad.soc is no index, or was cut short
6 hint: copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...
$ : >bad.soc; refused bad.soc
6 2, 0 bytes out, soc: bad.soc is no index, or was cut short
6 hint: copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...

# Something else altogether.
$ echo 'I am a text.' >bad.soc; refused bad.soc
6 2, 0 bytes out, soc: bad.soc is no index, or was cut short
6 hint: copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...
$ python3 -m zipfile -c bad.soc corpus/sample/; refused bad.soc
6 2, 0 bytes out, soc: bad.soc is no index, or was cut short
6 hint: copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...
$ rm bad.soc; mkdir bad.soc; refused bad.soc
6 2, 0 bytes out, soc: bad.soc is no index file
(re) [0-9] hint: .+
...
$ rmdir bad.soc; refused bad.soc
6 2, 0 bytes out, soc: cannot open the index bad.soc: No such file or directory
6 hint: build one: soc-index build -o FILE.soc RELEASE..., then name it with --index or $SOC_INDEX

# Another version of the format.
$ python3 "$ROOT/tests/fault/reseal.py" good.soc bad.soc -40 9; refused bad.soc
6 2, 0 bytes out, soc: bad.soc has index format 9; this program reads format 7
6 hint: build it anew with this program: soc-index build -o FILE.soc RELEASE...

# Sound checksums around data that Xapian does not know.
$ python3 "$ROOT/tests/fault/reseal.py" good.soc bad.soc 0 $(seq 1 200); soc search -i bad.soc '"registered nurses"'
(re) soc: bad.soc cannot be opened: .+
hint: copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...
[exit 2]

# What is whole is still taken.
$ soc search -q --index good.soc -n 1 nurse | head -1
 1. 29-1141.00  Registered Nurses
