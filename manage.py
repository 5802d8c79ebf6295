"""The back door: a command line over the actions. ``python manage.py --help`` lists the commands."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import chain, count
from pathlib import Path

from beicha.actions import (
    accounts,
    areas,
    audit_chain,
    audit_export,
    audit_purge,
    audit_texts,
    editions,
    lines,
    second_factor,
    sessions,
    settings,
)
from beicha.actions.account_texts import FAULTS, REASONS, ROLE_TITLES
from beicha.actions.accounts import AccountError, ListedAccount
from beicha.actions.areas import TableImport
from beicha.actions.assessing import untold
from beicha.actions.checked_files import marked_files
from beicha.actions.checking import check_in_office, check_under, checked_lines, checked_values
from beicha.actions.edition_drafts import as_workbook
from beicha.actions.edition_files import EditionRefusedError, check_edition, find_edition
from beicha.actions.exporting import note_export
from beicha.actions.grants import OFFICE, ROLES, Post
from beicha.actions.importing import import_files
from beicha.actions.opening import StoreError, the_store
from beicha.actions.outcome_texts import outcome_lines, outcome_values, problem_line
from beicha.actions.recomputing import recompute, resume, to_resume
from beicha.actions.scoring_files import as_json, score_files
from beicha.actions.submissions import NamedFile
from beicha.actions.views.accounts import state_of
from beicha.actions.views.audit_trail import wanted_of
from beicha.actions.views.templates import template_file
from beicha.commands import backups as backup_commands
from beicha.commands import cluster as cluster_command
from beicha.commands.listening import NO_ACCOUNTS, PORT, PORT_TAKEN, add_place
from beicha.demo import RealDataError, load
from beicha.web.provider import ConfigurationError, the_provider
from beicha.web.serving import HOST, is_free, serve
from beicha.words.browsers import browser_in_words
from beicha.words.faults import fault_line
from beicha.words.language import DEFAULT, LANGUAGES, Language, later, say
from beicha.words.tables import score_table
from beicha.words.times import day_begins, shown, shown_exactly
from scoring.periods import month_number

_WHO = "the name that the person signs in with"
_EDITION = "the name of an edition in data/checklists, or a path to one (.yaml or .xlsx)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit status is 0, or 1 where a person has to mend something first."""
    given = parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except EditionRefusedError as refused:
        print("\n".join(fault_line(problem, given.language) for problem in refused.problems), file=sys.stderr)
    except MissingFilesError as missing:
        for path in missing.paths:
            print(say(given.language, "{file}: there is no such file.", file=path), file=sys.stderr)
    except AccountError as refused:
        print(say(given.language, REASONS[refused.reason]), file=sys.stderr)
    except StoreError as error:
        print(say(given.language, "The database cannot be used: {reason}", reason=error), file=sys.stderr)
    except OSError as error:
        if error.filename is None:
            raise
        text = say(given.language, "{file} cannot be used: {reason}", file=error.filename, reason=error.strerror)
        print(text, file=sys.stderr)
    return 1


class MissingFilesError(Exception):
    """Files that were named on the command line are not there."""

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__(", ".join(map(str, paths)))
        self.paths = paths


def _files(paths: Sequence[Path]) -> list[NamedFile]:
    missing = [path for path in paths if not path.is_file()]
    if missing:
        raise MissingFilesError(missing)
    return [NamedFile(path.name, path.read_bytes()) for path in paths]


def parser() -> argparse.ArgumentParser:
    """All commands with their options; docs/commands.md is made from it."""
    top = argparse.ArgumentParser(prog="manage.py", description="备查 Beicha")
    top.add_argument("--language", choices=LANGUAGES, default=_language())
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _add_check(commands)
    _add_score(commands)
    _add_edition(commands)
    _add_areas(commands)
    _add_lines(commands)
    _add_template(commands)
    _add_import(commands)
    _add_recompute(commands)
    _add_account(commands)
    _add_audit(commands)
    backup_commands.add(commands)
    _add_demo(commands)
    _add_serve(commands)
    cluster_command.add(commands)
    return top


def _language() -> Language:
    return "en" if os.environ.get("LANG", "").startswith("en") else DEFAULT


def _add_check(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    check = commands.add_parser("check", help="list the problems in workbooks, as the upload page does; store nothing")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE", help="workbooks or CSV files")
    check.add_argument(
        "--edition", help=f"{_EDITION}; no database is asked then. Default: the editions in force and the areas there"
    )
    check.add_argument("--period", type=_period_text, metavar="YYYY-MM", help="the month that the files must be of")
    check.add_argument("--community", metavar="NAME", help="the community that the files must be of")
    check.add_argument(
        "--annotated", type=Path, metavar="FOLDER",
        help="write each faulty file into this folder with its problems marked in it, to be mended and sent",
    )  # fmt: skip
    check.add_argument("--json", action="store_true", help="print JSON instead of lines")
    check.set_defaults(run=_check)


def _check(given: argparse.Namespace) -> int:
    files, chosen = _files(given.files), (given.community, given.period)
    if given.edition:
        checked = check_under(find_edition(given.edition), files, *chosen)
    else:
        checked = check_in_office(OFFICE, the_store(), files, *chosen)
    if given.json:
        print(json.dumps(checked_values(checked, given.language), ensure_ascii=False, indent=2))
    else:
        print("\n".join(checked_lines(checked, given.language)))
    if given.annotated:
        _write_marked(given, marked_files(checked, files, given.language))
    return 1 if any(file.count("error") for file in checked) else 0


def _write_marked(given: argparse.Namespace, files: Iterable[NamedFile]) -> None:
    """Writes them under names that are free: what lies in the folder may be half mended by somebody."""
    given.annotated.mkdir(parents=True, exist_ok=True)
    for file in files:
        path = _free(given.annotated / file.name)
        path.write_bytes(file.content)
        print(say(given.language, "Written: {file}", file=path), file=sys.stderr if given.json else sys.stdout)


def _free(path: Path) -> Path:
    """The path, or else the first with a number behind the name that is not taken."""
    numbered = (path.with_stem(f"{path.stem}({number})") for number in count(2))
    return next(one for one in chain([path], numbered) if not one.exists())


def _add_score(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    score = commands.add_parser("score", help="score workbooks without any database")
    score.add_argument("files", nargs="+", type=Path, metavar="FILE", help="workbooks or CSV files")
    score.add_argument("--edition", required=True, help=_EDITION)
    score.add_argument("--period", type=month_number, metavar="YYYY-MM", help="the month to score; default the latest")
    score.add_argument("--json", action="store_true", help="print JSON (docs/score-json.md) instead of a table")
    score.set_defaults(run=_score)


def _score(given: argparse.Namespace) -> int:
    edition = find_edition(given.edition)
    scores = score_files([(file.name, file.content) for file in _files(given.files)], edition, given.period)
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
    activate.add_argument("name", metavar="NAME", help="the name of an edition, or a path to one (.yaml or .xlsx)")
    activate.add_argument(
        "--from", dest="since", type=_period_text, required=True, metavar="YYYY-MM", help="the first month it scores"
    )
    activate.set_defaults(run=_activate_edition)
    export = edition.add_parser("export", help="write an edition as a workbook, to be changed and read back")
    export.add_argument("name", metavar="NAME", help=_EDITION)
    export.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="where to write the .xlsx")
    export.set_defaults(run=_export_edition)
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
    told = _show_done if sys.stderr.isatty() else untold
    kept = editions.activate(OFFICE, the_store(), given.name, given.since, now(), told=told)
    print(say(given.language, "{name} is in force from {period}.", name=kept.name, period=given.since))
    return 0


def _export_edition(given: argparse.Namespace) -> int:
    given.output.write_bytes(as_workbook(find_edition(given.name)))
    print(say(given.language, "Written: {file}", file=given.output))
    return 0


def _list_editions(given: argparse.Namespace) -> int:
    for edition in editions.listed(OFFICE, the_store()):
        since = ", ".join(edition.in_force_from) or "–"
        print(f"{edition.name}  {edition.title} {edition.version}  {say(given.language, 'in force from')} {since}")
    return 0


def _add_areas(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    tables = commands.add_parser("areas", help="the tree of areas").add_subparsers(required=True, metavar="DO")
    taken = tables.add_parser("import", help="take in a table of areas; those it lacks stay as they are")
    taken.add_argument("file", type=Path, metavar="FILE", help="an .xlsx as `areas table` writes it")
    taken.add_argument(
        "--from", dest="since", type=_period_text, metavar="YYYY-MM", help="the first month in which changes hold"
    )
    taken.set_defaults(run=_import_areas)
    written = tables.add_parser("table", help="write the areas as a table to fill in and import again")
    written.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="where to write the .xlsx")
    written.set_defaults(run=_write_areas)


def _import_areas(given: argparse.Namespace) -> int:
    (file,) = _files([given.file])
    return _tell_table(areas.import_areas(OFFICE, the_store(), file, now=now(), from_period=given.since), given)


def _write_areas(given: argparse.Namespace) -> int:
    given.output.write_bytes(areas.area_table(OFFICE, the_store()))
    note_export(OFFICE, the_store(), "areas.xlsx", given.output.name, now=now())
    print(say(given.language, "Written: {file}", file=given.output))
    return 0


def _add_lines(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    tables = commands.add_parser("lines", help="the lines (departments)").add_subparsers(required=True, metavar="DO")
    taken = tables.add_parser("import", help="take in a table of lines; those it lacks stay as they are")
    taken.add_argument("file", type=Path, metavar="FILE", help="an .xlsx with the columns 编码, 名称 and 排序")
    taken.set_defaults(run=_import_lines)


def _import_lines(given: argparse.Namespace) -> int:
    (file,) = _files([given.file])
    return _tell_table(lines.import_lines(OFFICE, the_store(), file, now=now()), given)


def _tell_table(told: TableImport, given: argparse.Namespace) -> int:
    for problem in told.problems:
        print(problem_line(problem, given.language), file=sys.stderr)
    if not told.stored:
        print(say(given.language, "Nothing was stored."), file=sys.stderr)
        return 1
    counts = {name: len(getattr(told, name)) for name in ("added", "changed", "closed", "unchanged", "absent")}
    print(say(given.language, "{added} added, {changed} changed, {closed} closed, {unchanged} unchanged, {absent} not in the table", **counts))  # fmt: skip  # noqa: E501
    return 0


def _add_template(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    template = commands.add_parser("template", help="write an empty workbook to fill in")
    template.add_argument("--edition", required=True, help=_EDITION)
    template.add_argument("--community", metavar="NAME", help="the community to write on the cover")
    template.add_argument("--period", type=month_number, metavar="YYYY-MM", help="the month to write on the cover")
    template.add_argument("--office", action="store_true", help="the office's workbook of visits and observations")
    template.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="where to write the .xlsx")
    template.set_defaults(run=_template)


def _template(given: argparse.Namespace) -> int:
    edition = find_edition(given.edition)
    given.output.write_bytes(template_file(edition, given.community, given.period, given.office, given.language))
    print(say(given.language, "Written: {file}", file=given.output))
    return 0


def _add_import(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    taken = commands.add_parser("import", help="store workbooks, each by itself; one with errors leaves the others be")
    taken.add_argument("files", nargs="+", type=Path, metavar="FILE", help="workbooks, CSV files, or zips of them")
    taken.add_argument("--json", action="store_true", help="print JSON instead of one line a file")
    taken.set_defaults(run=_import)


def _import(given: argparse.Namespace) -> int:
    found = import_files(OFFICE, the_store(), _files(given.files), now=now())
    if given.json:
        print(json.dumps([outcome_values(outcome, given.language) for outcome in found], ensure_ascii=False, indent=2))
    else:
        print("\n".join(outcome_lines(found, given.language)))
    return 0 if all(outcome.is_stored or outcome.state == "left_out" for outcome in found) else 1


def _add_recompute(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    again = commands.add_parser("recompute", help="score stored submissions anew; right scores stay as they are")
    again.add_argument(
        "--period",
        action="append",
        type=_period_text,
        metavar="YYYY-MM",
        help="only this month; may be given several times",
    )
    again.add_argument("--resume", action="store_true", help="go on with what was stopped before its end")
    again.set_defaults(run=_recompute)


def _recompute(given: argparse.Namespace) -> int:
    """Shows at a terminal how far it is; stopped by Ctrl-C, it says how to go on."""
    store, seen = the_store(), _show_scored if sys.stderr.isatty() else _silent
    try:
        done = (
            resume(OFFICE, store, now(), seen) if given.resume else recompute(OFFICE, store, now(), given.period, seen)
        )
    except KeyboardInterrupt:
        print(say(given.language, STOPPED, periods=", ".join(to_resume(store))), file=sys.stderr)
        return 1
    print(say(given.language, "Scored anew: {periods}", periods=", ".join(done) or "–"))
    return 0


STOPPED = later("Stopped. Not scored anew yet: {periods}. To go on: manage.py recompute --resume")


def _show_scored(done: int, of: int) -> bool:
    _show_done(done, of)
    return True


def _show_done(done: int, of: int) -> None:
    print(f"\r\033[K{done}/{of}", end="", file=sys.stderr, flush=True)


def _silent(_done: int, _of: int) -> bool:
    return True


def _add_account(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    account = commands.add_parser("account", help="who may sign in").add_subparsers(required=True, metavar="DO")
    added = account.add_parser("add", help="make an account; prints a one-time code for its first sign-in")
    added.add_argument("login", metavar="LOGIN", help=_WHO)
    added.add_argument("--name", required=True, help="the person's name")
    _add_posts(added)
    added.add_argument("--password", action="store_true", help="ask for a password here instead of printing a code")
    added.set_defaults(run=_add_one_account)
    reset = account.add_parser("reset", help="a one-time code for a forgotten password; ends the person's sessions")
    reset.add_argument("login", metavar="LOGIN", help=_WHO)
    reset.add_argument("--password", action="store_true", help="ask for a password here instead of printing a code")
    reset.add_argument(
        "--second-factor", action="store_true", help="for a lost phone: take the second factor away; the password stays"
    )
    reset.set_defaults(run=_reset_account)
    given = account.add_parser("grant", help="give an account one more post")
    given.add_argument("login", metavar="LOGIN", help=_WHO)
    _add_posts(given)
    given.set_defaults(run=_grant_account)
    taken = account.add_parser("revoke", help="take a post from an account")
    taken.add_argument("login", metavar="LOGIN", help=_WHO)
    taken.add_argument("post", type=int, metavar="NUMBER", help="the number of the post, from `account list`")
    taken.set_defaults(run=_revoke_post)
    for name, about in (("disable", "keep an account from signing in, at once"), ("enable", "let it sign in again")):
        command = account.add_parser(name, help=about)
        command.add_argument("login", metavar="LOGIN", help=_WHO)
        command.set_defaults(run=_disable_account if name == "disable" else _enable_account)
    demanded = account.add_parser("second-factor", help="whether whoever keeps accounts must have a second factor")
    demanded.add_argument("demanded", choices=["on", "off"], help="on unless switched off; never in the demo")
    demanded.set_defaults(run=_demand_second_factor)
    key = account.add_parser("new-key", help="seal the secrets of second factors with a new key; forget the old one")
    key.set_defaults(run=_seal_anew)
    account.add_parser("list", help="all accounts with their posts").set_defaults(run=_list_accounts)
    signed = account.add_parser("sessions", help="where a person is signed in: since when, from where, which browser")
    signed.add_argument("login", metavar="LOGIN", help=_WHO)
    signed.add_argument("--end", action="store_true", help="end them all; open pages go to the sign-in within seconds")
    signed.set_defaults(run=_list_sessions)


def _add_posts(command: argparse.ArgumentParser) -> None:
    command.add_argument("--role", action="append", required=True, choices=ROLES, help="may be given several times")
    command.add_argument("--area", metavar="CODE", help="the area below which this holds; default everywhere")
    command.add_argument("--lines", metavar="CODES", help="codes of lines with commas between; default all")


def _posts(given: argparse.Namespace) -> list[Post]:
    lines = tuple(code.strip() for code in given.lines.split(",")) if given.lines else None
    return [Post(role, given.area, lines) for role in given.role]


def _add_one_account(given: argparse.Namespace) -> int:
    code = accounts.add(OFFICE, the_store(), given.login, given.name, _posts(given), now=now())
    return _ask_password(given) if given.password else _tell_code(given, code)


def _reset_account(given: argparse.Namespace) -> int:
    if given.second_factor:
        return _drop_second_factor(given)
    if given.password:
        return _ask_password(given)
    return _tell_code(given, accounts.new_code(OFFICE, the_store(), given.login, now=now()))


def _drop_second_factor(given: argparse.Namespace) -> int:
    if accounts.drop_second_factor(OFFICE, the_store(), given.login, now=now()):
        print(say(given.language, "The second factor of {login} is taken away.", login=given.login))
    else:
        print(say(given.language, "{login} has no second factor.", login=given.login))
    return 0


def _demand_second_factor(given: argparse.Namespace) -> int:
    demanded = given.demanded == "on"
    second_factor.demand(OFFICE, the_store(), demanded, now=now())
    on, off = (
        later("Whoever keeps accounts must have a second factor, from the next sign-in on."),
        later("Nobody must have a second factor; who has one goes on using it."),
    )
    print(say(given.language, on if demanded else off))
    return 0


def _seal_anew(given: argparse.Namespace) -> int:
    number = second_factor.seal_anew(OFFICE, the_store(), now=now())
    print(say(given.language, "{n} second factors are sealed with a new key; the old one is forgotten.", n=number))
    return 0


def _tell_code(given: argparse.Namespace, code: str) -> int:
    text = later("One-time code for {login}, in place of the password, good once within three days: {code}")
    print(say(given.language, text, login=given.login, code=code))
    return 0


def _ask_password(given: argparse.Namespace) -> int:
    """Asks for the password twice, without showing it; it is never an argument, which others could read."""
    password = getpass.getpass(say(given.language, "Password: "))
    if getpass.getpass(say(given.language, "Once more: ")) != password:
        print(say(given.language, "The two are not the same; no password was set."), file=sys.stderr)
        return 1
    fault = accounts.set_password(OFFICE, the_store(), given.login, password, now=now())
    if fault is not None:
        print(say(given.language, FAULTS[fault]), file=sys.stderr)
        return 1
    print(say(given.language, "The password of {login} is set, to be changed at the first sign-in.", login=given.login))
    return 0


def _grant_account(given: argparse.Namespace) -> int:
    for post in _posts(given):
        accounts.give_post(OFFICE, the_store(), given.login, post, now=now())
    return _list_accounts(given)


def _revoke_post(given: argparse.Namespace) -> int:
    try:
        accounts.take_post(OFFICE, the_store(), given.login, given.post, now=now())
    except LookupError:
        print(
            say(given.language, "{login} has no post {number}.", login=given.login, number=given.post), file=sys.stderr
        )
        return 1
    return _list_accounts(given)


def _disable_account(given: argparse.Namespace) -> int:
    accounts.disable(OFFICE, the_store(), given.login, now=now())
    return _list_accounts(given)


def _enable_account(given: argparse.Namespace) -> int:
    accounts.enable(OFFICE, the_store(), given.login, now=now())
    return _list_accounts(given)


def _list_sessions(given: argparse.Namespace) -> int:
    found = sessions.listed_of(OFFICE, the_store(), given.login)
    for one in found:
        times = say(
            given.language, "since {since}, last used {seen}", since=shown(one.made_at), seen=shown(one.seen_at)
        )
        print("  ".join([str(one.id), times, one.address or "–", browser_in_words(one.agent, given.language)]))
    if not found:
        print(say(given.language, "Nowhere at present."))
    elif given.end:
        ended = sessions.end_of(OFFICE, the_store(), given.login, now=now())
        print(say(given.language, "{n} sign-ins ended.", n=ended))
    return 0


def _list_accounts(given: argparse.Namespace) -> int:
    """One line an account, and one for each of its posts; of all, or of the one that a command was about."""
    about = accounts.normal_login(getattr(given, "login", ""))
    for account in accounts.listed(OFFICE, the_store()):
        if about in ("", account.login):
            print("\n".join(_account_lines(account, given.language)))
    return 0


def _account_lines(account: ListedAccount, language: Language) -> list[str]:
    lines = [f"{account.login}  {account.name}  {say(language, state_of(account))}"]
    for listed in account.posts:
        where = [listed.post.area or say(language, "everywhere"), ", ".join(listed.post.lines or ())]
        lines.append("  ".join([f"  {listed.id}", say(language, ROLE_TITLES[listed.post.role]), *where]).rstrip())
    return lines


def _add_audit(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    trail = commands.add_parser("audit", help="who did what, from where").add_subparsers(required=True, metavar="DO")
    verify = trail.add_parser("verify", help="check that no row was changed, put in or taken out; status 1 if one was")
    verify.add_argument(
        "--head", metavar="DIGEST", default="", help="a digest written down earlier, or its first 16 letters or more"
    )
    verify.set_defaults(run=_verify_audit)
    head = trail.add_parser("head", help="number, time and digest of the newest row, to be written down elsewhere")
    head.set_defaults(run=_tell_head)
    exported = trail.add_parser("export", help="write the rows into a file, .xlsx or .csv")
    exported.add_argument("--from", dest="since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the first day")
    exported.add_argument("--to", dest="until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the last day")
    exported.add_argument("file", type=Path, metavar="FILE", help="where to write it; its ending says how")
    exported.set_defaults(run=_export_audit)
    purged = trail.add_parser("purge", help="remove rows of more than 180 days, written out first")
    purged.add_argument(
        "--before", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="the first day that stays"
    )
    purged.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="a new file for what goes")
    purged.set_defaults(run=_purge_audit)


def _verify_audit(given: argparse.Namespace) -> int:
    if given.head and len(given.head.strip()) < audit_chain.LEAST_LETTERS:
        print(say(given.language, "Give at least the first 16 letters of the digest."), file=sys.stderr)
        return 1
    show = _show_checked if sys.stderr.isatty() else lambda *_: None
    found = audit_chain.verify(OFFICE, the_store(), digest=given.head, progress=show)
    if found.wrong is not None and found.what is not None:
        text = say(given.language, audit_texts.WRONG[found.what])
        print(say(given.language, "Row {n} does not fit: {reason}", n=found.wrong, reason=text), file=sys.stderr)
        return 1
    rows = found.last - found.first + 1
    fits = later("{rows} rows fit, no. {first} to no. {last}. Newest digest: {digest}")
    told = say(given.language, fits, rows=rows, first=found.first, last=found.last, digest=found.digest)
    print(told if rows else say(given.language, "Nothing was done yet."))
    return _tell_seen(given, found.seen) if given.head else 0


def _tell_seen(given: argparse.Namespace, seen: int | None) -> int:
    if seen is None:
        print(say(given.language, "No row has the digest given: the audit is another than that one."), file=sys.stderr)
        return 1
    print(say(given.language, "The digest given is that of row {n}.", n=seen))
    return 0


def _show_checked(done: int, of: int) -> None:
    print("\r\033[K" if done == of else f"\r\033[K{done}/{of}", end="", file=sys.stderr, flush=True)


def _tell_head(given: argparse.Namespace) -> int:
    head = audit_chain.head(OFFICE, the_store())
    if head is None:
        print(say(given.language, "Nothing was done yet."))
    else:
        print(f"{head.seq}  {shown_exactly(head.at)}  {head.digest}")
    return 0


def _export_audit(given: argparse.Namespace) -> int:
    form = given.file.suffix.lower()
    if form not in (".xlsx", ".csv"):
        print(say(given.language, "The name of the file must end in .xlsx or .csv."), file=sys.stderr)
        return 1
    with given.file.open("wb") as file:
        rows = audit_export.export(
            OFFICE, the_store(), wanted_of(given.since, given.until), file, "csv" if form == ".csv" else "xlsx",
            name=given.file.name, language=given.language, now=now(),
        )  # fmt: skip
    print(say(given.language, "{rows} rows written: {file}", rows=rows, file=given.file))
    return 0


def _purge_audit(given: argparse.Namespace) -> int:
    try:
        gone = audit_purge.purge(OFFICE, the_store(), day_begins(given.before), given.output, now=now())
    except audit_purge.PurgeRefusedError as refused:
        print(say(given.language, audit_texts.REFUSED[refused.reason]), file=sys.stderr)
        return 1
    if not gone.rows:
        print(say(given.language, "There are no rows of before that day; nothing was removed."))
        return 0
    text = later("{rows} rows removed, up to no. {last}; they are in {file}.")
    print(say(given.language, text, rows=gone.rows, last=gone.last, file=given.output))
    return 0


def _period_text(text: str) -> str:
    """The month as it was given, once it is known to be one."""
    month_number(text)
    return text


def now() -> datetime:
    """The clock of this machine, which is handed to the actions."""
    return datetime.now(UTC)


def _add_demo(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = commands.add_parser("demo", help="load the invented demo district into a database of its own")
    demo.set_defaults(run=_demo)


def _demo(given: argparse.Namespace) -> int:
    _use_demo_home()
    try:
        loaded = load(the_store(), _show_progress if sys.stderr.isatty() else None)
    except RealDataError as refused:
        return _refuse_real_data(given.language, str(refused))
    done = say(
        given.language, "The demo district is ready: {communities} communities, {months} months, {files} new files.",
        communities=loaded.communities, months=loaded.months, files=loaded.files,
    )  # fmt: skip
    print(done)
    return 0


def _use_demo_home() -> None:
    os.environ.setdefault("BEICHA_HOME", str(Path("var") / "demo"))


def _show_progress(done: int, of: int, month: str) -> None:
    """Writes how far the loading has come over the line before, and leaves the line empty at the end."""
    print("\r\033[K" if done == of else f"\r\033[K{month}  {done}/{of}", end="", file=sys.stderr, flush=True)


def _refuse_real_data(language: Language, place: str) -> int:
    print(
        say(language, "{place} holds real data; the demo needs a database of its own.", place=place),
        file=sys.stderr,
    )
    return 1


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help="start the app on this machine")
    add_place(serve, f"the port on this machine, {PORT} unless given")
    serve.add_argument("--demo", action="store_true", help="show the demo district; refuses a database with real data")
    serve.set_defaults(run=_serve)


def _serve(given: argparse.Namespace) -> int:
    if given.demo:
        _use_demo_home()
        if settings.holds_real_data(the_store()):
            return _refuse_real_data(given.language, the_store().place)
    if given.host != HOST and (given.demo or not accounts.any_account(the_store())):
        print(say(given.language, NO_ACCOUNTS), file=sys.stderr)
        return 1
    try:
        the_provider()
    except ConfigurationError as error:
        print(say(given.language, "The sign-in service is not set up rightly: {reason}", reason=error), file=sys.stderr)
        return 1
    if not is_free(given.port, given.host):
        taken = say(given.language, PORT_TAKEN, port=given.port)
        print(taken, file=sys.stderr)
        return 1
    shown = f"[{given.host}]" if ":" in given.host else given.host
    address = say(given.language, "Beicha is at http://{host}:{port}", host=shown, port=given.port)
    with suppress(KeyboardInterrupt):
        serve(given.port, lambda: print(address, flush=True), given.host)
    return 0


if __name__ == "__main__":
    sys.exit(main())
