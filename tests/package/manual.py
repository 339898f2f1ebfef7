#!/usr/bin/env python3
"""manual.py BINARY: what `cadrecode manual` writes, held against --help and tried in the shells themselves.

bash is always there; zsh, fish and man are tried where they are installed, and a line says so where not.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(sys.argv[1]).resolve()
PROBLEMS = []


def check(good, what):
    if not good:
        PROBLEMS.append(what)
        print("FAIL  " + what)


def out(*words, **more):
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, check=True, **more).stdout


def options_in(text):
    """Option names at the beginning of help lines."""
    names = set()
    for line in text.splitlines():
        if re.match(r"  -", line):
            names |= set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", re.split(r"  +", line.strip())[0]))
    return names


def commands():
    text = out(BINARY, "--help").split("Commands:")[1].split("Options:")[0]
    return re.findall(r"^  (\w+) ", text, re.M)


def bash(script, line):
    """What bash would offer after `line`."""
    words = line.split(" ")
    code = (f"source {script}; COMP_WORDS=({' '.join(repr(w) for w in words)}); COMP_CWORD={len(words) - 1}; "
            "_cadrecode; printf '%s\\n' \"${COMPREPLY[@]}\"")
    return [w for w in out("bash", "--norc", "-c", code).splitlines() if w]


def try_bash(folder, tables):
    script = folder / "cadrecode.bash"
    script.write_text(out(BINARY, "manual", "bash"))
    check(set(bash(script, "cadrecode ")) == set(tables), "bash: the commands")
    for command, names in tables.items():
        check(set(bash(script, f"cadrecode {command} -")) == names, f"bash: options of {command}")
    check(bash(script, "cadrecode re") == ["reconstruct", "report"], "bash: re")
    check(bash(script, "cadrecode sample --frame ") == ["unit", "raw100", "source"], "bash: the words of --frame")
    check(bash(script, "cadrecode sample --points ") == [], "bash: nothing for a number")
    (folder / "a file.stl").write_text("x")
    (folder / "folder").mkdir()
    code = f"cd '{folder}'; source {script}; COMP_WORDS=(cadrecode reconstruct a); COMP_CWORD=2; _cadrecode; echo \"${{COMPREPLY[@]}}\""
    check("a file.stl" in out("bash", "--norc", "-c", code), "bash: a file with a blank")
    code = f"cd '{folder}'; source {script}; COMP_WORDS=(cadrecode reconstruct -o ''); COMP_CWORD=3; _cadrecode; echo \"${{COMPREPLY[@]}}\""
    check(out("bash", "--norc", "-c", code).strip() == "folder", "bash: folders only after -o DIR")
    print(f"ok    bash: {len(tables)} commands, {sum(map(len, tables.values()))} options")


def try_fish(folder, tables):
    if not shutil.which("fish"):
        return print("skip  fish is not installed")
    script = folder / "cadrecode.fish"
    script.write_text(out(BINARY, "manual", "fish"))

    def offers(line):
        return {w.split("\t")[0] for w in out("fish", "--no-config", "-c", f'source {script}; complete -C "{line}"').splitlines()}

    check(offers("cadrecode ") >= set(tables), "fish: the commands")
    for command, names in tables.items():
        missing = {n for n in names if n.startswith("--")} - offers(f"cadrecode {command} --")
        check(not missing, f"fish: options of {command}: {missing}")
    check(offers("cadrecode sample --frame ") == {"unit", "raw100", "source"}, "fish: the words of --frame")
    print("ok    fish")


ZSH = r"""
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1=; fpath=(%s \$fpath); autoload -U compinit; compinit -D -u; setopt no_list_ambiguous; echo ready"
zpty -r z text '*ready*ready*'
zpty -w -n z "%s"$'\t'
sleep 1
zpty -w z ''
sleep 0.5
zpty -r -t z text; print -r -- "$text"
while zpty -r -t z text; do print -r -- "$text"; done
"""


def try_zsh(folder, tables):
    if not shutil.which("zsh"):
        return print("skip  zsh is not installed")
    (folder / "zsh").mkdir()
    (folder / "zsh/_cadrecode").write_text(out(BINARY, "manual", "zsh"))
    out("zsh", "-f", "-n", folder / "zsh/_cadrecode")
    for line, wanted in [("cadrecode recon", "reconstruct"), ("cadrecode sample --fr", "--frame"),
                         ("cadrecode sample --frame ra", "raw100"), ("cadrecode convert fu", "fusion360")]:
        said = subprocess.run(["zsh", "-f", "-c", ZSH % (folder / "zsh", line)], capture_output=True, text=True, timeout=60)
        check(wanted in said.stdout, f"zsh: '{line}' gave {said.stdout!r} {said.stderr!r}")
    text = (folder / "zsh/_cadrecode").read_text()
    for command, names in tables.items():
        block = text.split(f"      {command}) ", 1)[1].split(";;", 1)[0]
        check({re.match(r"\*(--?[\w-]+)", w).group(1) for w in re.findall(r"'(\*-[^\[]*)", block)} == names, f"zsh: options of {command}")
    print("ok    zsh")


def try_man(folder, tables):
    out(BINARY, "manual", "man", "-o", folder / "man")
    pages = {p.name for p in (folder / "man").iterdir()}
    check(pages == {"cadrecode.1"} | {f"cadrecode-{c}.1" for c in tables}, f"man: pages {sorted(pages)}")
    if not shutil.which("groff"):
        return print("skip  groff is not installed: pages are not read")
    for command, names in tables.items():
        page = folder / f"man/cadrecode-{command}.1"
        done = subprocess.run(["groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-P-c", page], capture_output=True, text=True)
        check(not done.stderr, f"man: {page.name}: {done.stderr[:300]}")
        text = re.sub(".\b", "", done.stdout).replace("−", "-").replace("‐", "-")
        check(all(n in text for n in names), f"man: options of {command}")
    print(f"ok    man: {len(pages)} pages")


def try_reference(_folder, tables):
    text = (ROOT / "docs/reference.md").read_text()
    check(text == out(BINARY, "manual", "reference"),
          "docs/reference.md is not what the program says: run `cadrecode manual reference -o docs/reference.md`")
    check(all(f"\n## {c}\n" in text for c in tables), "reference: a heading for every command")
    print("ok    docs/reference.md is up to date")


def main():
    tables = {c: options_in(out(BINARY, c, "--help")) for c in commands() if c not in ("train", "merge")}
    tables["train"] = {"-h", "--help", "--config", "--print"}
    tables["merge"] = {"-h", "--help", "-o", "--output", "--base", "--type"}
    check(len(tables) >= 18, f"only {len(tables)} commands were found")
    for attempt in (try_bash, try_fish, try_zsh, try_man, try_reference):
        with tempfile.TemporaryDirectory() as folder:
            attempt(pathlib.Path(folder), tables)
    sys.exit(1 if PROBLEMS else 0)


if __name__ == "__main__":
    main()
