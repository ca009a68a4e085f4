# SPDX-License-Identifier: GPL-3.0-or-later
"""Transcripts: commands with the output that they must print.

  # needs: data          (first line, optional) skip the file where the test data are absent
  # needs: speed         (first lines, optional) leave the file out of the sanitized run

  $ command              run by sh; lines that begin with "> " right behind it belong to the command
  expected output        standard output and standard error, in the order in which they came
  [exit 2]               where the exit status is not 0

In the expected output, a line `...` stands for any lines, none included; a line that begins with `(re) ` is
a regular expression for the whole line.  A last line that ends in ` (no newline)` was printed without one.  Comments begin with `#`, behind an empty line and before the next command.  Empty lines at the end
of an output do not count.

A file's commands run in one shell, in a fresh folder, with the programs of the build in PATH, in which
`corpus` is the repository's.  $ROOT, $SAMPLE, $SOC_TEST_DATA and $BUILD are set; in the output the folder is
shown as $DIR and the others by their names.  The ```console blocks of README.md and docs/*.md are transcripts
too.
"""

import difflib
import os
import pathlib
import re
import secrets
import subprocess
import tempfile

from common import BUILD, DATA, ROOT, SECONDS, Result, environment, needs_data

NO_NEWLINE = " (no newline)"


class Command:
    def __init__(self, line):
        self.line = line           # index of the `$` line in the file
        self.text = ""
        self.begin = self.end = 0  # the expected output: lines[begin:end]
        self.expected = []


def files():
    """All transcripts, relative to the root."""
    found = sorted((ROOT / "tests/cli").glob("*.t"))
    found += [f for f in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
              if f.exists() and "\n```console\n" in f.read_text()]
    return [f.relative_to(ROOT) for f in found]


def wants(path, need):
    """Whether a file's head says `# needs: NEED`."""
    if path.suffix != ".t":
        return False
    with open(ROOT / path, encoding="utf-8") as stream:
        for line in stream:
            if not line.startswith("#"):
                return False
            if re.match(rf"# needs:.*\b{need}\b", line):
                return True
    return False


def console_blocks(lines):
    """The ranges of the ```console blocks of a Markdown file."""
    begin = None
    for i, line in enumerate(lines):
        if begin is None and line == "```console":
            begin = i + 1
        elif begin is not None and line.startswith("```"):
            yield begin, i
            begin = None


def comment_at(lines, i, end):
    """Whether a comment begins at line i: `#` lines behind an empty line, then a command or the end."""
    if not lines[i].startswith("#") or (i > 0 and lines[i - 1] != ""):
        return False
    while i < end and (lines[i].startswith("#") or lines[i] == ""):
        i += 1
    return i == end or lines[i].startswith("$ ")


def parse(lines, markdown):
    commands = []
    for begin, end in console_blocks(lines) if markdown else [(0, len(lines))]:
        i = begin
        while i < end:
            if not lines[i].startswith("$ "):
                i += 1
                continue
            command = Command(i)
            command.text = lines[i][2:]
            i += 1
            while i < end and lines[i].startswith("> "):
                command.text += "\n" + lines[i][2:]
                i += 1
            command.begin = i
            while i < end and not lines[i].startswith("$ ") and not comment_at(lines, i, end):
                i += 1
            command.end = i
            while command.end > command.begin and lines[command.end - 1] == "":
                command.end -= 1
            command.expected = lines[command.begin:command.end]
            commands.append(command)
    return commands


def execute(commands, build):
    """Run them in one shell; the output of each as lines, None for those that it did not come to."""
    mark = "\x01" + secrets.token_hex(8)
    with tempfile.TemporaryDirectory(prefix="soc-test-") as folder:
        folder = pathlib.Path(folder).resolve()
        work = folder / "work"
        work.mkdir()
        (work / "corpus").symlink_to(ROOT / "corpus")
        script = folder / "script"
        script.write_text("exec 2>&1\n" + "".join(
            f"{c.text}\nprintf '{mark} %d\\n' $?\n" for c in commands), encoding="utf-8")
        env = environment(folder, build)
        with open(folder / "output", "wb") as output:
            process = subprocess.Popen(["sh", str(script)], cwd=work, env=env, stdin=subprocess.DEVNULL,
                                       stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
            note = ""
            try:
                process.wait(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait()
                note = f"no end after {SECONDS} seconds\n"
        text = (folder / "output").read_text(encoding="utf-8", errors="backslashreplace") + note
    for place, name in ((work, "$DIR"), (ROOT / build, "$BUILD"), (DATA, "$SOC_TEST_DATA"), (ROOT, "$ROOT")):
        text = text.replace(str(place), name)
    outputs = []
    parts = re.split(re.escape(mark) + r" (\d+)\n", text)
    for out, status in zip(parts[0::2], parts[1::2]):
        lines = out.split("\n")
        if lines[-1] != "":
            lines[-1] += NO_NEWLINE
        while lines and lines[-1] == "":
            lines.pop()
        if status != "0":
            lines.append(f"[exit {status}]")
        outputs.append(lines)
    rest = parts[-1].splitlines() + ["(the shell ended here)"]
    while len(outputs) < len(commands):
        outputs.append(rest)
        rest = ["(the shell ended before)"]
    return outputs


def line_matches(expected, actual):
    if expected == actual:
        return True
    if expected.startswith("(re) "):
        try:
            return re.fullmatch(expected[5:], actual) is not None
        except re.error:
            return False
    return False


def matches(expected, actual):
    """Whether the lines match, `...` standing for any."""
    reachable = {0}   # how many actual lines the expected ones so far may have used
    for line in expected:
        if line == "...":
            reachable = set(range(min(reachable), len(actual) + 1)) if reachable else set()
        else:
            reachable = {i + 1 for i in reachable if i < len(actual) and line_matches(line, actual[i])}
    return len(actual) in reachable


# (expected, printed, whether they match)
MATCHES = [
    ([], [], True),
    (["a"], ["a"], True),
    (["a"], ["b"], False),
    (["a"], ["a", "b"], False),
    (["a", "..."], ["a"], True),
    (["...", "c"], ["a", "b", "c"], True),
    (["...", "c"], ["a", "c", "b"], False),
    (["a", "...", "c", "...", "d"], ["a", "c", "x", "c", "d"], True),
    (["..."], [], True),
    (["x", "..."], [], False),
    ([r"(re) \d+ ms"], ["12 ms"], True),
    ([r"(re) \d+ ms"], ["12 ms."], False),
    (["(re) ("], ["("], False),
    (["a", "[exit 2]"], ["a"], False),
]

# A transcript of the runner itself: its text, and what is printed for each of its commands.
ITSELF = """# a comment
$ echo one; echo two >&2
...
$ false
[exit 1]

# a comment between commands

$ export WORD=kept
$ printf '%s' "$WORD"
$ cat <<END
> $WORD
> END
$ printf '# a heading\\n\\n# another\\n\\nend\\n'
# a heading

# another

end
$ pwd
$ exit 3
$ echo never
"""
PRINTED = [["one", "two"], ["[exit 1]"], [], ["kept" + NO_NEWLINE], ["kept"],
           ["# a heading", "", "# another", "", "end"], ["$DIR"], ["(the shell ended here)"],
           ["(the shell ended before)"]]


def self_check():
    """The runner's own test: it must be able to fail."""
    result = Result()

    def check(condition, complaint):
        result.passed += bool(condition)
        result.failed += not condition
        result.text += "" if condition else complaint + "\n"

    for expected, printed, wanted in MATCHES:
        check(matches(expected, printed) == wanted, f"{expected} and {printed}: not {wanted}")
    commands = parse(ITSELF.split("\n"), False)
    outputs = execute(commands, BUILD)
    check(outputs == PRINTED, f"the runner's own transcript printed {outputs}")
    check([c.expected for c in commands][:2] == [["..."], ["[exit 1]"]], "a comment was taken for output")
    check(commands[5].expected == PRINTED[5], "headings in an output were taken for comments")
    return result


def run(path, build):
    if wants(path, "data"):
        absent = needs_data(path)
        if absent:
            return absent
    lines = (ROOT / path).read_text(encoding="utf-8").split("\n")
    commands = parse(lines, path.suffix == ".md")
    result = Result()
    for command, actual in zip(commands, execute(commands, build)):
        if matches(command.expected, actual):
            result.passed += 1
        else:
            result.failed += 1
            result.text += f"{path}:{command.line + 1}: $ {command.text}\n"
            result.text += "".join(f"    {line}\n" for line in difflib.unified_diff(
                command.expected, actual, "expected", "printed", lineterm=""))
    return result


def rewrite(path, build):
    lines = path.read_text(encoding="utf-8").split("\n")
    commands = parse(lines, path.suffix == ".md")
    changed = 0
    for command, actual in reversed(list(zip(commands, execute(commands, build)))):
        if not matches(command.expected, actual):
            lines[command.begin:command.end] = actual
            changed += 1
    if changed:
        path.write_text("\n".join(lines), encoding="utf-8")
    print(f"{path}: {changed} of {len(commands)} rewritten")
