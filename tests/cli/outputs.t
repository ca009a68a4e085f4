# No output is written over what is read, nor over another output, by whatever names: the command refuses before it
# opens anything for writing.

$ soc-index build --quiet -o own.soc "$SAMPLE" && export SOC_INDEX=own.soc

$ printf 'title\nnurse\ncarpenter\n' >jobs.csv; ln -s jobs.csv link.csv; ln jobs.csv second.csv; mkdir below; cp jobs.csv before.csv

$ soc code -q -o jobs.csv jobs.csv
soc: --output would write over what is read: jobs.csv
hint: name another file for --output: nothing has been written
[exit 2]

$ soc code -q -o link.csv jobs.csv
soc: --output would write over what is read: link.csv
hint: name another file for --output: nothing has been written
[exit 2]

$ soc code -q -o below/../second.csv jobs.csv
soc: --output would write over what is read: below/../second.csv
hint: name another file for --output: nothing has been written
[exit 2]

$ soc code -q -f csv -o own.soc jobs.csv
soc: --output would write over the index: own.soc
hint: name another file for --output: nothing has been written
[exit 2]

$ soc code -q --review-file jobs.csv jobs.csv
soc: --review-file would write over what is read: jobs.csv
hint: name another file for --review-file: nothing has been written
[exit 2]

$ soc code -q --overrides jobs.csv --report jobs.csv before.csv
soc: --report would write over --overrides: jobs.csv
hint: name another file for --report: nothing has been written
[exit 2]

$ soc code -q -o new.csv --review-file below/../new.csv jobs.csv
soc: --output would write over --review-file: new.csv
hint: name another file for --output: nothing has been written
[exit 2]

$ soc code -q -o coded.csv --gold title --plot own.soc jobs.csv
soc: --plot would write over the index: own.soc
hint: name another file for --plot: nothing has been written
[exit 2]

$ soc code -q jobs.csv >>jobs.csv
soc: standard output would write over what is read: jobs.csv
hint: name another file for standard output: nothing has been written
[exit 2]

$ soc code -q <jobs.csv >>jobs.csv
soc: standard output would write over standard input
hint: name another file for standard output: nothing has been written
[exit 2]

$ cmp jobs.csv before.csv && test ! -e new.csv && test ! -e coded.csv && echo as it was
as it was

# An old index may stand among the sources of a new one; a source is never written over.

$ cp -r "$SAMPLE" release; soc-index build -q -o release/own.soc release; soc-index build -q -o release/own.soc release && echo built twice
built twice

$ soc-index build -q -o 'release/Task Statements.txt' release
soc-index: --output would write over what is read: release/Task Statements.txt
hint: name another file for --output: nothing has been written
[exit 2]

$ echo 'code,pay' >pay.csv; soc-index build -q -o pay.csv --facts pay=pay.csv release
soc-index: --output would write over --facts: pay.csv
hint: name another file for --output: nothing has been written
[exit 2]

$ cmp 'release/Task Statements.txt' "$SAMPLE/Task Statements.txt" && soc-index verify -q own.soc && echo whole
whole
