# Texts: what is not about the work weighs little, is said, and can be switched off.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc
$ cat >advertisement.txt <<'END'
> About us: Larkfield Motors is a family-owned firm and has looked after its customers since 1962.
> What you will do
> - Diagnose faults of cars and light trucks
> - Replace brakes, belts and filters
> Perks
> - Health and dental insurance from the first day, paid vacation, and a 401(k)
> - Employee discount on tires
> The pay is $24 to $31 an hour.  Monday to Friday, 8 to 5.
> Two years of experience in a repair shop preferred.
> We are an equal opportunity employer.  To apply, send your resume to work@larkfield.example.
> END
$ soc search -q -n 1 --text advertisement.txt --explain | sed -n '/^weighed/,/^ranking/p' | grep -v ^ranking
weighed     8 of 10 sentences say little of the work
            1 equal opportunity, weighs 0.03: We are an equal opportunity
            employer.
            2 benefits, weighs 0.03: Health and dental insurance from the first
            day, paid vacatio ...
            1 about the employer, weighs 0.03: About us: Larkfield Motors is a
            family-owned firm and has lo ...
            1 how to apply, weighs 0.03: To apply, send your resume to
            work@larkfield.example.
            1 pay, weighs 0.03: The pay is $24 to $31 an hour.
            1 hours and place, weighs 0.03: Monday to Friday, 8 to 5.
            1 requirements, weighs 0.3: Two years of experience in a repair shop
            preferred.
$ soc search -q -n 1 --text advertisement.txt | sed -n '1p;/unexplained/,$p'
 1. 49-3023.00  Automotive Service Technicians and Mechanics
$ soc search -q -n 1 --no-cleaning --text advertisement.txt | sed -n '1p;/unexplained/,$p'
 1. 49-3023.00  Automotive Service Technicians and Mechanics
    unexplained About, us, Larkfield, Motors, family, owned, firm, looked,
                since, 1962, do, Perks and 33 more
$ soc search -q -n 1 --text advertisement.txt --explain --format json | python3 -c '
> import json, sys
> for x in json.load(sys.stdin)["explain"]["weighing"][:3]: print(x)'
{'sentences': 10, 'lessened': 8}
{'is': 'equal opportunity', 'weighs': 0.03, 'sentences': 1, 'first': 'We are an equal opportunity employer.'}
{'is': 'benefits', 'weighs': 0.03, 'sentences': 2, 'first': 'Health and dental insurance from the first day, paid vacatio'}

# Where nothing is about the work, all of it says little; a megabyte is read.
$ soc search -q -n 1 --explain 'We are an equal opportunity employer, and you can apply online today.' | grep -c '^weighed'
1
$ python3 -c 'print(open("advertisement.txt").read() * 1500)' > long.txt
$ soc search -q -n 1 --text long.txt | sed -n '1p;/^little/p'
 1. 49-3023.00  Automotive Service Technicians and Mechanics
little   12000 of 15000 sentences

# Beginnings of descriptions amid what else advertisements say: found nearly as often as alone, else hardly ever.
$ cat >amid.py <<'END'
> import csv, io, json, subprocess
> rows = [r.split("\t") for r in open("corpus/sample/Occupation Data.txt", encoding="utf-8").read().splitlines()[1:]]
> before = "Who we are\nLarkfield has served the county since 1962 and is proud of its people.\nWhat you will do\n"
> behind = ("\nPerks\nMedical, dental and life insurance, three weeks of paid vacation, a retirement plan and a yearly bonus.\n"
>           "Pay\nThe pay range is $21 to $29 an hour with overtime on weekends, paid every second Friday.\n"
>           "What you bring\nA high school diploma and two years of experience; strong communication skills; able to lift 40 pounds.\n"
>           "How to apply\nSend your resume and a cover letter to our human resources office or visit the website.\n"
>           "Larkfield is an equal opportunity employer; a drug test and a background check are required before the first day.\n")
> def right(texts, *options):
>     table = io.StringIO()
>     csv.writer(table).writerows([["text"]] + [[t] for t in texts])
>     out = subprocess.run(["soc", "code", "-q", "--top", "1", *options], input=table.getvalue(), capture_output=True, text=True).stdout
>     found = [(json.loads(line)["candidates"] or [{"soc": None}])[0]["soc"] for line in out.splitlines()]
>     return sum(f == r[0][:7] for f, r in zip(found, rows)) / len(rows)
> alone = [" ".join(r[2].split()[:5]) for r in rows]
> amid = [before + a + behind for a in alone]
> print(right(amid) > 0.9 * right(alone) or (right(amid), right(alone)), right(amid) > right(amid, "--no-cleaning") + 0.5)
> END
$ python3 amid.py
True True

# Title and text weigh by what each says.
$ echo 'See attached.' > attached.txt
$ soc search -q -n 1 --explain --title 'Auto Mechanic' --text attached.txt | grep -A1 '^weights'
weights     the title has 100% of the weight, the text 0%: the text says nothing
            and does not count
$ soc search -q -n 1 --explain --title 'Auto Mechanic' --text advertisement.txt | grep -A1 '^weights'
weights     the title has 77% of the weight, the text 23%: both say something
            entropy of the title over the codes 0.17 of 1; mass of words: title
$ soc why -q 49-3023 --title 'Auto Mechanic' --text attached.txt | grep 'of the weight'
  The title has 100% of the weight, the text 0%: the text says nothing and does
$ soc why -q 49-3023 --title 'Auto Mechanic' --text attached.txt --format json | python3 -c 'import json, sys; print(json.load(sys.stdin)["weights"])'
{'title': 1.0, 'text': 0.0, 'remark': 'the text says nothing and does not count'}
