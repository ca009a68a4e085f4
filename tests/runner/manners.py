# SPDX-License-Identifier: GPL-3.0-or-later
"""Help, man page and completions agree: whatever `PROGRAM help` shows stands in all of them."""

import re
import shutil
import subprocess
import tempfile

from common import BUILD, ROOT, SECONDS, Result, environment

OPTION = re.compile(r"^\s+(?:-\w, )?--([a-z][a-z0-9-]*)", re.MULTILINE)
COMMAND = re.compile(r"^  ([a-z][a-z-]*)\s", re.MULTILINE)


def section(text, title):
    found = re.search(rf"^{title}:\n((?:.+\n)*)", text, re.MULTILINE)
    return found[1] if found else ""


def run(program):
    source = {"soc": "query/soc_main.c", "soc-index": "indexer/soc_index_main.c"}[program]
    if not (ROOT / source).exists():
        return Result(skips=[f"options {program}: no {source}"])
    result = Result()

    def check(condition, complaint):
        if condition:
            result.passed += 1
        else:
            result.failed += 1
            result.text += complaint + "\n"

    with tempfile.TemporaryDirectory(prefix="soc-test-") as folder:
        env = environment(folder, BUILD)

        def ask(*arguments):
            return subprocess.run(arguments, env=env, cwd=folder, text=True, stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=SECONDS)

        top = ask(program, "--help")
        check(top.returncode == 0 and not top.stderr, f"{program} --help: status {top.returncode}\n{top.stderr}")
        version = ask(program, "--version")
        check(version.returncode == 0 and version.stdout.startswith(program + " "),
              f"{program} --version: status {version.returncode}, {version.stdout!r}")
        commands = COMMAND.findall(section(top.stdout, "Commands"))
        check(commands, f"{program} --help names no commands")

        files = {kind: (ROOT / BUILD / path).read_text() for kind, path in {
            "man": f"man/{program}.1",
            "bash": f"completions/bash/{program}",
            "zsh": f"completions/zsh/_{program}",
            "fish": f"completions/fish/{program}.fish",
        }.items()}
        man = files["man"].replace("\\-", "-").replace("\\fB", "").replace("\\fR", "")

        options = set(OPTION.findall(top.stdout))
        for command in commands:
            told = ask(program, "help", command)
            check(told.returncode == 0 and told.stdout == ask(program, command, "--help").stdout,
                  f"`{program} help {command}` and `{program} {command} --help` differ")
            mine = set(OPTION.findall(told.stdout))
            missing = mine - set(re.findall(r"--([a-z][a-z0-9-]*)", re.search(
                rf"^\t\t{command}\) .*$", files["bash"], re.MULTILINE)[0]))
            check(not missing, f"bash does not complete {missing} after `{program} {command}`")
            check(f'.SS "{program} {command} ' in man, f"the man page lacks `{program} {command}`")
            check(f"'{command}:" in files["zsh"], f"zsh does not complete {program} {command}")
            check(f" -a {command} " in files["fish"], f"fish does not complete {program} {command}")
            options |= mine
        for option in sorted(options):
            check(re.search(rf"--{option}\b", man), f"the man page of {program} lacks --{option}")
            check(re.search(rf"--{option}\b", files["zsh"]), f"zsh does not complete {program} --{option}")
            check(re.search(rf"-l {option}\b", files["fish"]), f"fish does not complete {program} --{option}")

        # Every shell that is here reads its file, and bash completes an option and a choice.
        function = "_" + program.replace("-", "_")
        path = ROOT / BUILD / "completions/bash" / program
        for line, wanted in ((f"{program} {commands[0]} --he", "--help"), (f"{program} {commands[0][:2]}", commands[0])):
            words = line.split()
            done = ask("bash", "-c", f"source '{path}'; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; "
                                     f"{function}; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
            check(wanted in done.stdout.split(), f"bash completes `{line}` as {done.stdout!r} {done.stderr}")
        for shell, path in (("zsh", f"zsh/_{program}"), ("fish", f"fish/{program}.fish")):
            if shutil.which(shell):
                done = ask(shell, "-n", str(ROOT / BUILD / "completions" / path))
                check(done.returncode == 0 and not done.stderr, f"{shell}: {done.stderr}")
        if shutil.which("groff"):
            done = ask("groff", "-man", "-Tutf8", "-ww", "-z", str(ROOT / BUILD / "man" / f"{program}.1"))
            check(not done.stderr, f"groff on the man page of {program}: {done.stderr}")
    return result
