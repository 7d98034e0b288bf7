#!/usr/bin/env python3
"""A roster of 120 and what Canvas, Moodle, Gradescope and GitHub hand out of them: everybody has a row, every
gradebook goes back where it
came from, and what a person decided stays.

roster_test.py COURSE_GRADE ROOT WORK"""

import csv, io, json, os, pathlib, re, shutil, subprocess, sys, zipfile

program, root, work = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]).resolve()
checks = 0
SOLUTION = (root / "solutions/01-perceptron/perceptron.cpp").read_text()
STUB = (root / "exercises/01-perceptron/perceptron.cpp").read_text()
PART = SOLUTION.replace("a > 0", "a >= 0")
DUE = "2026-06-01T12:00:00Z"
FIRST = ["Ada", "Alan", "Grace", "Barbara", "Edsger", "Donald", "Frances", "Ken", "Margaret", "Niklaus"]
LAST = ["Lovelace", "Turing", "Hopper", "Liskov", "van Dijk", "Knuth", "Allen", "O'Neil", "Hamilton", "Wirth", "Müller",
        "Ng"]
PEOPLE = [{"name": f"{first} {last}", "id": f"u{10000 + i}", "login": f"gh-{i}x", "email": f"p{i}@example.edu",
           "canvas id": str(500 + i)}
          for i, (first, last) in enumerate((f, l) for l in LAST for f in FIRST)]
MISSING = {5, 50, 118}


def expect(holds, what, more=""):
    global checks
    checks += 1
    if not holds:
        sys.exit(f"NOT SO: {what}\n{more}")


def text_of(i):
    return STUB if i % 10 == 3 else PART if i % 10 == 7 else SOLUTION


def zipped(file, name, text):
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, text)


def file_at(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def canvas(folder, i, person):
    last_first = re.sub(r"[^a-z0-9]|[^\x00-\x7f]", lambda m: m[0] if ord(m[0]) > 127 else "",
                        "".join(reversed(person["name"].lower().split(" ", 1))))
    zipped(folder / f"{last_first}_{'LATE_' if i % 20 == 1 else ''}{person['canvas id']}_{90000 + i}_hw1.zip",
           "exercises/01-perceptron/perceptron.cpp", text_of(i))


def moodle(folder, i, person):
    file_at(folder / f"{person['name']}_{700000 + i}_assignsubmission_file_/perceptron.cpp", text_of(i))


def gradescope(folder, i, person):
    file_at(folder / f"submission_{3000 + i}/perceptron.cpp", text_of(i))
    with (folder / "submission_metadata.yml").open("a") as metadata:
        metadata.write(f"submission_{3000 + i}:\n  :submitters:\n  - :name: {json.dumps(person['name'])}\n    :sid: {person['id']}\n    :email: {person['email']}\n"
                       f"  :created_at: 2026-06-0{1 + i % 2} 09:00:00.000000000 +02:00\n  :score: 0.0\n")


def github(folder, i, person):
    file_at(folder / f"homework-1-{person['login']}/exercises/01-perceptron/perceptron.cpp", text_of(i))


def run(folder, out, *more, code=0):
    done = subprocess.run([program, str(folder), "--class", "--lesson", "1", "--secret", str(work / "secret"), "--out",
                           str(out), *more], capture_output=True,
                          text=True, timeout=900)
    expect(done.returncode == code, f"{folder.name} {more} exits with {code}, not {done.returncode}",
           done.stdout + done.stderr)
    return done.stdout + done.stderr


def rows(file):
    with file.open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def roster(people, name="roster.csv", bom=False):
    out = io.StringIO()
    table = csv.DictWriter(out, ["name", "id", "login", "email", "canvas id", "extension", "partner"])
    table.writeheader()
    table.writerows(people)
    (work / name).write_text(("\ufeff" if bom else "") + out.getvalue())
    return str(work / name)


def check_gradebooks(out, platform):
    book = {row["id"]: row for row in rows(out / "gradebook.csv")}
    expect(len(book) == 120, f"{platform}: a row for everybody", len(book))
    scores = {}
    for i, person in enumerate(PEOPLE):
        row = book[person["id"]]
        expect((row["status"], row["score"] == "") == (("missing", True) if i in MISSING else ("graded", False)),
               f"{platform}: {person['name']}", row)
        scores[person["id"]] = row["score"]
        if i not in MISSING:
            expect({STUB: row["score"] == "0", SOLUTION: row["score"] == "100",
                    PART: 0 < int(row["score"]) < 100}[text_of(i)], f"{platform}: {person['name']}", row)
    # Canvas finds a person by its ID, or by the SIS IDs; an empty cell changes nothing.
    for row in rows(out / "canvas.csv")[1:]:
        person = next(p for p in PEOPLE if p["canvas id"] == row["ID"])
        expect((row["SIS User ID"], row["SIS Login ID"], row["a title"]) == (person["id"], person["login"],
            scores[person["id"]]), f"{platform}: Canvas's importer", row)
    # Gradescope by SID and e-mail; Moodle's worksheet by the participant, its gradebook import by e-mail.
    for row in rows(out / "gradescope.csv"):
        expect(scores[row["SID"]] == row["Total Score"] and row["Email"] == next(p for p in PEOPLE
            if p["id"] == row["SID"])["email"], f"{platform}: Gradescope's columns", row)
    for row in rows(out / "moodle.csv"):
        i = next(i for i, p in enumerate(PEOPLE) if p["email"] == row["Email address"])
        expect(row["Grade"] == scores[row["ID number"]] and row["Maximum Grade"] == "100",
               f"{platform}: Moodle's worksheet", row)
        if platform == "moodle" and i not in MISSING:
            folder = out / f"handback/{row['Full name']}_{700000 + i}_assignsubmission_file_"
            expect((folder / "feedback.html").exists(), "Moodle takes the folder back")
        if platform == "moodle" and i not in MISSING:
            expect(row["Identifier"] == f"Participant {700000 + i}", "Moodle's participant", row)


def graded_before(out):
    """The same three answers stand everywhere: they are graded once."""
    if (work / "canvas-graded").exists():
        shutil.copytree(work / "canvas-graded/results", out / "results")


def check_mail(out):
    mail = {row["email"]: row for row in rows(out / "handback/mail.csv")}
    for i, person in enumerate(PEOPLE):
        expect((person["email"] in mail) == (i not in MISSING), "everybody with a report can be written to", person)
        if i not in MISSING:
            expect(mail[person["email"]]["name"] == person["name"]
                   and (out / mail[person["email"]]["feedback"]).exists(), "with their own", mail[person["email"]])


def check_platforms():
    for make in (canvas, moodle, gradescope, github):
        folder, out = work / make.__name__, work / f"{make.__name__}-graded"
        folder.mkdir()
        for i, person in enumerate(PEOPLE):
            if i not in MISSING:
                make(folder, i, person)
        graded_before(out)
        said = run(folder, out, "--roster", roster(PEOPLE, bom=make is canvas), "--title", "a title")
        expect("3 of the roster handed in nothing:" in said and PEOPLE[50]["name"] in said
               and "match nobody" not in said, f"{make.__name__}: who is missing is listed", said)
        check_gradebooks(out, make.__name__)
        check_mail(out)
    late = [row for row in rows(work / "canvas-graded/gradebook.csv") if "Canvas marks it as late" in row["notes"]]
    expect(len(late) == 6, "Canvas's LATE is noted", len(late))
    said = run(work / "gradescope", work / "gradescope-graded", "--roster", str(work / "roster.csv"), "--title",
               "a title", "--due", DUE, "--penalty", "10")
    book = {row["id"]: row for row in rows(work / "gradescope-graded/gradebook.csv")}
    expect((book["u10001"]["late days"], book["u10001"]["penalty"], book["u10001"]["score"]) == ("1", "10", "90")
           and book["u10000"]["late days"] == "0",
           "the times are Gradescope's", book["u10001"])


def check_persons():
    """Extensions, partners, late days over the course, scores by hand, and what a person writes between two gradings."""
    folder, out = work / "small", work / "small-graded"
    names = ["Ada Lovelace", "Alan Turing", "Grace Hopper", "Ben Bitdiddle"]
    for name, text in zip(names, (SOLUTION, SOLUTION, PART)):
        file_at(folder / name / "perceptron.cpp", text)
    file_at(folder / "nobody we know" / "perceptron.cpp", SOLUTION)
    graded_before(out)
    people = [{"name": n, "id": f"s{i}", "extension": "3" if i == 1 else "", "partner": "s0" if i in (1, 3) else ""}
              for i, n in enumerate(names)]
    times = work / "times.csv"
    times.write_text('\ufeffstudent,submitted\r\n"Ada Lovelace",2026-06-03T11:00:00Z\r\ns1,2026-06-03T11:00:00Z\r\n')
    ledger = work / "late.csv"
    ledger.write_text("student,assignment,days\ns0,an earlier one,2\n")
    options = ("--roster", roster(people), "--title", "this one", "--due", DUE, "--penalty", "10", "--late-days", "3",
               "--times", str(times), "--late-ledger", str(ledger))
    said = run(folder, out, *options)
    book = {row["student"]: row for row in rows(out / "gradebook.csv")}
    expect(book["Ada Lovelace"]["late days"] == "2" and book["Ada Lovelace"]["score"] == "90",
           "one of three late days was left", book["Ada Lovelace"])
    expect(book["Alan Turing"]["late days"] == "0" and book["Alan Turing"]["score"] == "100",
           "an extension of three days", book["Alan Turing"])
    expect(book["Ben Bitdiddle"]["score"] == "100" and book["Ben Bitdiddle"]["status"] == "graded",
           "a partner has the same work", book["Ben Bitdiddle"])
    page = (out / "class.html").read_text()
    alike = page[page.find('<th class="n">alike</th>'):].partition("</table>")[0]
    expect("is not installed" in page or ("Ada Lovelace" in alike and "nobody we know" in alike and "Alan Turing" not in
           alike), "two partners who handed in the same are not called alike", alike)
    expect("1 match nobody of the roster:\n  nobody we know" in said and "taken as on time:" in said
           and "  Grace Hopper\n" in said, "who is missing somewhere is listed", said)
    expect('"s0","this one",1' in ledger.read_text() and '"s0","an earlier one",2' in ledger.read_text(),
           "late days are written down", ledger.read_text())
    run(folder, out, *options)
    expect(ledger.read_text().count("this one") == 1, "and once only", ledger.read_text())

    (out / "overrides.csv").write_text('student,score,reason,comment\nGrace Hopper,77,"she showed me, at the desk",Well done\ns3,,,see me\n')
    with (out / "gradebook.csv").open("a") as book:
        book.write("my own line\r\n")
    (out / "feedback/mine").mkdir()
    (out / "feedback/mine/notes.txt").write_text("mine")
    (out / "feedback/also mine.txt").write_text("mine")
    for _ in range(2):
        said = run(folder, out, *options)
    by_hand = {row["student"]: row for row in rows(out / "gradebook.csv")}["Grace Hopper"]
    expect("1 with a score by hand, from overrides.csv:\n  Grace Hopper\n" in said, "each time it is said", said)
    expect((by_hand["score"], by_hand["by hand"]) == ("77", "she showed me, at the desk"), "a score by hand stays",
           by_hand)
    feedback = (out / "feedback/Grace Hopper.txt").read_text()
    expect("she showed me, at the desk" in feedback and "Well done" in feedback and "score: 77" in feedback,
           "and is shown with its reason", feedback)
    for name in ("feedback.html", "feedback.txt"):
        page = (out / "handback/Grace Hopper" / name).read_text()
        expect("77" in page and "she showed me, at the desk" in page and "Well done" in page,
               f"{name} is there to be handed back", page)
    expect("see me" in (out / "feedback/Ben Bitdiddle.txt").read_text(), "so is a comment")
    expect([p for p in (out / "kept").iterdir() if "my own line" in p.read_text()], "an edited gradebook is kept")
    expect((out / "feedback/mine/notes.txt").exists() and (out / "feedback/also mine.txt").exists(),
           "other people's files stay")
    (out / "overrides.csv").write_text("student,score,reason,comment\nGrace Hopper,77,,\n")
    expect("needs a reason" in run(folder, out, *options, code=2), "a score by hand needs a reason")
    (out / "overrides.csv").write_text("student,score,reason,comment\nNobody,77,x,\n")
    expect("overrides.csv:2: 'Nobody' is not in this class" in run(folder, out, *options, code=2),
           "who is not there is said with the line")
    (out / "overrides.csv").unlink()

    file_at(folder / "Alan Turing" / "perceptron.cpp", PART)
    file_at(folder / "Grace Hopper" / "perceptron.cpp", SOLUTION)
    said = run(folder, out, *options)
    changed = (out / "changes.txt").read_text()
    expect(re.search(r"Alan Turing: 100 -> \d+ \(-\d+\): 1.1 passed -> wrong", changed)
           and re.search(r"Grace Hopper: 77 -> 100 \(\+23\)", changed), "who gains, who loses, why", changed)
    file_at(folder / "Grace Hopper" / "perceptron.cpp", PART + "//\n")
    run(folder, out, *options, "--keep", "best")
    best = {row["student"]: row["score"] for row in rows(out / "gradebook.csv")}
    expect(best["Grace Hopper"] == "100" and int(best["Alan Turing"]) < 100, "the best is kept from then on", best)
    run(folder, out)
    changed = (out / "changes.txt").read_text()
    expect(re.search(r"Ada Lovelace: 90 -> 100 .*late 10 % -> 0 %", changed), "that lateness no longer counts is told",
           changed)


def check_names():
    """A name that is also one of our files costs nobody anything."""
    folder, out = work / "names", work / "names graded"
    names = ["mail.csv", "_mail.csv", "secret", "class.html"]
    for name in names:
        file_at(folder / name / "exercises/01-perceptron/perceptron.cpp", SOLUTION)
    run(folder, out, "--class", "--lesson", "1")
    expect({row["feedback"] for row in rows(out / "handback/mail.csv")} == {
        f"handback/{name}/feedback.html" for name in ["_mail.csv", "__mail.csv", "secret", "class.html"]},
        "each has a folder of feedback")
    os.mkfifo(folder / "a pipe")
    (folder / "of itself").symlink_to("of itself")
    said = run(folder, out, code=1)
    graded = {row["student"] for row in rows(out / "gradebook.csv") if row["score"] == "100"}
    expect(graded == set(names) and "a pipe is a pipe, expected a folder" in said
           and "of itself is a symbolic link" in said,
           "what is no work at all keeps nobody else from being graded", said)
    for name in ("feedback.txt", "feedback.html"):
        page = (out / "handback/of itself" / name).read_text()
        expect("see the note" in page and "symbolic link" in page and "grader itself" not in page,
               "and is told what is wrong with it", page)
    expect("grader itself" not in (out / "class.html").read_text(), "so is the instructor")
    (out / "overrides.csv").write_text("student,score,reason,comment\nof itself,60,shown at the desk,\n")
    said = run(folder, out, code=1)
    by_hand = {row["student"]: row for row in rows(out / "gradebook.csv")}["of itself"]
    expect((by_hand["status"], by_hand["score"], by_hand["points"]) == ("graded", "60", "100")
           and "of itself is" not in said, "a score by hand counts where nothing could be graded", by_hand)
    expect("score: 60 of 100" in (out / "feedback/of itself.txt").read_text(), "and is handed back")


def check_fewer_tasks():
    """A task that is worth nothing, or is not in lesson.json any more, costs nobody the rest."""
    for dropped in (False, True):
        kit = work / f"kit {dropped}"
        shutil.copytree(pathlib.Path(program).parent.parent / "kit", kit, copy_function=os.link)
        lesson = kit / "lessons/01-perceptron/lesson.json"
        document = json.loads(lesson.read_text())
        lesson.unlink()
        for task in document["tasks"]:
            task["points"] *= task["id"] != "1.6"
        document["tasks"] = [task for task in document["tasks"] if not dropped or task["id"] != "1.6"]
        lesson.write_text(json.dumps(document))
        command = (kit / "compiler.txt").read_text()
        (kit / "compiler.txt").unlink()
        (kit / "compiler.txt").write_text(command)  # made anew, as a build does
        run(work / "small", work / f"fewer {dropped}")
        run(work / "small", work / f"fewer {dropped}", "--kit", str(kit))
        changed = (work / f"fewer {dropped}/changes.txt").read_text()
        expect("Ada Lovelace: 100 -> 70 (-30): 1.6 " + ("passed -> not graded" if dropped else "is worth 0, not 30")
               in changed, "a change of points is told", changed)
        book = {row["student"]: row for row in rows(work / f"fewer {dropped}/gradebook.csv")}
        expect((book["Ada Lovelace"]["score"], book["Ada Lovelace"]["points"]) == ("70", "70"),
               "points are those that are left", book["Ada Lovelace"])
        expect(("is no task" in (work / f"fewer {dropped}/class.html").read_text()) == dropped,
               "why nothing was compared is said")


def check_mistakes_of_people():
    for text, complaint in (("id,email\n1,x\n", "expected a first line"),
                            ("name,extension\nAda,soon\n", "roster.csv:2: extension 'soon'"),
                            ("name,partner\nAda,Zoe\n", "'Zoe', is not in it"),
                            ('name\n"Ada\n', "a quote is never closed")):
        (work / "roster.csv").write_text(text)
        expect(complaint in run(work / "small", work / "refused", "--roster", str(work / "roster.csv"), code=2),
               complaint)
    for text, complaint in (("student,submitted\nAda Lovelace,yesterday\n", "times.csv:2: 'yesterday' is no time"),
                            ("student,submitted\nZoe,2026-06-03T11:00:00Z\n", "times.csv:2: 'Zoe'")):
        (work / "times.csv").write_text(text)
        expect(complaint in run(work / "small", work / "refused", "--due", DUE, "--times", str(work / "times.csv"),
                                code=2), complaint)


shutil.rmtree(work, ignore_errors=True)
work.mkdir(parents=True)
(work / "secret").write_text("a secret for tests\n")
check_platforms()
check_persons()
check_names()
check_fewer_tasks()
check_mistakes_of_people()
print(f"{checks} checks held")
