#!/usr/bin/env python3
"""Runs every command that a document shows in a ```console block, and compares what it prints with what the
document says it prints. What the document names without showing it must be run by another test: see ELSEWHERE.

console_test.py DOCUMENT ROOT [--write]     --write puts the real output into the document"""

import os, pathlib, re, shutil, subprocess, sys, tempfile

document, root = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
writing = "--write" in sys.argv
BLOCK = re.compile(r"```console\n(.*?)```", re.S)
NAMED = re.compile(r"(?:\./course|git) (?:install )?[a-z][a-z-]*|--(?:format|engine|keep) [a-z]\w*|--[a-z][a-z-]*|"
                   r"[\w/]+\.py")
# The test that runs what is named, and the words by which it does: those of the name unless given.
ELSEWHERE = {
    "autograder/grader/batch/tests/batch_test.py": ["--class", "--secret", "--jobs", "--shard", "--merge",
                                                    "--engine slurm", "--pack", "--wait"],
    "autograder/grader/batch/tests/slurm_test.py": ["--account", "--partition", "--time", "--mem", "--sbatch"],
    "autograder/grader/batch/tests/roster_test.py": ["--roster", "--title", "--late-days", "--late-ledger",
                                                     "--keep best"],
    "autograder/grader/gradescope/tests/platforms_test.py": ["--hidden"],
    "autograder/grader/tests/scoring_test.cpp": ["--submitted", "--grace", "--most-penalty", "--published", "--regrade",
                                                 "--format markdown", "--format prairielearn"],
    "autograder/grader/tests/unprivileged_test.cpp": ["--sandbox"],
    "autograder/grader/tests/CMakeLists.txt": ["--selftest"],
    "tools/bootstrap/tests/bootstrap_test.sh": [("./course install grader", "run install grader"),
                                                ("./course install similarity", "run install similarity"),
                                                ("./course doctor", "run doctor")],
    "tools/course/tests/export_test.cpp": [("./course submit", 'course({"submit", "3"})'),
                                           *((part, "in(student, commands)")  # those of the document, as they stand
                                             for part in ("git fetch", "git checkout", "git ls-tree", "--name-only"))],
    "tools/course/tests/verdicts_test.cpp": [("./course run", '{"run", ')],
    "tools/course/tests/new_lesson_test.sh": [("./course new", '"$course" new 99-probe')],
    "tools/course/tests/promises_test.cpp": [("./course check", "check_lesson_files(toy.load())")],
    # no test, since it takes ten minutes
    "benchmarks/grading/rehearsal.py": [("benchmarks/grading/rehearsal.py", "rehearsal.py complete")],
}


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


def unaccounted(text):
    """What the document names that neither its console blocks nor a test of ELSEWHERE runs; what is there in vain."""
    shown = "\n".join(BLOCK.findall(text))
    walked = set(NAMED.findall("\n".join(re.findall(r"^\$ (.*)", shown, re.M))))
    rest = BLOCK.sub("", text)
    named = set(NAMED.findall("\n".join(re.findall(r"`([^`]+)`", rest) + re.findall(r"^ {4}.*", rest, re.M))))
    elsewhere = {}
    for test, items in ELSEWHERE.items():
        source = (root / test).read_text()
        for item in items:
            name, words = item if isinstance(item, tuple) else (item, item)
            elsewhere[name] = re.search(r"[\s=\",]+".join(map(re.escape, words.split(" "))) + r"(?![\w-])", source)
            if not elsewhere[name]:
                yield f"{name}: {test} does not run it"
    for name in sorted(named - walked - set(elsewhere)):
        yield f"{name}: neither shown in a console block nor in ELSEWHERE of docs/tests/console_test.py"
    for name in sorted(set(elsewhere) - named):
        yield f"{name}: {document.name} no longer names it"


work = tempfile.TemporaryDirectory()  # outside of the repository: `export` writes beside it
here = pathlib.Path(work.name) / "repository"  # as if it were the repository, so that nothing of it is touched
here.mkdir(parents=True)
(here / "course").symlink_to(root / "course")
for folder in ("solutions", "exercises", "autograder/alternatives"):
    shutil.copytree(root / folder, here / folder, ignore=shutil.ignore_patterns("kept"))
run("./course grade --help")  # so that nothing has to be built with words of its own

text = document.read_text()
commands, wrong = 0, list(unaccounted(text))
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
