"""The back door: a command line over the actions. ``python manage.py --help`` lists the commands."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from beicha.actions import editions
from beicha.actions.assessing import recompute
from beicha.actions.edition_files import EditionRefusedError, check_edition, find_edition
from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.actions.scoring_files import as_json, period, score_files
from beicha.actions.views.templates import template_file
from beicha.web.serving import serve
from beicha.words.faults import fault_line
from beicha.words.language import DEFAULT, LANGUAGES, Language, say
from beicha.words.tables import score_table

_EDITION = "the name of an edition in data/checklists, or a path to one"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit status is 0, or 1 where a person has to mend something first."""
    given = parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except EditionRefusedError as refused:
        print("\n".join(fault_line(problem, given.language) for problem in refused.problems), file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """All commands with their options; docs/commands.md is made from it."""
    top = argparse.ArgumentParser(prog="manage.py", description="备查 Beicha")
    top.add_argument("--language", choices=LANGUAGES, default=_language())
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _add_score(commands)
    _add_edition(commands)
    _add_template(commands)
    _add_recompute(commands)
    _add_serve(commands)
    return top


def _language() -> Language:
    return "en" if os.environ.get("LANG", "").startswith("en") else DEFAULT


def _add_score(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    score = commands.add_parser("score", help="score workbooks without any database")
    score.add_argument("files", nargs="+", type=Path, metavar="FILE", help="workbooks or CSV files")
    score.add_argument("--edition", required=True, help=_EDITION)
    score.add_argument("--period", type=period, metavar="YYYY-MM", help="the month to score; default the latest")
    score.add_argument("--json", action="store_true", help="print JSON (docs/score-json.md) instead of a table")
    score.set_defaults(run=_score)


def _score(given: argparse.Namespace) -> int:
    edition = find_edition(given.edition)
    missing = [path for path in given.files if not path.is_file()]
    if missing:
        for path in missing:
            print(say(given.language, "{file}: there is no such file.", file=path), file=sys.stderr)
        return 1
    scores = score_files([(path.name, path.read_bytes()) for path in given.files], edition, given.period)
    values = as_json(scores, given.language)
    if given.json:
        print(json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        print(score_table(values, given.language))
    return 0 if scores.readable else 1


def _add_edition(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    edition = commands.add_parser("edition", help="checklist editions").add_subparsers(required=True, metavar="DO")
    check = edition.add_parser("check", help="check a checklist file and run its examples")
    check.add_argument("file", help=_EDITION)
    check.set_defaults(run=_check_edition)
    activate = edition.add_parser("activate", help="put an edition in force from a month on")
    activate.add_argument("name", metavar="NAME", help="the name of an edition, or a path to one")
    activate.add_argument("--from", dest="since", required=True, metavar="YYYY-MM", help="the first month it scores")
    activate.set_defaults(run=_activate_edition)
    listed = edition.add_parser("list", help="the editions there are, and from when each is in force")
    listed.set_defaults(run=_list_editions)


def _check_edition(given: argparse.Namespace) -> int:
    edition = check_edition(given.file)
    points, digest = f"{edition.total_points:g}", edition.digest[:12]
    counted = say(
        given.language, "{n} criteria, {points} points, digest {digest}",
        n=len(edition.criteria), points=points, digest=digest,
    )  # fmt: skip
    print(f"{edition.title} {edition.version}: {counted}")
    return 0


def _activate_edition(given: argparse.Namespace) -> int:
    period(given.since)
    kept = editions.activate(OFFICE, the_store(), given.name, given.since, now())
    print(say(given.language, "{name} is in force from {period}.", name=kept.name, period=given.since))
    return 0


def _list_editions(given: argparse.Namespace) -> int:
    for edition in editions.listed(OFFICE, the_store()):
        since = ", ".join(edition.in_force_from) or "–"
        print(f"{edition.name}  {edition.title} {edition.version}  {say(given.language, 'in force from')} {since}")
    return 0


def _add_template(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    template = commands.add_parser("template", help="write an empty workbook to fill in")
    template.add_argument(
        "--edition", required=True, help="the name of an edition in data/checklists, or a path to one"
    )
    template.add_argument("--community", metavar="NAME", help="the community to write on the cover")
    template.add_argument("--period", type=period, metavar="YYYY-MM", help="the month to write on the cover")
    template.add_argument("--office", action="store_true", help="the office's workbook of visits and observations")
    template.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="where to write the .xlsx")
    template.set_defaults(run=_template)


def _template(given: argparse.Namespace) -> int:
    edition = find_edition(given.edition)
    given.output.write_bytes(template_file(edition, given.community, given.period, given.office, given.language))
    print(say(given.language, "Written: {file}", file=given.output))
    return 0


def _add_recompute(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    again = commands.add_parser("recompute", help="score stored submissions anew; right scores stay as they are")
    again.add_argument(
        "--period", action="append", metavar="YYYY-MM", help="only this month; may be given several times"
    )
    again.set_defaults(run=_recompute)


def _recompute(given: argparse.Namespace) -> int:
    done = recompute(OFFICE, the_store(), now(), given.period)
    print(say(given.language, "Scored anew: {periods}", periods=", ".join(done) or "–"))
    return 0


def now() -> datetime:
    """The clock of this machine, which is handed to the actions."""
    return datetime.now(UTC)


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help="start the app on this machine")
    serve.add_argument("--port", type=int, default=8501, help="the port on this machine, 8501 unless given")
    serve.add_argument("--demo", action="store_true", help="show the demo district; refuses a database with real data")
    serve.set_defaults(run=_serve)


def _serve(given: argparse.Namespace) -> int:
    if given.demo:
        os.environ.setdefault("BEICHA_HOME", str(Path("var") / "demo"))
    print(say(given.language, "Beicha is at http://127.0.0.1:{port}", port=given.port), flush=True)
    serve(given.port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
