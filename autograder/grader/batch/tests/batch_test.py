#!/usr/bin/env python3
"""A class is graded, killed, resumed, cut into shards, disturbed: the gradebook must come out the same.

batch_test.py COURSE_GRADE ROOT WORK"""

import csv, json, os, pathlib, re, shutil, signal, subprocess, sys, tarfile, time

program, root, work = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]).resolve()
checks = 0
SOLUTION = (root / "solutions/01-perceptron/perceptron.cpp").read_text()
STUB = (root / "exercises/01-perceptron/perceptron.cpp").read_text()
POINTS = {t["id"]: t["points"] for t in json.loads((root / "lessons/01-perceptron/lesson.json").read_text())["tasks"]}
ALL = sum(POINTS.values())


def expect(holds, what, more=""):
    global checks
    checks += 1
    if not holds:
        sys.exit(f"NOT SO: {what}\n{more}")


def hand_in(folder, text):
    file = folder / "exercises/01-perceptron/perceptron.cpp"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return folder


def variant(number):
    return f"{SOLUTION}\n// variant {number}\n"


def make_class(folder):
    """Returns what each must come to."""
    expected = {}
    for i in range(8):
        hand_in(folder / f"good {i}", variant(i))
        expected[f"good {i}"] = ALL
    hand_in(folder / "copy", variant(3))
    expected["copy"] = ALL
    hand_in(folder / "stub", STUB)
    expected["stub"] = 0
    hand_in(folder / "syntax", SOLUTION + "int x = ;\n")
    expected["syntax"] = 0
    hand_in(folder / "=cmd|' <i>&", variant(100))
    expected["=cmd|' <i>&"] = ALL
    hand_in(folder / "exits", SOLUTION + "#include <cstdlib>\nstatic int gone = (std::_Exit(0), 0);\n")
    expected["exits"] = 0
    hand_in(folder / "forks", SOLUTION + "#include <unistd.h>\nstatic int bomb = [] { for (;;) fork(); return 0; }();\n")
    expected["forks"] = 0
    (folder / "empty").mkdir()
    expected["empty"] = 0
    with tarfile.open(folder / "packed.tar.gz", "w:gz") as archive:
        archive.add(hand_in(work / "packed", variant(200)), "packed")
    expected["packed"] = ALL
    with tarfile.open(folder / "inner.tar", "w") as archive:
        archive.add(hand_in(work / "inner", variant(201)) / "exercises", "exercises")
    (folder / "moodle_12_file").mkdir()
    shutil.move(folder / "inner.tar", folder / "moodle_12_file/work.tar")
    expected["moodle_12_file"] = ALL
    (folder / "notes.txt").write_text("not a submission")
    return expected


def command(out, *more):
    return [program, str(klass), "--lesson", "1", "--secret", str(work / "the secret"), "--out", str(out), *more]


def run(out, *more, code=0):
    done = subprocess.run(command(out, *more), capture_output=True, text=True, timeout=600)
    expect(done.returncode == code, f"{more} exits with {code}, not {done.returncode}", done.stdout + done.stderr)
    return done.stdout + done.stderr


def gradebook(out):
    with (out / "gradebook.csv").open(newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def scores(out):
    return {name.removeprefix("'"): row["score"] for name, row in gradebook(out).items()}


def journal(out):
    file = out / "journal.tsv"
    return [line.split("\t") for line in file.read_text().splitlines()] if file.exists() else []


def processes():
    """Graders of this test, and every program in a sandbox of some grader: their pids."""
    found = set()
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if str(out_of_kill) in " ".join(words) or (words[0] == "bwrap" and "--hostname\0grader" in "\0".join(words)):
            found.add(int(entry.name))
    return found


def check_whole(out, expected):
    said = run(out, "--jobs", "2", "--format", "gradescope")
    expect(scores(out) == {name: str(score) for name, score in expected.items()}, "everybody has the right score",
           f"{scores(out)}\n{said}")
    expect(len(journal(out)) == len(expected) - 1, "a copy to the letter is graded once")
    expect("1 handed in nothing that is graded:\n  empty: none of the files that are graded is in it" in said,
           "who handed in nothing that is graded is listed", said)
    lines = [line for line in said.splitlines() if re.match(r" *\d+/\d+ ", line)]
    expect(len(lines) == len(expected) - 1 and "\033" not in said and "\r" not in said,
           "plain lines without a terminal", said)
    for name in expected:
        for ending in (".txt", ".json", ".gradescope"):
            expect((out / "feedback" / (name + ending)).exists(), f"feedback for {name}")
    expect(json.loads((out / "feedback/copy.json").read_text())["submission"] == "copy", "a copy has its own name")
    page = (out / "class.html").read_text()
    expect("<i>" not in page and "&lt;i&gt;&amp;" in page and "<script" not in page,
           "names are escaped in the report of the class")
    expect("http" not in page.replace("http-equiv", ""), "nothing comes from elsewhere")
    expect(re.search(r"<tr>.*>copy</a>.*>good 3</a>.*</tr>", page), "the copy is found")
    again = run(out)
    expect("16 graded before" in again and len(journal(out)) == len(expected) - 1, "nothing is graded twice", again)
    return sorted((out / "gradebook.csv").read_text().splitlines())


def check_kills(out, reference, sign):
    for already in (2, 6):
        process = subprocess.Popen(command(out, "--jobs", "2"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   text=True)
        while len(journal(out)) < already and process.poll() is None:
            time.sleep(0.02)
        expect(process.poll() is None, "it was still at work")
        process.send_signal(sign)
        said = process.communicate(timeout=60)[0]
        if sign == signal.SIGINT:
            expect(process.returncode == 3 and "the same command goes on from there" in said,
                   "Ctrl-C is said to be no loss", said)
            expect(not (out / "gradebook.csv").exists() and not list((out / "failed").iterdir()),
                   "an interrupted submission did not fail")
    damaged = sorted((out / "results").glob("*.json"))[0]
    damaged.write_text(damaged.read_text()[:500])
    before = len(journal(out))
    lines = (out / "journal.tsv").read_text().splitlines(keepends=True)
    lost = next(line for line in lines if damaged.stem not in line)  # as if killed before it was written
    (out / "journal.tsv").write_text("".join(line for line in lines if line != lost))
    run(out)
    expect(sorted((out / "gradebook.csv").read_text().splitlines()) == reference,
           f"after {sign.name} the gradebook is the same")
    keys = [line[1] for line in journal(out)]
    expect(len(set(keys)) == 16 and len(keys) == 17 and before >= 6, "nothing was graded twice but what was damaged",
           keys)


def check_shards(out, reference):
    hand_in(klass / "sleeps", SOLUTION.replace("  //> 1.5\n", "  sleep(100);\n").replace("#include",
        "#include <unistd.h>\n#include", 1))
    for part in ("2/3", "1/3", "3/3"):
        run(out, "--shard", part)
        expect(not (out / "gradebook.csv").exists(), "a shard makes no gradebook")
    late = list((out / "results").glob("*.late"))
    expect(len(late) == 1 and len(journal(out)) == 17,
           "the shards are the whole, each part once; what was late waits for a second time")
    said = run(out, "--merge")
    expect(not late[0].exists() and len(journal(out)) == 18, "what was late was run again, alone", said)
    rows = [line for line in (out / "gradebook.csv").read_text().splitlines() if not line.startswith('"sleeps')]
    expect(sorted(rows) == reference, "the shards' gradebook is the whole's")
    expect(int(scores(out)["sleeps"]) == ALL - POINTS["1.5"], "only the task that sleeps is lost", scores(out))
    shutil.rmtree(klass / "sleeps")
    for wrong in ("0/3", "4/3", "x", "1/", "/3", "1/3x", "-1/3"):
        run(out, f"--shard={wrong}", code=2)
    run(out, "--shard", "1/3", "--merge", code=2)
    for file in (out / "results").glob("*.json"):
        file.unlink()
    expect("NOT GRADED" in run(out, "--merge", code=3), "what no shard graded is listed, and is no 0")
    expect(all(row["score"] == "" and row["status"] == "not graded" for row in gradebook(out).values()),
           "no score at all")


def check_trouble(out, reference):
    shutil.copytree(work / "whole/results", out / "results")
    key = next(line[1] for line in journal(work / "whole") if line[3] == "good 5")
    (out / "results" / f"{key}.json").unlink()
    (out / "results" / f"{key}.json" / "in the way").mkdir(parents=True)
    said = run(out, code=3)
    expect("1 NOT GRADED" in said and "good 5: " in said.split("NOT GRADED", 1)[1], "who could not be graded is listed",
           said)
    row = gradebook(out)["good 5"]
    expect(row["score"] == "" and row["status"] == "not graded" and row["notes"], "a failure of ours is never a score",
           row)
    expect(len(gradebook(out)) == 17 and sum(r["status"] == "graded" for r in gradebook(out).values()) == 16,
           "the others are graded")
    expect("1 not graded" in (out / "class.html").read_text(), "the report of the class says so")
    expect("NOT GRADED" in (out / "feedback/good 5.txt").read_text(), "and so does the feedback")
    shutil.rmtree(out / "results" / f"{key}.json")
    run(out)
    expect(sorted((out / "gradebook.csv").read_text().splitlines()) == reference, "the same command makes it good")


SBATCH = """#!/bin/sh
# Stands for Slurm's: runs the tasks of an array one after the other, prints the number of the job.
folder=. wait=
while [ $# -gt 1 ]; do
  case $1 in
    --chdir=*) folder=${1#--chdir=} ;;
    --wait) wait=1 ;;
    --dependency=afterany:7 | --parsable) ;;
    *) exit 2 ;;
  esac
  shift
done
cd "$folder" || exit 1
last=$(sed -n 's/^#SBATCH --array=1-//p' "$1")
log=$(sed -n 's/^#SBATCH --output=//p' "$1")
i=1
while [ "$i" -le "${last:-1}" ]; do
  SLURM_ARRAY_TASK_ID=$i sh "$1" > "$(printf %s "$log" | sed "s/%a/$i/")" 2>&1
  code=$?
  i=$((i + 1))
done
[ -n "$wait" ] && exit "$code"
echo 7
"""


def check_slurm(out, reference):
    tools = work / "tools"
    tools.mkdir()
    (tools / "sbatch").write_text(SBATCH)
    (tools / "sbatch").chmod(0o755)
    os.environ["PATH"] = f"{tools}:{os.environ['PATH']}"
    os.environ["NN_GRADER_SECRET"] = "another secret, which must not win"
    said = run(out, "--engine", "slurm", "--pack", "5", "--wait")
    del os.environ["NN_GRADER_SECRET"]
    expect("17 submissions in 4 tasks" in said and (out / "slurm/grade-4.log").exists(), "the array packs five a task",
           said)
    expect(sorted((out / "gradebook.csv").read_text().splitlines()) == reference,
           "the array's gradebook is the whole's")
    expect(len(journal(out)) == 16, "each was graded once")
    (tools / "sbatch").write_text("#!/bin/sh\necho no partition; exit 1\n")
    expect("no partition" in run(work / "refused", "--engine", "slurm", code=3), "what Slurm says is passed on")


def check_late(out):
    """Being late is counted anew each time; nothing is graded again for it."""
    times = work / "times.csv"
    times.write_text('student,submitted\n"good 1",2026-06-02T12:00:00Z\ngood 2,2026-06-01T13:59:00+02:00\n')
    late = ("--due", "2026-06-01T12:00:00Z", "--penalty", "10", "--times", str(times))
    before = len(journal(out))
    run(out, *late)
    expect((scores(out)["good 1"], scores(out)["good 2"], scores(out)["good 3"]) == (str(ALL * 9 // 10), str(ALL),
        str(ALL)), "a day late costs 10 %", scores(out))
    expect("penalty 10 %" in (out / "feedback/good 1.txt").read_text() and len(journal(out)) == before,
           "the student is told, nothing is graded again")
    run(out, "--due", "2026-06-01T12:00:00Z", code=2)
    times.write_text("nobody,2026-06-01T12:00:00Z\n")
    expect("is not in this class" in run(out, *late, code=2), "a name that is not of the class is refused")
    run(out)


def check_another_lesson(out):
    """A lesson that comes later is graded beside what is there; nothing is graded again, and no score is lost."""
    def first_lessons():
        reports = {file.name: json.loads(file.read_text()) for file in (out / "results").glob("*.json")}
        return {name: [lesson for lesson in report["lessons"] if lesson["lesson"] == "01"]
                for name, report in reports.items()}

    before, was = first_lessons(), scores(out)
    said = run(out, "--lesson", "2")
    expect(first_lessons() == before and len(before) == 16, "lesson 1 stays as it was graded, seconds and all")
    expect({row["lesson 02"] for row in gradebook(out).values()} == {"0"} and scores(out) == was,
           "lesson 2 is beside it", said)
    expect("other than before" not in said, "that is no change of a score", said)
    expect("16 graded before" in run(out), "and lesson 1 alone is still there")
    (out / "scores.json").write_text((out / "scores.json").read_text().replace('"1.1"', '"H1.1"'))
    said = run(out)
    expect("H1.1" in said and "--hidden DIR" in said, "hidden tests that were forgotten are missed", said)


def check_vanishing():
    """Somebody clears away temporary files in the middle of a compilation: nobody's fault, and no score."""
    temporary = work / "temporary"
    temporary.mkdir()
    process = subprocess.Popen([program, str(klass / "good 1"), "--lesson", "1"], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True,
                               env={**os.environ, "TMPDIR": str(temporary)})
    while process.poll() is None:
        try:
            for objects in temporary.glob("course-grade-*/*/submission/01/objects"):
                shutil.rmtree(objects.parent, ignore_errors=True)
        except FileNotFoundError:  # the grader was quicker to clear away its folder than we to look into it
            pass
    said = process.communicate()[0]
    expect(process.returncode == 3 and "score:" not in said, "what vanished is not the student's", said)


def check_usage():
    (work / "nothing").mkdir()
    said = subprocess.run([program, str(work / "nothing"), "--class"], capture_output=True, text=True)
    expect(said.returncode == 2 and "found none" in said.stderr, "an empty class is a mistake of usage", said.stderr)
    import fcntl
    with (work / "whole/.lock-whole").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        expect("another course_grade is at work" in run(work / "whole", code=2), "two at once are refused")


shutil.rmtree(work, ignore_errors=True)
klass, out_of_kill = work / "a class", work / "killed"
before = processes()
klass.mkdir(parents=True)
(work / "the secret").write_text("a secret for tests\n")
expected = make_class(klass)
reference = check_whole(work / "whole", expected)
check_late(work / "whole")
check_vanishing()
check_kills(out_of_kill, reference, signal.SIGKILL)
check_kills(work / "interrupted", reference, signal.SIGINT)
check_trouble(work / "trouble", reference)
check_slurm(work / "by slurm", reference)
check_shards(work / "sharded", reference)
check_another_lesson(work / "whole")
check_usage()
left = processes() - before
for _ in range(100):  # of another grader on this machine, they end and others come; of ours they would stay
    if left:
        time.sleep(0.2)
        left &= processes()
expect(not left, "no process is left", left)
print(f"{checks} checks held")
