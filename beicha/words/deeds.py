"""Every action of the audit in words: what it is called, the sentence that says what was done, and whether it changes
data.

An action that changes data makes pages forget what they have kept (``views.reading.revision``); the others do not, and
must not: signing in, opening a link or fetching a file would otherwise cost every reader a new drawing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from beicha.words.language import Language, later, say
from beicha.words.particulars import one_line, text_of


@dataclass(frozen=True)
class Deed:
    """One kind of action. ``sentence`` has places for ``object`` and for the particulars by their names."""

    title: str
    sentence: str
    changes_data: bool = False


DEEDS: Mapping[str, Deed] = {
    "session.open": Deed(later("Signed in"), later("Signed in ({by}).")),
    "session.refused": Deed(later("Sign-in refused"), later("Sign-in as “{object}” was refused.")),
    "session.blocked": Deed(
        later("Sign-in blocked"), later("Sign-in as “{object}” is blocked for a while after too many tries.")
    ),
    "session.end": Deed(later("Sign-in ended"), later("Ended sign-in no. {object}.")),
    "session.switch": Deed(later("Role switched in the demo"), later("Goes on as “{to}” in the demo.")),
    "account.add": Deed(later("Account made"), later("Made the account “{object}” of {name}.")),
    "account.rename": Deed(later("Name changed"), later("Changed the name of the account “{object}” to {name}.")),
    "account.code": Deed(later("One-time code given"), later("Gave a one-time code for the account “{object}”.")),
    "account.password": Deed(later("Password set"), later("Set the password of the account “{object}”.")),
    "account.factor.set": Deed(
        later("Second factor set up"), later("Set up the second factor of the account “{object}”.")
    ),
    "account.factor.codes": Deed(
        later("Recovery codes made"), later("Made new recovery codes for the account “{object}”.")
    ),
    "account.factor.drop": Deed(
        later("Second factor ended"), later("Took the second factor from the account “{object}”.")
    ),
    "account.factor.demand": Deed(
        later("Rule of the second factor changed"),
        later("Switched “{object}” that administrators need a second factor."),
    ),
    "account.factor.key": Deed(
        later("Second factors sealed anew"), later("Sealed the secrets of {object} second factors with a new key.")
    ),
    "account.disable": Deed(later("Account disabled"), later("Disabled the account “{object}”.")),
    "account.enable": Deed(later("Account enabled"), later("Let the account “{object}” sign in again.")),
    "account.post.give": Deed(later("Post given"), later("Gave a post to the account “{object}”.")),
    "account.post.take": Deed(later("Post taken"), later("Took a post from the account “{object}”.")),
    "account.import": Deed(
        later("Accounts imported"),
        later("Took in the table of accounts {object}: {new_count} made, posts given to {changed_count} others."),
    ),
    "areas.import": Deed(
        later("Areas imported"),
        later("Took in the table of areas {object}: {added} added, {changed} changed, {closed} closed."),
        True,
    ),
    "unit.set": Deed(later("Responsible persons changed"), later("Changed who answers for {object}."), True),
    "lines.import": Deed(later("Lines imported"), later("Took in the table of lines {object}: {lines} lines."), True),
    "settings.set": Deed(later("Setting changed"), later("Changed the setting “{object}”."), True),
    "edition.add": Deed(later("Edition taken in"), later("Took in the edition “{object}”, version {version}."), True),
    "edition.activate": Deed(
        later("Edition put in force"), later("Put the edition “{object}” in force from {from}."), True
    ),
    "recompute": Deed(later("Scored anew"), later("Scored these months anew: {object}."), True),
    "store.backup": Deed(later("Backup made"), later("Made the backup {object}.")),
    "store.restore": Deed(later("Backup restored"), later("Filled an empty database with the backup {object}."), True),
    "store.move": Deed(later("Database moved"), later("Moved everything into the database {object}."), True),
    "submit": Deed(later("Submission stored"), later("Stored a submission, receipt {object}."), True),
    "submission.withdraw": Deed(
        later("Submission withdrawn"), later("Withdrew version {version}, receipt {object}: {reason}"), True
    ),
    "submission.ask_erase": Deed(
        later("Erasing asked for"), later("Asked for version {version}, receipt {object}, to be erased: {reason}")
    ),
    "submission.erase": Deed(
        later("Submission erased"),
        later("Erased version {version}, receipt {object}, which {asked_by} had asked for: {reason}"),
        True,
    ),
    "submission.keep": Deed(
        later("Erasing dropped"), later("Dropped the request to erase version {version}, receipt {object}.")
    ),
    "restore": Deed(later("Earlier version restored"), later("Took an earlier version again, receipt {object}."), True),
    "review.pass": Deed(later("Month passed"), later("Passed the reports of {object} ({communities})."), True),
    "review.return": Deed(
        later("Month returned"), later("Returned the reports of {object} ({communities}): {reason}"), True
    ),
    "review.finalise": Deed(later("Month made final"), later("Made {object} final ({communities})."), True),
    "review.unlock": Deed(later("Month opened again"), later("Opened {object} again ({communities}): {reason}"), True),
    "review.extend": Deed(later("Month extended"), later("Extended {object} ({communities}): {reason}"), True),
    "spot.draw": Deed(
        later("Points drawn"),
        later("Drew {points} points in {communities} communities for {object} by seed {seed}."),
        True,
    ),
    "task.make": Deed(later("Tasks made"), later("Made the tasks {object}, due {due}."), True),
    "task.claim": Deed(later("Task said to be done"), later("Said that {object} was put right: {text}"), True),
    "task.comment": Deed(later("Task commented"), later("Commented on {object}: {text}"), True),
    "task.reject": Deed(later("Task sent back"), later("Sent {object} back: {text}"), True),
    "task.close": Deed(later("Task closed"), later("Closed {object}. {text}"), True),
    "task.reopen": Deed(later("Task opened again"), later("Opened {object} again: {text}"), True),
    "task.cancel": Deed(later("Task cancelled"), later("Cancelled {object}: {text}"), True),
    "task.extend": Deed(later("Task extended"), later("Extended {object} to {due}: {text}"), True),
    "task.follow": Deed(
        later("Tasks moved by a submission"), later("A submission closed or opened again these tasks: {object}."), True
    ),
    "paper.issue": Deed(later("Paper issued"), later("Issued {object}, about {period}."), True),
    "paper.withdraw": Deed(later("Paper withdrawn"), later("Withdrew {object}: {reason}"), True),
    "paper.form": Deed(later("Form of papers changed"), later("Changed the form of papers “{object}”: {file}"), True),
    "evidence.add": Deed(later("Photos added"), later("Added photos to task {object}."), True),
    "evidence.hide": Deed(later("Photo hidden"), later("Hid a photo of task {object}: {reason}"), True),
    "daily.write": Deed(
        later("Daily report written"), later("Wrote the report of {area} for {object}, version {version}."), True
    ),
    "preview.start": Deed(later("Upload begun"), later("Uploaded files to be checked, no. {object}.")),
    "preview.answer": Deed(later("Problems answered"), later("Said how the files of upload no. {object} are meant.")),
    "preview.discard": Deed(later("Draft discarded"), later("Discarded the draft of upload no. {object}.")),
    "import.start": Deed(later("Import begun"), later("Began to import many files, no. {object}.")),
    "job.cancel": Deed(later("Upload cancelled"), later("Cancelled upload no. {object}.")),
    "file.export": Deed(later("File fetched"), later("Fetched {what}: {object}.")),
    "audit.verify": Deed(
        later("Audit checked"), later("Checked the chain of the audit: from no. {first} up to no. {last} it fits.")
    ),
    "audit.export": Deed(later("Audit exported"), later("Exported {rows} rows of the audit into {object}.")),
    "audit.purge": Deed(
        later("Old audit removed"), later("Removed {rows} rows of the audit, up to no. {last}, kept in {object}.")
    ),
    "words.remember": Deed(later("Words remembered"), later("Had words remembered for later files of {object}."), True),
    "words.forget": Deed(later("Words forgotten"), later("Had words forgotten for files of {object}."), True),
    "share.make": Deed(later("Link made"), later("Made the share link “{title}” ({object}).")),
    "share.open": Deed(later("Link opened"), later("Opened the share link {object}.")),
    "share.revoke": Deed(later("Link ended"), later("Ended the share link “{title}” ({object}).")),
    "share.rotate": Deed(later("Link renewed"), later("Gave the share link “{title}” ({object}) another address.")),
    "share.policy": Deed(later("Rules of links changed"), later("Changed what share links may be.")),
    "share.blocked": Deed(
        later("Link blocked"), later("Opening share links from there is blocked for a while after too many tries.")
    ),
    "personal.view": Deed(later("Personal data seen"), later("Saw rows with nothing hidden: {object}.")),
}
"""By the names that ``audit.add`` is given."""

CHANGE_DATA = frozenset(action for action, deed in DEEDS.items() if deed.changes_data)


def title_of(action: str, language: Language) -> str:
    """What the kind of action is called; its name where an older or newer program wrote it."""
    deed = DEEDS.get(action)
    return say(language, deed.title) if deed else action


def sentence_of(action: str, object_: str, details: Mapping[str, Any], language: Language) -> str:
    """What was done, in one sentence; what the particulars do not say is a dash."""
    deed = DEEDS.get(action)
    if deed is None:
        return one_line(f"{action} {object_}".strip())
    known = {**details, "object": object_}
    values = {place: text_of(known.get(place), language) for place in re.findall(r"{(\w+)}", deed.sentence)}
    return say(language, deed.sentence, **values) if values else say(language, deed.sentence)
