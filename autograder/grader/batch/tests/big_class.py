#!/usr/bin/env python3
"""Makes a class of N students (good, other answers, unfinished, broken, hostile), grades it in one batch
that is killed twice on the way, and compares
the gradebook with what each must come to. Prints where the time went. Not a part of ctest: it takes a while.

big_class.py COURSE_GRADE ROOT WORK [N]"""

import csv, json, os, pathlib, random, shutil, signal, subprocess, sys, threading, time

program, root, work = (pathlib.Path(a).resolve() for a in sys.argv[1:4])
count = int(sys.argv[4]) if len(sys.argv) > 4 else 300
LESSONS = {json.loads(f.read_text())["name"]: json.loads(f.read_text())
           for f in sorted(root.glob("lessons/*/lesson.json"))}
FULL = {name: sum(t["points"] for t in lesson["tasks"]) for name, lesson in LESSONS.items()}

HOSTILE = {
    "exits": "#include <cstdlib>\nstatic int gone = (std::_Exit(0), 0);\n",
    "loops": "static int forever = [] { for (volatile int i = 0;; ) i = i; return 0; }();\n",
    "forks": "#include <unistd.h>\nstatic int bomb = [] { for (;;) fork(); return 0; }();\n",
    "eats memory": "#include <cstdlib>\n#include <cstring>\nstatic int hog = [] { for (;;) std::memset(std::malloc(1 << 24), 1, 1 << 24); return 0; }();\n",
    "floods": "#include <cstdio>\nstatic int flood = [] { for (;;) std::puts(\"all tests passed\"); return 0; }();\n",
    "reads the solutions": "#include \"../../solutions/01-perceptron/perceptron.cpp\"\n",
    "calls the net": "#include <sys/socket.h>\nstatic int net = [] { if (socket(AF_INET, SOCK_STREAM, 0) >= 0) return 0; __builtin_trap(); }();\n",
    "syntax": "int x = ;\n",
    "a second main": "int main() { return 0; }\n",
}
MUTANT = ("a > 0", "a >= 0")  # in lesson 1's step


def source(kind, name):
    return {f: (root / kind / name / f).read_text() for f in LESSONS[name]["files"]}


def mutated():
    files = source("solutions", "01-perceptron")
    for file, text in files.items():
        if MUTANT[0] in text:
            return {**files, file: text.replace(*MUTANT, 1)}
    sys.exit("the mutant fits nowhere")


def grade_alone(files):
    """What one submission of lesson 1 comes to when nothing is beside it."""
    folder = work / "alone/exercises/01-perceptron"
    folder.mkdir(parents=True)
    for file, text in files.items():
        (folder / file).write_text(text)
    said = subprocess.run([program, work / "alone", "--lesson", "1", "--format", "json"], capture_output=True,
                          text=True, check=True).stdout
    return json.loads(said)["score"]


def make_student(number, rng, mutant_score):
    """Files by path, and the score they must come to."""
    kind = ["good"] * 5 + ["other"] * 3 + ["unfinished"] * 6 + ["mutant"] * 2 + ["hostile"] * 4
    kind = kind[number % len(kind)]
    files, score = {}, 0
    victim = rng.choice(sorted(LESSONS))
    for name in LESSONS:
        solved = kind != "unfinished" or rng.random() < 0.5
        parts = source("autograder/alternatives" if kind == "other" else "solutions" if solved else "exercises", name)
        earned = FULL[name] if solved else 0
        if kind == "mutant" and name == "01-perceptron":
            parts, earned = mutated(), mutant_score
        if kind == "hostile" and name == victim:
            first = next(iter(parts))
            parts[first] += HOSTILE[sorted(HOSTILE)[number % len(HOSTILE)]]
            earned = 0
        score += earned
        for file, text in parts.items():
            files[f"{name}/{file}"] = f"// student {number}\n{text}"
    return kind, files, score


class Peak(threading.Thread):
    """The most memory that a process and all it has started hold together, as they are seen ten times in a second."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.most = pid, 0

    def run(self):
        while os.path.exists(f"/proc/{self.pid}"):
            parents, sizes = {}, {}
            for entry in filter(str.isdigit, os.listdir("/proc")):
                try:
                    stat = open(f"/proc/{entry}/stat").read().rsplit(")", 1)[1].split()
                    parents[int(entry)], sizes[int(entry)] = int(stat[1]), int(stat[21]) * 4096
                except (OSError, IndexError):
                    pass
            tree, grown = {self.pid}, True
            while grown:
                more = {p for p, parent in parents.items() if parent in tree} - tree
                tree, grown = tree | more, bool(more)
            self.most = max(self.most, sum(sizes.get(p, 0) for p in tree))
            time.sleep(0.1)


def journal(out):
    return (out / "journal.tsv").read_text().splitlines() if (out / "journal.tsv").exists() else []


shutil.rmtree(work, ignore_errors=True)
rng, expected, kinds = random.Random(300), {}, {}
mutant_score = grade_alone(mutated())
for i in range(count):
    kind, files, score = make_student(i, rng, mutant_score)
    name = f"student {i:03}"
    expected[name] = score
    kinds[kind] = kinds.get(kind, 0) + 1
    for path, text in files.items():
        file = work / "class" / name / "exercises" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
print(f"{count} students: {kinds}; the mutant earns {mutant_score} in lesson 1", flush=True)

out, seconds, peak = work / "graded", 0.0, 0
before = os.times()
for stop in (count // 5, count // 2, None):
    begun = time.time()
    process = subprocess.Popen([program, work / "class", "--out", out, "--jobs", "2"], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)
    watch = Peak(process.pid)
    watch.start()
    if stop:
        while len(journal(out)) < stop and process.poll() is None:
            time.sleep(0.2)
        process.kill()
        print(f"killed after {len(journal(out))}", flush=True)
    said = process.communicate()[0]
    seconds += time.time() - begun
    peak = max(peak, watch.most)
print("\n".join(said.splitlines()[-5:]))
if process.returncode:
    sys.exit(f"exit code {process.returncode}")
with (out / "gradebook.csv").open(newline="") as file:
    found = {row["student"]: row["score"] for row in csv.DictReader(file)}
wrong = {name: (found.get(name), score) for name, score in expected.items() if found.get(name) != str(score)}
keys = [line.split("\t")[1] for line in journal(out)]
after = os.times()
cpu = after.children_user + after.children_system - before.children_user - before.children_system
print(f"{seconds:.0f} s, {60 * count / seconds:.1f} submissions a minute, {cpu / count:.1f} s of CPU each as far as it is accounted, {peak / 1e6:.0f} MB at most")
print(f"load of the machine: {os.getloadavg()}; graded twice: {len(keys) - len(set(keys))}; scores that are not as expected: {wrong or 'none'}")
sys.exit(1 if wrong or len(keys) != len(set(keys)) or len(found) != count else 0)
