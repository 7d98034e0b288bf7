#!/usr/bin/env python3
"""How many submissions a minute, and does a large class come out right?

    rehearsal.py complete [N [LAST]]    N (24) complete ones, half of them other answers: with the lessons 1 to 7 fails
                                        below 20 a minute on two cores
    rehearsal.py class [N [LAST]]       N (300, at least 20): complete, unfinished, wrong and hostile; killed twice on
                                        the way: fails when a score is not what it must be, or one was graded twice

They hold the lessons 1 to LAST (7 or more; all). Every submission has a text of its own, so none is spared by being
like another. Works in build/rehearsal-of-a-class. A class of 300 with the first seven lessons takes about ten minutes.
Exit codes: 0 all held; 1 not; 2 usage; 3 the grader failed."""

import csv, json, os, pathlib, re, shutil, signal, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "build/rehearsal-of-a-class"
LAST = int(sys.argv[3]) if len(sys.argv) == 4 and sys.argv[3].isdigit() else 99


def answers(folder):
    return {str(f.relative_to(folder)): f.read_text() for f in sorted(folder.glob("*/*.cpp"))
            if int(f.parent.name[:2]) <= LAST}


OURS, OTHERS = answers(ROOT / "solutions"), answers(ROOT / "autograder/alternatives")
POINTS, LESSON_POINTS = {}, {}
for file in sorted((ROOT / "lessons").glob("*/lesson.json")):
    lesson = json.loads(file.read_text())
    if int(lesson["lesson"]) > LAST:
        continue
    POINTS.update({task["id"]: task["points"] for task in lesson["tasks"]})
    LESSON_POINTS[lesson["lesson"]] = sum(task["points"] for task in lesson["tasks"])
ALL = sum(LESSON_POINTS.values())

# File, what is replaced, by what, the tasks or lessons that are lost.
PERCEPTRON, GRADIENT = "01-perceptron/perceptron.cpp", "05-numerical-gradient/numerical_gradient.cpp"
LEARN = "  //> 1.6\n"
WRONG = [
    (PERCEPTRON, "real(k) - real(0.5)", "real(k) + real(0.5)", ["1.5"]),
    ("02-multilayer/multilayer.cpp", "{{1, 1, -2}, -0.5}", "{{1, 1, -2}, 0.5}", ["2.2"]),
    ("04-losses/losses.cpp", "/ (2 * Y.n_cols)", "/ Y.n_cols", ["4.1"]),
    ("06-backprop/layers.cpp", "sum(dZ, 1), W.t()", "mean(dZ, 1), W.t()", ["6.2"]),
    ("07-training/training.cpp", "++counts(labels(j), predicted(j))", "++counts(predicted(j), labels(j))", ["7.6"]),
]
STATIC = "#include <cstdio>\n#include <cstdlib>\n#include <unistd.h>\nstatic const int rehearsed = [] { %s return 0; }();\n"
FIRST = "namespace nn {"
HOSTILE = [
    (PERCEPTRON, FIRST, STATIC % "std::_Exit(0);" + FIRST, ["01"]),
    ("02-multilayer/multilayer.cpp", FIRST, STATIC % "for (;;) fork();" + FIRST, ["02"]),
    ("03-activations/activations.cpp", FIRST, STATIC % 'std::puts("700 of 700"); std::exit(0);' + FIRST, ["03"]),
    ("04-losses/losses.cpp", FIRST, STATIC % 'for (;;) std::puts("passed");' + FIRST, ["04"]),
    (PERCEPTRON, LEARN, LEARN + "  for (volatile int i = 0;; i = i + 1) {}\n", ["1.6"]),
    (PERCEPTRON, LEARN, LEARN + "  *static_cast<volatile int*>(nullptr) = 1;\n", ["1.6"]),
    (PERCEPTRON, LEARN, LEARN + "  for (std::vector<std::string> all;;) all.emplace_back(1 << 26, 'x');\n", ["1.6"]),
    (GRADIENT, FIRST, '#include "../../solutions/05-numerical-gradient/numerical_gradient.cpp"\n' + FIRST, ["05"]),
    ("06-backprop/backprop.cpp", FIRST, "template <int N> struct Bomb { Bomb<N + 1> more; };\nBomb<0> bomb;\n" + FIRST,
     ["06"]),
    ("07-training/training.cpp", FIRST, "int main() {}\n" + FIRST, ["07"]),
    ("02-multilayer/multilayer.cpp", None, "symlink", ["02"]),
    ("04-losses/losses.cpp", None, "binary", ["04"]),
]


def lost(what):
    return sum(LESSON_POINTS.get(one, 0) or POINTS[one] for one in what)


def hand_in(folder, number, texts):
    for name, text in texts.items():
        file = folder / "exercises" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"// student {number}\n{text}")


def stub_of(name):
    """The solution without what stands between its markers: what a student begins with."""
    task = re.compile(r"( *)//> ([0-9.]+)\n.*?//<\n", re.S)
    return task.sub(lambda m: f'{m[1]}todo("{m[2]}");\n', OURS[name])


def changed(folder, number, change):
    name, old, new, gone = change
    hand_in(folder, number, OURS)
    file = folder / "exercises" / name
    if old is not None:
        text = file.read_text()
        if text.count(old) < 1:
            sys.exit(f"rehearsal: {name} no longer holds {old!r}")
        file.write_text(text.replace(old, new, 1))
    elif new == "symlink":
        file.unlink()
        file.symlink_to("/etc/passwd")
    else:
        file.write_bytes(bytes(range(256)) * 40)
    return ALL - lost(gone)


def other(folder, number):
    hand_in(folder, number, {**OURS, **OTHERS})
    return ALL


def good(folder, number):
    hand_in(folder, number, OURS)
    return ALL


def unfinished(folder, number):
    done = 1 + number % 6
    hand_in(folder, number, {name: OURS[name] if int(name[:2]) <= done else stub_of(name) for name in OURS})
    return sum(points for lesson, points in LESSON_POINTS.items() if int(lesson) <= done)


def make(folder, kinds):
    """A folder a student; returns the scores that they must get."""
    shutil.rmtree(folder, ignore_errors=True)
    return {f"student-{i:03}": kind(folder / f"student-{i:03}", i) for i, kind in enumerate(kinds)}


def grade(klass, out):
    """Begins to grade; what it says goes into a file beside `out`."""
    with open(f"{out}.log", "w") as log:
        return subprocess.Popen([ROOT / "course", "grade", klass, "--class", "--out", out], stdout=log, stderr=log,
                                start_new_session=True)


def finished(process, out):
    said = pathlib.Path(f"{out}.log").read_text() if process.wait() == 0 else None
    if said is None:
        print(pathlib.Path(f"{out}.log").read_text())
        sys.exit(3)
    return said


def journal(out):
    file = out / "journal.tsv"
    return file.read_text().splitlines() if file.exists() else []


def memory_in_use():
    facts = dict(line.split(":") for line in pathlib.Path("/proc/meminfo").read_text().splitlines())
    return int(facts["MemTotal"].split()[0]) - int(facts["MemAvailable"].split()[0])


def wrong_scores(out, expected):
    with (out / "gradebook.csv").open(newline="") as file:
        found = {row["student"]: row["score"] for row in csv.DictReader(file)}
    return [f"{name}: {found.get(name)} points, expected {score}" for name, score in expected.items()
            if found.get(name) != str(score)]


def warm():
    """The grader is built, and what it makes before its first submission is made: that is not counted."""
    shutil.rmtree(WORK / "warm", ignore_errors=True)
    make(WORK / "one", [good])
    finished(grade(WORK / "one", WORK / "warm"), WORK / "warm")


def report(problems, count, seconds, said):
    for problem in problems:
        print(f"NOT SO: {problem}")
    print(next((line for line in said.splitlines() if line.startswith("time in all")), ""))
    print(f"{count} submissions in {seconds:.0f} s: {60 * count / seconds:.1f} a minute, on {os.cpu_count()} cores")
    return 1 if problems else 0


def complete(count):
    klass, out = WORK / "complete", WORK / "complete-graded"
    expected = make(klass, [(good, other)[i % 2] for i in range(count)])
    shutil.rmtree(out, ignore_errors=True)
    warm()
    begin = time.monotonic()
    said = finished(grade(klass, out), out)
    seconds = time.monotonic() - begin
    problems = wrong_scores(out, expected)
    if LAST == 7 and os.cpu_count() == 2 and count / seconds * 60 < 20:
        problems.append("fewer than 20 a minute")
    return report(problems, count, seconds, said)


def large(count):
    klass, out = WORK / "class", WORK / "class-graded"
    shutil.rmtree(out, ignore_errors=True)
    kinds = []
    for i in range(count):  # of 20: 5 good, 3 other answers, 6 unfinished, 2 wrong, 4 hostile
        kind, turn = i % 20, i // 20
        wrong, hostile = WRONG[(2 * turn + kind) % len(WRONG)], HOSTILE[(4 * turn + kind) % len(HOSTILE)]
        kinds.append(good if kind < 5 else other if kind < 8 else unfinished if kind < 14
                     else (lambda f, n, c=wrong: changed(f, n, c)) if kind < 16
                     else (lambda f, n, c=hostile: changed(f, n, c)))
    expected = make(klass, kinds)
    warm()
    begin, before, most = time.monotonic(), memory_in_use(), 0
    for until in (count // 3, 2 * count // 3, count + 1):
        process = grade(klass, out)
        while process.poll() is None and len(journal(out)) < until:
            most = max(most, memory_in_use() - before)
            time.sleep(0.1)
        if until < count:
            if process.poll() is not None:
                sys.exit(f"rehearsal: it ended before it could be killed:\n{finished(process, out)}")
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            print(f"killed after {len(journal(out))}", flush=True)
    said = finished(process, out)
    seconds = time.monotonic() - begin
    problems = wrong_scores(out, expected)
    keys = [line.split("\t")[1] for line in journal(out)]
    if len(set(keys)) != len(keys) or len(keys) != count:
        problems.append(f"{len(keys)} gradings of {len(set(keys))} submissions, expected {count} of each")
    print(f"most memory in use: {most / 1e6:.2f} GB more than before")
    return report(problems, count, seconds, said)


modes = {"complete": (complete, 24, 1), "class": (large, 300, 20)}  # with the usual and the least N
mode, count, least = modes.get(sys.argv[1] if len(sys.argv) > 1 else "", (None, 0, 0))
if mode and len(sys.argv) > 2:
    count = int(sys.argv[2]) if sys.argv[2].isdigit() else 0
if not mode or len(sys.argv) > 4 or count < least or LAST < 7:
    print(__doc__, file=sys.stderr)
    sys.exit(2)
sys.exit(mode(count))
