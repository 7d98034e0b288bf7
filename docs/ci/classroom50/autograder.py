"""Classroom 50's autograder for this course. Put it with autograder.zip, which `./course grade --gradescope-zip autograder.zip` makes, into
CLASSROOM/autograders/ASSIGNMENT/ of the classroom50 repository, and runtime.json into the assignment's entry.

The runner starts it in the student's checkout and wants ./result.json and exit code 0, or another code when grading itself failed."""

import os, pathlib, subprocess, sys, tempfile, zipfile

here, submission = pathlib.Path(__file__).resolve().parent, pathlib.Path.cwd()
home = pathlib.Path(os.environ.get("NN_AUTOGRADER") or tempfile.mkdtemp())
source = home / "source"

if not (source / "build/grader/bin/course_grade").exists():
    with zipfile.ZipFile(here / "autograder.zip") as archive:
        archive.extractall(source)
    setup = subprocess.run(["sudo", "-E", "sh", source / "setup.sh"], stdin=subprocess.DEVNULL)
    if setup.returncode:
        sys.exit("the grader could not be built")

# The time of the submission is the commit's, whenever it is graded.
submitted = subprocess.run(["git", "log", "-1", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%cd"], capture_output=True, text=True,
                           env={**os.environ, "TZ": "UTC"}).stdout.strip()
result = submission / "result.json"
result.unlink(missing_ok=True)
graded = subprocess.run(
    [source / "build/grader/bin/course_grade", submission, "--secret", source / "secret", "--format", "classroom50", "--output", result,
     "--format", "markdown", "--output", submission / "release-body.md"],
    env={**os.environ, "NN_SUBMITTED_AT": submitted})
sys.exit(graded.returncode)
