# needs: data
# needs: speed
# The case for a code against a release: codes and figures only.
$ cd "$SOC_TEST_DATA"
$ soc-index build -q -o "$OLDPWD/all.soc" onet/db_30_1_text.zip oflc/*.csv.gz soc/*
$ cd "$OLDPWD"
$ export SOC_INDEX=all.soc
$ cat >job.txt <<END
> Train and evaluate machine learning models on large data sets.
> Design and write software services that put models into production.
> Read research papers, try new methods, and publish results.
> END
$ cat >sum.py <<END
> import json, subprocess, sys
> def soc(*arguments):
>     return json.loads(subprocess.run(["soc", *arguments, "--format", "json", "-q"], check=True, stdout=subprocess.PIPE).stdout)
> for job in (["--title", "AI researcher", "--text", "job.txt"], ["--title", "Sr. Software Developer II (Remote)"], ["--text", "job.txt"]):
>     for code in sys.argv[1:]:
>         why = soc("why", code, *job)
>         pieces = [p for group in why["evidence"].values() for p in group["evidence"]]
>         shown = {c: json.dumps(soc("show", "--all", c)) for c in {p["code"] for p in pieces}}
>         missing = sum(json.dumps(p["text"])[1:-1] not in shown[p["code"]] for p in pieces)
>         given = sum(p["points"] for p in pieces) + sum(s["points"] for s in why["signals"].values())
>         print(code, "adds up" if abs(given - why["score"]) < 1e-4 else (given, why["score"]), missing, "missing", why["rival"]["code"])
> END
$ python3 sum.py 15-2051 15-1252 15-1221 15-2051.01
15-2051 adds up 0 missing 15-1221
15-1252 adds up 0 missing 15-2051
15-1221 adds up 0 missing 15-2051
15-2051.01 adds up 0 missing 15-2051.00
15-2051 adds up 0 missing 15-1252
15-1252 adds up 0 missing 15-1299
15-1221 adds up 0 missing 15-1252
15-2051.01 adds up 0 missing 15-1252.00
15-2051 adds up 0 missing 15-2041
15-1252 adds up 0 missing 15-2051
15-1221 adds up 0 missing 15-2051
15-2051.01 adds up 0 missing 15-2051.00
