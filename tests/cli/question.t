# Where the answer is not sure: which question would decide between the leading candidates.
$ soc-index build -q -o sample.soc corpus/sample
$ export SOC_INDEX=sample.soc
$ soc search -q -n 3 driver | sed -n '/^To decide/,$p'
To decide between 53-3032.00, 53-3052.00 and 53-3051.00, ask which is nearer to
the job:
    53-3032.00  Chain, strap, and tarp cargo so that nothing shifts on a curve.
      words     docks, chain, loaded, tarp
    53-3052.00  See that riders tap, pay, or show a pass as they board.
      words     riders, strangers, ease, curb
    53-3051.00  Try doors, mirrors, flashers, and emergency exits every morning.
      words     children, every, arm, flashers
$ soc search -q -n 3 --format json driver | python3 -c '
> import json, sys
> for x in json.load(sys.stdin)["question"]["between"]:
>     print(x["code"], x["title"], sorted(x["task"]), x["task"]["kind"], x["task"]["source"], x["words"])'
53-3032.00 Heavy and Tractor-Trailer Truck Drivers ['id', 'kind', 'source', 'text'] core_task O*NET 0.1 ['docks', 'chain', 'loaded', 'tarp']
53-3052.00 Bus Drivers, Transit and Intercity ['id', 'kind', 'source', 'text'] core_task O*NET 0.1 ['riders', 'strangers', 'ease', 'curb']
53-3051.00 Bus Drivers, School ['id', 'kind', 'source', 'text'] core_task O*NET 0.1 ['children', 'every', 'arm', 'flashers']
$ asked() { soc search -q --format json "$@" | python3 -c '
> import json, sys
> print([x["code"] for x in json.load(sys.stdin).get("question", {"between": []})["between"]])'; }
$ asked -n 2 driver
['53-3032.00', '53-3052.00']
$ asked -n 1 driver
[]
$ asked -n 3 --offset 1 driver
[]
$ asked 'ICU nurse'
[]
$ asked --zone 2 -n 3
[]
$ asked --level minor manager
['11-9000', '11-3000', '11-1000']
$ asked --level onet driver
['53-3032.00', '53-3052.00', '53-3051.00']
$ soc search -q -n 3 --format jsonl driver | grep -c question
0
[exit 1]
$ soc search -q -n 3 --format csv driver | grep -c decide
0
[exit 1]
