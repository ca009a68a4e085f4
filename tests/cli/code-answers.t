# soc code: answers that name no occupation, codes as people write them, cells that a spreadsheet would run, levels and
# editions side by side.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc

# Nine kinds of answers that are no occupation; nothing that only has such a word in it.
$ cat >survey.csv <<'END'
> title,text
> Retired,
> I am a full-time student,
> stay-at-home mom,
> Currently unemployed,
> on disability,
> prisoner,
> prefer not to say,
> Don't know,
> N/A,
> 99,
> x,
> Jubilado,
> n/a,refused
> ,no sabe
> student services manager,
> retired military officer recruiter,
> non-destructive tester,
> student,Trims hedges and mows lawns
> END
$ soc code --top 1 --accept 0.9 --review-file queue.csv --report report.json survey.csv 2>said | sed -n 's/.*"class":"\([^"]*\)","kind":"\([^"]*\)".*/\1 \2/p'
not_an_occupation retired
not_an_occupation student
not_an_occupation homemaker
not_an_occupation unemployed
not_an_occupation disabled
not_an_occupation inmate
not_an_occupation refused
not_an_occupation dont_know
not_an_occupation none
not_an_occupation none
not_an_occupation none
not_an_occupation retired
not_an_occupation refused
not_an_occupation dont_know
$ grep 'not an' said; grep -o '"not_occupation": [0-9]*' report.json; grep -c 'etired\|student' queue.csv
  not an occupation                  14   77.8%
"not_occupation": 14
3
$ soc code -q --top 1 --accept 0.9 --format csv survey.csv | sed -n '1,2p'
row,rank,code,soc,title,score,confidence,decision,reason,note
1,,,,,,,accept,not an occupation: retired,not an occupation: retired
$ soc code -q --top 1 survey.csv | sed -n 1p
{"id":"1","candidates":[],"class":"not_an_occupation","kind":"retired","note":"not an occupation: retired"}
