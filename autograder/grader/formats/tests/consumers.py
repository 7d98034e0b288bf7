#!/usr/bin/env python3
"""Reads what format_samples wrote as each format's reader does: by its schema, and by the rules that no schema can say.

consumers.py FORMAT_SAMPLES FOLDER"""

import csv, html.parser, json, pathlib, re, subprocess, sys, xml.etree.ElementTree as xml

program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
schemas = pathlib.Path(__file__).resolve().parents[1] / "schemas"
SAMPLES = ("plain", "hostile", "failed", "late", "never", "long")
FAILED = ("failed", "never")  # by a fault of ours
checks = 0


def expect(holds, what):
    global checks
    checks += 1
    if not holds:
        sys.exit(f"NOT SO: {what}")


def validator(name):
    import jsonschema
    schema = json.loads((schemas / f"{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def valid(checker, document):
    return not list(checker.iter_errors(document))


def text(sample, kind):
    return (folder / f"{sample}.{kind}").read_bytes().decode("utf-8")


def check_json():
    checker, last = validator("report"), None
    for sample in SAMPLES:
        report = json.loads(text(sample, "json"))
        for error in checker.iter_errors(report):
            sys.exit(f"{sample}.json: {error.message} at {list(error.path)}")
        expect(report["graded"] == (sample not in FAILED) and ("score" in report) == report["graded"],
               f"{sample}: graded and score agree")
        last = report
    expect(not valid(checker, {**last, "graded": False}), "the schema refuses a score without a grade")
    expect(not valid(checker, {**last, "more": 1}), "the schema refuses members that are not described")


def check_gradescope():
    checker = validator("gradescope")
    expect(not any((folder / f"{s}.gradescope").exists() for s in FAILED),
           "Gradescope gets no file of a failed grader, nor an older one")
    for sample in ("plain", "hostile", "long"):
        document = json.loads(text(sample, "gradescope"))
        for error in checker.iter_errors(document):
            sys.exit(f"{sample}.gradescope: {error.message}")
        expect(document["score"] == sum(t["score"] for t in document["tests"]) > 0, f"{sample}: the tests add up")
        expect(all(t["score"] in (0, t["max_score"]) and t["output_format"] == "text" for t in document["tests"]),
               "texts are plain")
        expect(isinstance(document["execution_time"], int), "execution_time is an integer")
    expect(not valid(checker, {"output": "x"}) and valid(checker, {"score": 1}), "the schema wants a score")


def check_classroom50():
    checker = validator("classroom50")
    expect(not any((folder / f"{s}.classroom50").exists() for s in FAILED),
           "Classroom 50 gets no file of a failed grader")
    for sample in ("plain", "hostile", "long"):
        document = json.loads(text(sample, "classroom50"))
        for error in checker.iter_errors(document):
            sys.exit(f"{sample}.classroom50: {error.message}")
        for member in ("score", "max-score"):
            expect(document[member] == sum(t[member] for t in document["tests"]), f"{sample}: {member} adds up")
        expect(all(t["score"] <= t["max-score"] for t in document["tests"]), "no test above its max-score")
        expect(document["datetime"] == "2026-06-01T14:32:01Z", "the time of the submission is kept")
    expect(not valid(checker, {**document, "score": 1.5}), "the schema wants whole points")


def check_prairielearn():
    checker = validator("prairielearn")
    for sample in SAMPLES:
        raw = text(sample, "prairielearn")
        expect(len(raw.encode()) <= 1_000_000, f"{sample}: at most 1 MB")
        document = json.loads(raw)
        for error in checker.iter_errors(document):
            sys.exit(f"{sample}.prairielearn: {error.message}")
        expect(document["gradable"] == (sample not in FAILED), f"{sample}: gradable")
    expect(not valid(checker, {"gradable": False, "score": 0, "format_errors": "x"}),
           "the schema refuses a score of what cannot be graded")


def check_junit():
    for sample in SAMPLES:
        file = folder / f"{sample}.junit"
        lint = subprocess.run(["xmllint", "--noout", "--schema", schemas / "junit.xsd", file], capture_output=True,
                              text=True)
        expect(lint.returncode == 0, f"{sample}.junit: {lint.stderr}")
        root = xml.parse(file).getroot()
        for scope in [root, *root]:
            cases = list(scope.iter("testcase"))
            for element, count in (("failure", "failures"), ("error", "errors")):
                expect(int(scope.get(count)) == sum(c.find(element) is not None for c in cases),
                       f"{sample}: {count} are counted")
            expect(int(scope.get("tests")) == len(cases) > 0, f"{sample}: tests are counted")
        scores = [p.get("name") for p in root.iter("property") if p.get("name").endswith(" score")]
        broken = [c for c in root.iter("testcase") if c.find("error") is not None]
        expect(len(broken) == {"failed": 8, "never": 1}.get(sample, 0), f"{sample}: errors")
        expect(not [s for c in broken for s in scores if c.get("name").startswith(s.removesuffix("score"))],
               "no score where the grader failed")
        expect(len(scores) + len(broken) == len(list(root.iter("testcase"))), "a score everywhere else")


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.attributes, self.text = set(), [], ""

    def handle_starttag(self, tag, attributes):
        self.seen.add(tag)
        self.attributes += [a for a in attributes if a[0] != "align"]

    def handle_data(self, data):
        self.text += data


def check_markdown():
    allowed = {"h2", "p", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "pre", "ul", "li"}
    for sample in SAMPLES:
        raw = text(sample, "markdown")
        expect(len(raw.encode()) <= 1 << 20, f"{sample}: at most 1 MiB")
        page = subprocess.run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough"],
                              input=raw.encode(),
                              capture_output=True, check=True).stdout.decode()
        tags = Tags()
        tags.feed(page)
        expect(tags.seen <= allowed and not tags.attributes,
               f"{sample}: a student's text became {tags.seen - allowed} {tags.attributes}")
        expect(page.count("<tr>") == (1 if sample == "never" else 3), f"{sample}: a table of the lessons")
        expect(page.count("<details>") == page.count("</details>") and page.count("<pre>") == page.count("</pre>"),
               "what opens closes")
        if sample == "hostile":
            expect("<script>alert(1)</script>" in tags.text, "a student's text is shown as it is")
        expect(("not graded" in page) == (sample in FAILED) and (" points</h2>" in page) == (sample not in FAILED),
               f"{sample}: graded or not")


def check_html():
    for sample in SAMPLES:
        raw = text(sample, "html")
        tags = Tags()
        tags.feed(raw)
        expect(tags.seen <= {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table", "tr", "th",
                             "td", "pre"},
               f"{sample}: a student's text became {tags.seen}")
        expect(("not graded" in raw) == (sample in FAILED), f"{sample}.html: graded or not")
        if sample == "hostile":
            expect("<script>alert(1)</script>" in tags.text, "a student's text is shown as it is")


def check_csv():
    for file in (*(folder / f"{s}.csv" for s in SAMPLES), folder / "class.csv", folder / "class.canvas",
                 folder / "class.gradescope"):
        rows = list(csv.reader(file.open(newline="", encoding="utf-8"), strict=True))
        expect(len(rows) >= 2 and len({len(row) for row in rows}) == 1, f"{file.name}: a table")
        expect(not any(re.match(r"[=+\-@\t\r\n]", cell) for row in rows for cell in row), f"{file.name}: no formulas")
    rows = list(csv.DictReader((folder / "class.csv").open(newline="")))
    expect([r["status"] for r in rows] == ["graded", "graded", "not graded", "graded", "not graded", "graded"],
           "who was not graded is said to be not")
    for row in rows:
        expect((row["score"] == "") == (row["status"] == "not graded"), "no score where there is no grade")
        tasks = [int(v) for k, v in row.items() if re.match(r"\d+\.\d+ ", k) and v != ""]
        if row["student"] != "late":
            expect(row["score"] == "" and not tasks or int(row["score"]) == sum(tasks), "the row adds up")


def check_canvas():
    """The header and the rows as Canvas's GradebookImporter takes them."""
    rows = list(csv.reader((folder / "class.canvas").open(newline="")))
    header = rows[0]
    expect("Student" in header[0] and "ID" in header[1], "Canvas: the first two columns")
    columns = 3
    if re.search(r"SIS\s+Login\s+ID", header[2]):
        columns += 1
    elif re.search(r"SIS\s+User\s+ID", header[2]) and re.search(r"SIS\s+Login\s+ID", header[3]):
        columns += 2
    expect("Section" in header[columns - 1] and len(header) == columns + 1,
           "Canvas: Section is the last before the assignment")
    expect("Points Possible" in rows[1][0] and float(rows[1][columns]) in (780, 1780),
           "Canvas: the points that are possible")
    expect([r[columns] == "" for r in rows[2:]] == [False, False, True, False, True, False],
           "Canvas: an empty cell changes no grade")


def check_hidden():
    """A student reads nothing of a hidden test: not its name in these formats, not its points in a sum."""
    for kind in ("classroom50", "prairielearn", "junit", "markdown"):
        expect("nobody knows" not in text("late", kind) and not re.search(r"1[3-9]\d\d",
            re.sub(r"20\d\d-", "", text("late", kind))), f"{kind}: nothing of it")
    gradescope = json.loads(text("late", "gradescope"))
    hidden = [t for t in gradescope["tests"] if t["visibility"] != "visible"]
    expect([t["number"] for t in hidden] == ["H1.1"] and hidden[0]["visibility"] == "hidden"
           and hidden[0]["output"] == "", "gradescope: hidden")
    earned = sum(t["score"] for t in gradescope["tests"])
    expect(gradescope["score"] == (earned * 90 + 50) // 100 and str(gradescope["score"]) not in gradescope["output"],
           "gradescope: late, no sum told")
    report = json.loads(text("late", "json"))
    expect(report["earned"] == earned and report["score"] == gradescope["score"] and report["late"]["penalty"] == 10,
           "json: all of it")


def check_text():
    for sample in SAMPLES:
        raw = text(sample, "text")
        for line in raw.splitlines():
            expect(len(line) <= 80 or " " not in line.strip(), f"{sample}.text: 80 columns: {line}")
            expect(not line.strip().startswith("::") and not re.search(r"##(\[|vso\[|teamcity\[)", line),
                   f"{sample}.text: a command: {line}")
        expect(("NOT GRADED" in raw) == (sample in FAILED), f"{sample}.text: graded or not")


made = subprocess.run([program, folder], capture_output=True, text=True)
expect(made.returncode == 0, made.stdout + made.stderr)
expect(made.stderr.count("not graded, so nothing is written") == 4, "what is not written is said")
for check in (check_json, check_gradescope, check_classroom50, check_prairielearn, check_junit, check_markdown,
              check_html, check_csv, check_canvas, check_hidden, check_text):
    check()
print(f"{checks} checks held")
