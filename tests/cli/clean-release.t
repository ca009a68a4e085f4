# needs: data
# needs: speed
# Alternate titles of a release, decorated as advertisements decorate them: the first answer stays.
$ soc-index build -q -o 30.soc "$SOC_TEST_DATA/onet/db_30_1_text.zip"
$ export SOC_INDEX=30.soc
$ cat >decorate.py <<'END'
> import json, os, subprocess, zipfile
> release = zipfile.ZipFile(os.environ["SOC_TEST_DATA"] + "/onet/db_30_1_text.zip")
> member = next(n for n in release.namelist() if n.endswith("Alternate Titles.txt"))
> rows = release.read(member).decode().splitlines()[1:]
> titles = sorted({r.split("\t")[1] for r in rows})[::60]
> forms = ["{}, remote", "{} - $30/hr", "Sr. {}", "{} (m/f/d)", "{} REQ-20394", "{}, Acme Inc.", "{}, 2nd shift", "{} - Dallas, TX",
>          "{} II", "{} - Nights", "URGENT: {}", "{} - Summer 2025", "{} at Google LLC", "{} (JR0012)", "{}, part-time", "{} H/F"]
> def first(titles, *options):
>     table = "title\n" + "".join('"%s"\n' % t.replace('"', '""') for t in titles)
>     out = subprocess.run(["soc", "code", "-q", "--top", "1", *options], input=table, capture_output=True, text=True).stdout
>     return [(json.loads(line)["candidates"] or [{"soc": None}])[0]["soc"] for line in out.splitlines()]
> plain, kept, whole = first(titles), 0, 0
> for form in forms:
>     decorated = [form.format(t) for t in titles]
>     kept += sum(a == b for a, b in zip(first(decorated), plain))
>     whole += sum(a == b for a, b in zip(first(decorated, "--no-cleaning"), plain))
> share = kept / len(titles) / len(forms)
> print(len(titles) > 500, share >= 0.97 or share, kept > whole)
> END
$ python3 decorate.py
True True True
