#!/usr/bin/env python3
"""A class is graded by a real Slurm of one machine, started here with a configuration of its own and ended again.

slurm_test.py COURSE_GRADE ROOT WORK          needs root, and: ./course install slurm"""

import csv, os, pathlib, shutil, signal, socket, subprocess, sys, tempfile, time

program, root, work = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]).resolve()
SOLUTION = (root / "solutions/01-perceptron/perceptron.cpp").read_text()
STUDENTS = 10
checks = 0


def expect(holds, what, more=""):
    global checks
    checks += 1
    if not holds:
        raise AssertionError(f"{what}\n{more}")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


MEMORY = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20  # MB


class Slurm:
    """munged, slurmctld and slurmd of our own, in a folder of our own."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="course-slurm-"))
        self.programs = []
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        self.conf = self.folder / "slurm.conf"
        self.conf.write_text(f"""ClusterName=course
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={free_port()}
SlurmdPort={free_port()}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={self.folder}/munge.socket
StateSaveLocation={self.folder}/state
SlurmdSpoolDir={self.folder}/spool
SlurmctldPidFile={self.folder}/slurmctld.pid
SlurmdPidFile={self.folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
NodeName=localhost NodeAddr=127.0.0.1 CPUs={os.cpu_count()} RealMemory={MEMORY}
PartitionName=all Nodes=localhost Default=YES MaxTime=INFINITE State=UP
PartitionName=short Nodes=localhost MaxTime=INFINITE State=UP
""")
        os.environ["SLURM_CONF"] = str(self.conf)
        self.start("munged", "--foreground", "--force", f"--key-file={key}", f"--socket={self.folder}/munge.socket",
                   f"--pid-file={self.folder}/munge.pid",
                   f"--log-file={self.folder}/munge.log", f"--seed-file={self.folder}/munge.seed")
        self.until("munged listens", lambda: (self.folder / "munge.socket").exists())
        self.start("slurmctld", "-D", "-f", self.conf)
        self.start("slurmd", "-D", "-N", "localhost", "-f", self.conf)
        self.until("the node is idle", lambda: "idle" in self.ask("sinfo", "--noheader", "--format=%T"))

    def start(self, *command):
        with (self.folder / f"{command[0]}.said").open("w") as said:
            self.programs.append(subprocess.Popen(command, stdout=said, stderr=said))

    def ask(self, *command):
        return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout

    def until(self, what, holds, seconds=60):
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                said = "\n".join(f"{file.name}:\n{file.read_text()[-2000:]}" for file in self.folder.glob("*.said"))
                raise AssertionError(f"after {seconds} s still not so: {what}\n{said}")
            time.sleep(0.1)

    def stop(self):
        self.ask("scancel", "--user=root")
        for process in reversed(self.programs):
            process.send_signal(signal.SIGTERM)
        for process in self.programs:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def make_class(folder):
    for i in range(STUDENTS):
        file = folder / f"student {i}/exercises/01-perceptron/perceptron.cpp"
        file.parent.mkdir(parents=True)
        file.write_text(f"{SOLUTION}// {i}\n" if i % 5 else f"// {i}\nint x = ;\n{SOLUTION}")


def grade(out, *more, code=0):
    done = subprocess.run([program, klass, "--class", "--lesson", "1", "--secret", work / "secret", "--out", out,
                           *more], capture_output=True, text=True, timeout=600)
    expect(done.returncode == code, f"{more} exits with {code}, not {done.returncode}", done.stdout + done.stderr)
    return done.stdout


def gradebook(out):
    with (out / "gradebook.csv").open(newline="") as file:
        return {row["student"]: (row["status"], row["score"], row["seed"]) for row in csv.DictReader(file)}


def gradings(out):
    return len((out / "journal.tsv").read_text().splitlines())


LIMITS = ("--account=cs101", "--partition=short", "--time=2:00:00", "--mem=4G")  # as the guide gives them


def check_waiting(reference):
    out = work / "waiting"
    said = grade(out, "--engine", "slurm", "--pack", "4", "--wait", *(f"--sbatch={each}" for each in LIMITS))
    for script in ("grade.sh", "merge.sh"):
        expect(set(LIMITS) <= set((out / "slurm" / script).read_text().replace("#SBATCH ", "").splitlines()),
               f"what else Slurm is told is in {script}")
    grade(work / "x", "--engine", "slurm", "--sbatch", "account", code=2)
    expect(f"{STUDENTS} submissions in 3 tasks" in said, "the array packs four a task", said)
    expect(gradebook(out) == reference, "the array's gradebook is that of one machine", gradebook(out))
    expect(gradings(out) == STUDENTS, "each was graded once")


def check_cancelled(slurm, reference):
    """What was cancelled in the middle is graded by the next call, and nothing twice."""
    out = work / "cancelled"
    said = grade(out, "--engine", "slurm", "--pack", "2")
    expect("squeue" in said, "it does not wait unless told to", said)
    slurm.until("three are graded", lambda: (out / "journal.tsv").exists() and gradings(out) >= 3)
    slurm.ask("scancel", "--user=root")
    slurm.until("the queue is empty", lambda: slurm.ask("squeue", "--noheader").strip() == "")
    before = gradings(out)
    expect(3 <= before < STUDENTS, "it was cancelled in the middle", before)
    expect("NOT GRADED" in grade(out, "--merge", code=3), "who was not graded is listed")
    expect(sum(score == "" for _, score, _ in gradebook(out).values()) == STUDENTS - before, "and has no score")
    grade(out, "--engine", "slurm", "--pack", "2", "--wait")
    expect(gradebook(out) == reference, "the next call completes it", gradebook(out))
    expect(gradings(out) == STUDENTS, "nothing was graded twice")


if os.geteuid() != 0:
    sys.exit("slurm_test: needs root, to start a Slurm of its own")
shutil.rmtree(work, ignore_errors=True)
klass = work / "a class"
make_class(klass)
(work / "secret").write_text("a secret for tests\n")
grade(work / "here")
reference = gradebook(work / "here")
expect({score for _, score, _ in reference.values()} == {"0", "100"} and len(reference) == STUDENTS,
       "one machine's gradebook is what it must be", reference)
slurm = Slurm()
try:
    check_waiting(reference)
    check_cancelled(slurm, reference)
finally:
    slurm.stop()
print(f"{checks} checks held")
