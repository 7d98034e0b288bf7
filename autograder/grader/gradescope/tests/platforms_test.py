#!/usr/bin/env python3
"""The upload to Gradescope, unpacked and run as Gradescope does; the workflow files that are there to be copied; a kit
packed for some lessons, and that it holds no answer to them.

platforms_test.py COURSE_GRADE ROOT WORK"""

import json, os, pathlib, re, shutil, subprocess, sys, zipfile

import jsonschema, yaml

program, root, work = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
build = program.parent.parent
schemas = root / "autograder/grader/formats/schemas"
lesson_points = {lesson.parent.name: sum(task["points"] for task in json.loads(lesson.read_text())["tasks"])
                 for lesson in root.glob("lessons/*/lesson.json")}
points = sum(lesson_points.values())
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


def unpacked_zip(home, *more):
    upload = work / "autograder.zip"
    run([program, "--gradescope-zip", upload, *more])
    shutil.rmtree(home / "source", ignore_errors=True)
    run(["unzip", "-q", upload, "-d", home / "source"])
    return upload


def check_zip(home):
    upload = unpacked_zip(home)
    names = zipfile.ZipFile(upload).namelist()
    for name in ("setup.sh", "run_autograder"):
        expect(name in names and os.access(home / "source" / name, os.X_OK), f"{name} is at the root, to be run")
        run(["sh", "-n", home / "source" / name])
    expect((home / "source/secret").stat().st_mode & 0o77 == 0 and len((home / "source/secret").read_text()) == 64,
           "it has a secret of its own")
    expect(not [n for n in names if n.startswith(("exercises/", "build/", ".git"))], "nothing that it does not need")
    for lesson in root.glob("lessons/*/lesson.json"):
        expect(str(lesson.relative_to(root)) in names, f"{lesson} is in it")
    said = run(["cmake", "--preset", "grader", "-B", work / "configured"], cwd=home / "source")
    expect("Generating done" in said, "all that it is built from is in it", said)


def check_gradescope(home):
    results, submission = home / "results/results.json", home / "submission"
    environment = {"PATH": os.environ["PATH"], "NN_AUTOGRADER": str(home)}

    def grade(code=0):
        run([home / "source/run_autograder"], code, env=environment, cwd="/")
        return valid("gradescope", results) if results.exists() else None

    stand_in(home)
    shutil.copytree(root / "solutions", submission / "exercises")
    ours = grade()
    expect(ours["score"] == points, "our answers earn everything",
           json.dumps([test for test in ours["tests"] if test["score"] < test["max_score"]], indent=1))
    shutil.rmtree(submission)
    submission.mkdir()
    for file in (root / "solutions").glob("*/*.cpp"):
        if file.stem != "losses":
            shutil.copy(file, submission)
    (submission / "losses.cpp").symlink_to(root / "solutions/04-losses/losses.cpp")
    loose = grade()
    expect(loose["score"] == points - lesson_points["04-losses"],
           "files that lost their folders are found, a link is not followed", loose["score"])
    stand_in(home, "--kit", "/nowhere")
    expect(grade(3) is None, "a grader that fails leaves no results, not even older ones")


def check_assignment(home):
    """One zip for one assignment: its lesson alone, with its hidden tests."""
    hidden = work / "hidden tests"
    hidden.mkdir()
    for name in ("hidden.json", "01-perceptron.cpp"):
        (hidden / name).write_text("[]\n")
    unpacked_zip(home, "--lesson", "2", "--hidden", hidden)
    expect((home / "source/hidden/hidden.json").exists() and (home / "source/hidden/01-perceptron.cpp").exists(),
           "the hidden tests are in it")
    expect("NN_HIDDEN=$hidden" in (home / "source/setup.sh").read_text(), "and are built")
    stand_in(home)
    shutil.rmtree(home / "submission")
    shutil.copytree(root / "solutions", home / "submission/exercises")
    run([home / "source/run_autograder"], env={"PATH": os.environ["PATH"], "NN_AUTOGRADER": str(home)}, cwd="/")
    graded = valid("gradescope", home / "results/results.json")
    expect(graded["score"] == 100 and all("2." in test["number"] for test in graded["tests"]),
           "the assignment's lesson alone is graded", graded)
    said = run([program, root / "solutions", "--single", "--hidden", hidden], 2)
    expect("built without hidden tests" in said, "hidden tests that are not there are missed", said)


def telling_lines(lesson):
    """Lines of our answer that say something and would be recognised, without spaces."""
    lines, inside = set(), False
    for file in (root / "solutions" / lesson).glob("*.cpp"):
        for line in file.read_text().splitlines():
            text = re.sub(r"\s", "", line)
            inside = (inside or text.startswith("//>")) and not text.startswith("//<")
            if inside and len(text) >= 24 and not text.startswith("//"):
                lines.add(text.encode())
    return lines


def objects(lesson):
    return (build / f"CMakeFiles/solution_{lesson[:2]}.dir/Unity").glob("*.o")


def machine_code(lesson):
    """Pieces of our compiled answer that no linker changes, without those of the library's inline functions."""
    pieces = set()
    for file in objects(lesson):
        raw = work / "text"
        run(["objcopy", "-O", "binary", "--only-section=.text", file, raw])
        code, changed = raw.read_bytes(), []
        section = subprocess.run(["readelf", "-rW", file], capture_output=True, text=True).stdout
        section = section.split("'.rela.text'")[1].split("Relocation section")[0]
        for offset in re.findall(r"^([0-9a-f]{12,16}) ", section, re.M):
            changed.append(int(offset, 16))
        begin = 0
        for at in sorted(changed) + [len(code)]:
            if at - begin >= 72:
                pieces.add(code[begin:at])
            begin = at + 8
    common = b"".join(file.read_bytes() for other in ("01-perceptron", "02-multilayer", "04-losses")
                      for file in objects(other))
    return {piece for piece in pieces if piece not in common}


def check_packed_kit():
    lesson = "03-activations"
    kit = work / "kit of 3"
    run([program, "--pack-kit", kit, "--lesson", "3"])
    files = [file for file in kit.rglob("*") if file.is_file()]
    contents = {file: file.read_bytes() for file in files}
    lines, code = telling_lines(lesson), machine_code(lesson)
    expect(len(lines) > 8 and len(code) > 8, "there is something to look for", (len(lines), len(code)))
    without_spaces = {file: re.sub(rb"\s", b"", text) for file, text in contents.items()}
    for file in files:
        expect(not [line for line in lines if line in without_spaces[file]], f"{file} holds no line of our answer")
        found = sum(piece in contents[file] for piece in code)
        expect(found == 0, f"{file} holds no machine code of our answer", found)
    later = (build / "kit/workers/libworker_04.a").read_bytes()
    found = sum(piece in later for piece in code)
    expect(found > len(code) * 0.8, "which is found where it is: in the worker of lesson 4", f"{found} of {len(code)}")

    grade = lambda folder, code=0: run([kit / "grade", folder, "--single", "--format", "json", "--seed", "3"], code)
    report = json.loads(grade(root / "solutions"))
    expect(report["score"] == 100 and [l["lesson"] for l in report["lessons"]] == ["03"],
           "the kit grades its lesson", report["score"])
    expect(json.loads(grade(root / "exercises"))["score"] == 0, "and nothing is given away")
    broken = work / "broken/exercises" / lesson
    broken.mkdir(parents=True)
    text = (root / "solutions" / lesson / "activations.cpp").read_text()
    (broken / "activations.cpp").write_text(text + "int nn_twice; int nn_twice;\n")
    said = json.loads(grade(work / "broken"))
    expect({t["verdict"] for t in said["lessons"][0]["tasks"]} == {"not compiling"}, "a broken one is told as that")
    (broken / "activations.cpp").write_text(re.sub(r"mat softmax\(", "mat softmax_of(", text))
    said = json.loads(grade(work / "broken"))
    expect({t["verdict"] for t in said["lessons"][0]["tasks"]} == {"not compiling"}, "one that does not link, too")
    run([program, "--pack-kit", kit, "--lesson", "3"], 2)
    expect("pack a kit for each" in run([program, "--pack-kit", work / "two", "--lesson", "2", "--lesson", "3"], 2),
           "lessons that need each other's answers are not packed together")
    run([program, "--pack-kit", work / "all"], 2)


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
check_assignment(home)
check_packed_kit()
print(f"{checks} checks held")
