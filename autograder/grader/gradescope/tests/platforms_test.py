#!/usr/bin/env python3
"""The upload to Gradescope, unpacked and run as Gradescope does; the workflow files that are there to be copied.

platforms_test.py COURSE_GRADE ROOT WORK"""

import json, os, pathlib, re, shutil, subprocess, sys, zipfile

import jsonschema, yaml

program, root, work = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
schemas = root / "autograder/grader/formats/schemas"
checks = 0


def expect(holds, what, more=""):
    global checks
    checks += 1
    if not holds:
        sys.exit(f"NOT SO: {what}\n{more}")


def run(argv, code=0, **options):
    done = subprocess.run([str(a) for a in argv], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=600,
                          **options)
    expect(done.returncode == code, f"{argv} exits with {code}, not {done.returncode}", done.stdout + done.stderr)
    return done.stdout + done.stderr


def valid(name, file):
    document = json.loads(file.read_text())
    jsonschema.Draft202012Validator(json.loads((schemas / f"{name}.schema.json").read_text())).validate(document)
    return document


def stand_in(home, *more):
    """A program where the build would be, which hands over to the one that was built already."""
    built = home / "source/build/grader/bin/course_grade"
    built.parent.mkdir(parents=True, exist_ok=True)
    built.write_text(f"#!/bin/sh\nexec '{program}' \"$@\" {' '.join(more)}\n")
    built.chmod(0o755)


def check_zip(home):
    upload = work / "autograder.zip"
    run([program, "--gradescope-zip", upload])
    run(["unzip", "-q", upload, "-d", home / "source"])
    names = zipfile.ZipFile(upload).namelist()
    for name in ("setup.sh", "run_autograder"):
        expect(name in names and os.access(home / "source" / name, os.X_OK), f"{name} is at the root, to be run")
        run(["sh", "-n", home / "source" / name])
    expect((home / "source/secret").stat().st_mode & 0o77 == 0 and len((home / "source/secret").read_text()) == 64,
           "it has a secret of its own")
    expect(not [n for n in names if n.startswith(("exercises/", "build/", ".git"))], "nothing that it does not need")
    for lesson in root.glob("lessons/*/lesson.json"):
        expect(str(lesson.relative_to(root)) in names, f"{lesson} is in it")


def check_gradescope(home):
    results, submission = home / "results/results.json", home / "submission"
    environment = {"PATH": os.environ["PATH"], "NN_AUTOGRADER": str(home)}

    def grade(code=0):
        run([home / "source/run_autograder"], code, env=environment, cwd="/")
        return valid("gradescope", results) if results.exists() else None

    stand_in(home)
    shutil.copytree(root / "solutions", submission / "exercises")
    expect(grade()["score"] == 700, "our answers earn everything")
    shutil.rmtree(submission)
    submission.mkdir()
    for file in (root / "solutions").glob("*/*.cpp"):
        if file.stem != "losses":
            shutil.copy(file, submission)
    (submission / "losses.cpp").symlink_to(root / "solutions/04-losses/losses.cpp")
    loose = grade()
    expect(loose["score"] == 600, "files that lost their folders are found, a link is not followed", loose["score"])
    stand_in(home, "--kit", "/nowhere")
    expect(grade(3) is None, "a grader that fails leaves no results, not even older ones")


def scripts(node):
    """Every text of a workflow that a shell runs."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("run", "script", "before_script", "postCreateCommand"):
                yield from value if isinstance(value, list) else [value]
            else:
                yield from scripts(value)
    elif isinstance(node, list):
        for value in node:
            yield from scripts(value)


in_students_hands = ("docs/ci/github-actions.yml", "docs/ci/gitlab-ci.yml", ".devcontainer/devcontainer.json")


def check_workflows():
    help_text = run([program, "--help"])
    commands = (re.findall(r'(?:command|with_argument|handing_over)\("(\w+)"',
                           (root / "tools/course/main.cpp").read_text())
                + re.findall(r'\{"(\w+)", "For', (root / "tools/course/staff.hpp").read_text()) + ["install", "doctor"])
    packages = [word for line in (root / "tools/bootstrap/packages.tsv").read_text().splitlines()
                if line[:1] not in ("#", "")
                for word in line.split("\t")[:2]]  # names and levels
    files = {"docs/ci/github-actions.yml": ("name", "on", "jobs"),
             "docs/ci/github-grade-class.yml": ("name", "on", "jobs"),
             "docs/ci/gitlab-ci.yml": ("progress",), ".devcontainer/devcontainer.json": ("image",)}
    for name, members in files.items():
        # YAML 1.1 reads the word `on` as true; GitHub reads it as a name.
        document = {("on" if k is True else k): v for k, v in yaml.safe_load((root / name).read_text()).items()}
        expect(all(m in document for m in members), f"{name} has {members}")
        if name in in_students_hands:
            for word in ("secrets.", "vars.", "token", "course grade", "install grader", "git clone", "repository:",
                         "fetch"):
                expect(word not in "\n".join(l for l in (root / name).read_text().splitlines()
                                             if not l.startswith("#")).lower(),
                       f"{name} stands where students can read and change it: it reaches nothing of ours ({word})")
        called = 0
        for script in scripts(document):
            run(["sh", "-n", "-c", re.sub(r"\$\{\{.*?\}\}", "x", script)])
            for command, rest in re.findall(r"\./course ?(\w*)((?:[^&|\n\\]|\\\n)*)", script):
                called += 1
                expect(command in ["", *commands], f"{name}: ./course {command} exists")
                if command == "install":
                    expect(all(p in packages for p in rest.split()), f"{name}: packages.tsv knows {rest}")
                for option in re.findall(r"--[a-z-]+", rest) if command == "grade" else []:
                    expect(option in help_text, f"{name}: course_grade has {option}")
                for wanted in re.findall(r"--format (\w+)", rest):
                    expect(re.search(rf"\b{wanted}\b", help_text), f"{name}: there is a format {wanted}")
        expect(called > 0, f"{name} calls ./course")


shutil.rmtree(work, ignore_errors=True)
home = work / "stands for autograder"
home.mkdir(parents=True)
check_workflows()
check_zip(home)
check_gradescope(home)
print(f"{checks} checks held")
