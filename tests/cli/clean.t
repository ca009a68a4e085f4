# What stands in a title besides the occupation: said, weighed less, shown, and switched off.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc

$ soc search -q -n 1 --explain 'Sr. truck driver, remote - $30/hr (REQ-20394)' | grep weighs
cleaned     Sr: grade, weighs 0.8
            remote: place, weighs 0.1
            $30/hr: pay, weighs 0.1
            REQ-20394: requisition, weighs 0.1
$ soc search -q -n 1 --explain 'Director of Nursing' | grep '^cleaned'
cleaned     Director of Nursing: read as Nursing Director
$ soc search -q -n 1 'truck driver, 2nd shift, Acme Inc.' | sed -n '1p;/unexplained/p;/^little/p'
 1. 53-3032.00  Heavy and Tractor-Trailer Truck Drivers
little   2nd shift (schedule), Acme Inc (employer)
$ soc search -q -n 1 --no-cleaning 'truck driver, 2nd shift, Acme Inc.' | sed -n '1p;/unexplained/p;/^little/p'
 1. 53-3032.00  Heavy and Tractor-Trailer Truck Drivers
    unexplained 2nd, Acme, Inc
$ soc search -q -n 1 --format json --explain 'Head of Sales, remote' | python3 -c '
> import json, sys
> for x in json.load(sys.stdin)["explain"]["cleaning"]: print(x)'
{'written': 'Head of Sales', 'read_as': 'Sales Head'}
{'written': 'remote', 'is': 'place', 'weighs': 0.1}

# Behind a comma a name with a cue counts half; with --employer-after-comma, any.
$ soc search -q -n 1 --explain 'nurse, Hilltop school district' | grep '^cleaned'
cleaned     Hilltop school district: employer, weighs 0.5
$ soc search -q -n 1 --explain 'truck driver, gravel and sand' | grep '^cleaned'
[exit 1]
$ soc search -q -n 1 --employer-after-comma --explain 'truck driver, gravel and sand' | grep '^cleaned'
cleaned     gravel and sand: employer, weighs 0.5
$ printf 'title\n"nurse, Smith"\n' | soc code -q --top 1 --employer-after-comma | grep -o '"soc":"[0-9-]*"'
"soc":"29-1141"

# A title of which nothing would be left counts as it stands.
$ soc search -q -n 1 --explain 'Senior II, part-time' | grep -c '^cleaned'
0
[exit 1]

# Titles of the sample, decorated: the first answer stays.
$ cat >decorate.py <<'END'
> import json, subprocess
> rows = open("corpus/sample/Alternate Titles.txt", encoding="utf-8").read().splitlines()[1:]
> titles = sorted({r.split("\t")[1] for r in rows})
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
