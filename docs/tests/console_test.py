#!/usr/bin/env python3
"""Runs every command that a document shows in a ```console block, and compares what it prints with what the
document says it prints.

console_test.py DOCUMENT ROOT [--write]     --write puts the real output into the document"""

import os, pathlib, re, shutil, subprocess, sys, tempfile

document, root = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
writing = "--write" in sys.argv
BLOCK = re.compile(r"```console\n(.*?)```", re.S)


def normal(text):
    """Lines without what depends on the clock, the secret, the machine or which of two was first."""
    for pattern, word in ((r"\d+\.\d s", "T s"), (r"\d+ s (compiling|testing)", r"T s \1"), (r"seed \d+", "seed"),
                          (r"content [0-9a-f]+", "content"),
                          (r"sandbox: .*", "sandbox"), (r"^ *\d+/(\d+) ", r"#/\1 "),
                          (r"\d+ files written", "files written"), (r"[ \t]+$", "")):
        text = re.sub(pattern, word, text, flags=re.M)
    return sorted(text.splitlines())


def run(command):
    done = subprocess.run(["sh", "-c", command], cwd=here, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=1800,
                          env={k: v for k, v in os.environ.items()
                               if k not in ("NAND2MNIST_ROOT", "NN_GRADER_SECRET")} | {"LC_ALL": "C.UTF-8",
                                   "COLUMNS": "80"})
    return done.stdout


work = tempfile.TemporaryDirectory()  # outside of the repository: `export` writes beside it
here = pathlib.Path(work.name) / "repository"  # as if it were the repository, so that nothing of it is touched
here.mkdir(parents=True)
(here / "course").symlink_to(root / "course")
for folder in ("solutions", "exercises", "autograder/alternatives"):
    shutil.copytree(root / folder, here / folder, ignore=shutil.ignore_patterns("kept"))
run("./course grade --help")  # so that nothing has to be built with words of its own

commands, wrong, text = 0, [], document.read_text()
for block in BLOCK.findall(text):
    steps = re.split(r"^\$ ", block, flags=re.M)[1:]
    real = ""
    for step in steps:
        command, _, shown = step.partition("\n")
        output = run(command)
        commands += 1
        real += f"$ {command}\n{output}"
        if normal(shown) != normal(output):
            wrong.append(f"$ {command}\n--- the document says\n{shown}--- it prints\n{output}")
    if writing:
        text = text.replace(f"```console\n{block}```", f"```console\n{real}```", 1)
if writing:
    document.write_text(text)
    sys.exit(0)
if not commands:
    sys.exit(f"{document} shows no command")
print("\n".join(wrong) or f"{commands} commands print what {document.name} says")
sys.exit(bool(wrong))
