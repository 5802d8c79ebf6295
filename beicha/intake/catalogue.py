"""Every problem that a file can have: its code, how grave it is, what to say and what to advise.

``{file} {sheet} {row} {column} {heading} {found}`` may stand in every text, the other places are the
problem's own ``values``. Errors keep a file from being stored, warnings and notes do not.
"""

from typing import Literal, NamedTuple

from beicha.words.language import later

Level = Literal["error", "warning", "note"]


class Entry(NamedTuple):
    """What the catalogue knows of one code."""

    level: Level
    sentence: str
    advice: str


def _error(sentence: str, advice: str) -> Entry:
    return Entry("error", sentence, advice)


def _warning(sentence: str, advice: str) -> Entry:
    return Entry("warning", sentence, advice)


def _note(sentence: str, advice: str = "") -> Entry:
    return Entry("note", sentence, advice)


_FILES = {
    "empty_file": _error(
        later("The file is empty (0 bytes)."), later("Send the file again; it may have been cut off on the way.")
    ),
    "not_a_workbook": _error(
        later("The file is not a workbook that can be read."),
        later("Open it in Excel or WPS, choose Save as, and pick the type .xlsx."),
    ),
    "web_page": _error(
        later("The file is a web page without any table in it."),
        later("Open it in Excel or WPS, choose Save as, and pick the type .xlsx."),
    ),
    "encrypted": _error(
        later("The workbook is locked with a password."),
        later(
            "Excel: File, Info, Protect Workbook, Encrypt with Password, empty the box. WPS: File, Encryption, "
            "Password, empty the box. Save it and send it again."
        ),
    ),
    "rights_managed": _error(
        later("The workbook is protected by rights management: only named persons can open it."),
        later("Ask whoever made it to lift the restriction (File, Info, Protect Workbook), save it and send it again."),
    ),
    "workbook_blank": _error(
        later("No sheet of the workbook has anything in its cells."),
        later("Check that this is the right file and that it was saved after filling it in."),
    ),
    "only_pictures": _error(
        later("The workbook holds nothing but pictures."),
        later("Type the ledger into the template; pictures of a table cannot be read."),
    ),
    "is_picture": _error(
        later("The file is a picture."), later("Type the ledger into the template; pictures of a table cannot be read.")
    ),
    "is_pdf": _error(
        later("The file is a PDF or OFD document."),
        later("Send the workbook from which it was made; if there is none, type the ledger into the template."),
    ),
    "is_document": _error(
        later("The file is a Word or WPS text document."),
        later("Mark the table in it, copy it, paste it into the template in Excel or WPS, and send that."),
    ),
    "is_presentation": _error(
        later("The file is a presentation."),
        later("Copy the table in it into the template in Excel or WPS, and send that."),
    ),
    "is_archive": _error(
        later("The file is an archive, such as zip or rar, and not a workbook."),
        later("Hand a zip in under “Many files at once”; unpack any other archive, and hand in its workbooks."),
    ),
    "is_web_archive": _error(
        later("The file is a web archive (.mht)."),
        later("Open it in Excel or WPS, choose Save as, and pick the type .xlsx."),
    ),
    "is_lock_file": _error(
        later("The file is only the mark (~$) that a workbook leaves beside itself while it is open."),
        later("Close the workbook in Excel or WPS, then send the file whose name does not begin with ~$."),
    ),
    "is_shortcut": _error(
        later("The file is only a shortcut to another one."),
        later("Right click it, choose Open file location, and send the workbook that lies there."),
    ),
    "damaged": _error(
        later("The workbook is damaged and cannot be opened."),
        later("Open it in Excel or WPS, let it be repaired, save it as .xlsx and send it again."),
    ),
    "too_large": _error(
        later("The file is too large: {size} MB, at most {limit} MB are taken."),
        later("Take pictures out of the workbook, or send the ledgers in several files."),
    ),
    "too_much_inside": _error(
        later("The workbook holds more than can be read: {what}."),
        later("Copy the filled rows into a fresh template and send that."),
    ),
    "cell_far_away": _error(
        later("A cell far outside the table is filled: {column}{row}."),
        later("Delete the empty rows and columns behind the table, save the file and send it again."),
    ),
    "unsafe_workbook": _error(
        later("The workbook is built in a way that Excel and WPS do not use: {what}."),
        later("Open it in Excel or WPS and save it as .xlsx, or copy the rows into a fresh template."),
    ),
    "reader_stopped": _error(
        later("The workbook could not be read with the memory allowed."),
        later("Copy the filled rows into a fresh template and send that."),
    ),
    "took_too_long": _error(
        later("The workbook could not be read within {seconds} seconds."),
        later("Copy the filled rows into a fresh template and send that."),
    ),
    "csv_without_heading": _error(
        later("No known column heading was found in this text file."),
        later("Save the ledger as .xlsx, or put the headings of the template into the first line."),
    ),
    "nothing_recognised": _error(
        later("No sheet of the workbook is a known ledger."),
        later("Use the sheets of the template, or name each sheet after its ledger."),
    ),
}

_ARCHIVES = {
    "archive_kind": _error(
        later("The file is an archive of the kind {kind}; only zip is opened."),
        later("Unpack it, then hand in its workbooks or pack them as a zip."),
    ),
    "archive_too_large": _error(
        later("The zip is too large: {size} MB, at most {limit} MB are taken."),
        later("Pack the files into several zips."),
    ),
    "archive_too_many": _error(
        later("The zip holds {count} files, at most {limit} are taken."), later("Pack the files into several zips.")
    ),
    "archive_too_much": _error(
        later("The files of one upload may be {limit} MB together; this one is beyond that and was not read."),
        later("Hand it in once more, in a second upload."),
    ),
    "upload_too_many": _error(
        later("These are {count} files, at most {limit} are taken in one upload."),
        later("Hand them in in several uploads."),
    ),
    "upload_too_large": _error(
        later("These files are {size} MB together, at most {limit} MB are taken in one upload."),
        later("Hand them in in several uploads."),
    ),
    "no_longer_allowed": _error(
        later(
            "“{found}” may hand in nothing any more: "
            "the account was disabled or lost its post before the file was read."
        ),
        later("Whoever may hand in for this community sends the file again."),
    ),
    "archive_empty": _error(
        later("There is no file in the zip."), later("Pack the workbooks again and hand in the zip.")
    ),
    "archive_damaged": _error(
        later("The zip is damaged here; the file in it cannot be unpacked."),
        later("Pack the files again, or hand in the workbook by itself."),
    ),
    "archive_encrypted": _error(
        later("The file is locked with the password of the zip."), later("Pack the files again without a password.")
    ),
    "archive_packing": _error(
        later("The file is packed in a way that is not read here."),
        later("Pack the files again as an ordinary zip: select them, then Send to, Compressed folder."),
    ),
    "archive_nested": _error(
        later("An archive ({kind}) lies inside the zip; it is not opened."),
        later("Unpack it, then hand in its workbooks or put them into the zip."),
    ),
    "archive_unsafe": _error(
        later("The file lies in the zip in a way that no archiver of people's files writes: {what}."),
        later("Pack the files again, or hand in the workbook by itself."),
    ),
    "archive_left_out": _note(later("Left out: {what}.")),
    "community_from_folder": _warning(
        later("Only the folder {found} says which community the file is from; {name} is taken."),
        later("Write the community on the cover sheet of the next report."),
    ),
}

_WHO_AND_WHEN = {
    "community_missing": _error(
        later("Nothing says which community the file is from."),
        later("Write the community on the cover sheet, or choose it above."),
    ),
    "community_unknown": _error(
        later("There is no community “{found}”."),
        later("Names that are near: {near}. Correct the name, or add the community to the areas."),
    ),
    "community_ambiguous": _error(
        later("“{found}” may be any of these communities: {near}."), later("Write the full name of the community.")
    ),
    "community_confirmed": _note(later("“{found}” is read as {name}, as was confirmed.")),
    "community_differs": _error(
        later("The {source} names the community {found}, but {expected} is expected."),
        later("Check that this is the right file, then make the names agree."),
    ),
    "community_in_row_differs": _error(
        later("This row names the community {found}, but the report is of {expected}."),
        later("A report holds the rows of one community; take the others out."),
    ),
    "street_differs": _warning(
        later("The street is given as {found}, but {name} lies in {street}; the rows count for {name}."),
        later("Check the street and the name of the community."),
    ),
    "community_in_row_missing": _error(
        later("The row does not say which community it is about."), later("Write the community into the row.")
    ),
    "community_column_missing": _error(
        later("The sheet of the office has no column for the community."),
        later("Add a column for it and write the community in each row."),
    ),
    "table_without_community": _error(
        later("Other parts of the file name their communities, this table names none."),
        later("Write the community into a column, into the title, or choose it as the name of the sheet."),
    ),
    "same_ledger_twice": _error(
        later("Ledger {found} of one community and month stands in several files: {files}."),
        later("Put all rows of the ledger into one file; until then none of them count."),
    ),
    "declared_twice": _warning(
        later(
            "{found} is declared not applicable in several files ({files}), each for another reason; “{reason}” counts."
        ),
        later("Leave one of the reasons, so that it is certain which one holds."),
    ),
    "blank_beside_rows": _note(
        later("Ledger {found} is blank in this file and filled in in {files}: the filled rows count."),
    ),
    "month_missing": _error(
        later("Nothing says which month the file reports."),
        later("Write the month on the cover sheet as 2026-03, or choose it above."),
    ),
    "month_unreadable": _error(later("“{found}” is not a month."), later("Write the month as 2026-03.")),
    "month_differs": _error(
        later("The {source} says {found}, but {expected} is expected."),
        later("Check that this is the right file, then make the months agree."),
    ),
    "months_apart": _error(
        later("The file holds several months ({months}) in which different checklist editions or areas hold."),
        later("Send these months in separate files, or choose one month above and send the file once for each."),
    ),
    "month_in_no_sheet": _error(
        later("The workbook has a sheet for each month, but none for {expected}."),
        later("Check that this is the right file and the right month."),
    ),
    "sheet_of_another_month": _warning(
        later("The sheet is of {found}; the report is of {expected}, so its rows are not read."),
        later("Send the file once more for that month if it is to be changed."),
    ),
    "elsewhere_differs": _warning(
        later("The {source} says {found}; {expected} is taken."),
        later("Correct it if it is left over from an earlier report."),
    ),
    "other_edition": _warning(
        later("The workbook was made for another checklist edition ({found})."),
        later("Fetch the template of the edition in force for the next report."),
    ),
    "visit_in_another_month": _error(
        later("The visit is dated {found}, but the workbook is of {expected}."),
        later("Put the visit into the workbook of its own month."),
    ),
}

_OFFICE = {
    "no_edition": _error(
        later("No checklist edition is in force in the month of this file."),
        later("Put an edition in force from that month or an earlier one, then send the file again."),
    ),
    "said_before": _warning(
        later("Version {old} of {old_time} said the same; version {new} of {new_time} replaced it."),
        later("Make sure that this is not an old file: storing it takes back what was corrected since."),
    ),
    "month_final": _error(
        later("The month {period} of {name} is final and takes nothing more."),
        later("Ask the civilization office to open it again, with the reason."),
    ),
    "month_closed": _error(
        later("The month {period} of {name} is closed: the day to hand it in is over."),
        later("Ask the civilization office to extend it, with the reason."),
    ),
    "withdrawn_before": _warning(
        later("Version {old} said the same and was withdrawn at {time}: {reason}"),
        later("Make sure that it is right now: storing it lets it count again."),
    ),
    "erased_before": _warning(
        later("The same file was erased at {time}: {reason}"),
        later("Make sure that what had to be erased is not in it: storing it keeps it again."),
    ),
    "no_areas": _error(
        later("The office knows no community in the month of this file."),
        later("Import the table of areas first, then send the file again."),
    ),
}

_TABLES = {
    "table_missing": _error(
        later("No sheet has the headings that the table needs: {headings}."),
        later("Fetch the template of the table and fill it in."),
    ),
    "name_blank": _error(later("“{heading}” is blank."), later("Fill in the cell, or delete the row.")),
    "area_kind_unknown": _error(
        later("“{found}” is no kind of area."), later("Write 区, 街道, 管区 or 社区 into the column 类别.")
    ),
    "area_parent_missing": _error(
        later("Nothing says to which area {area} belongs."), later("Write the name of the area above it into 上级.")
    ),
    "area_parent_unknown": _error(
        later("There is no area “{found}” that {area} could belong to."),
        later("Give that area a row of its own, or correct the name."),
    ),
    "area_parent_ambiguous": _error(
        later("Several areas are called “{found}”."), later("Write the code of the right one into 上级.")
    ),
    "area_twice": _error(
        later("{area} stands twice for the same months."),
        later(
            "Delete one of the rows, give the areas different codes, or say with 启用月份 and 停用月份 when each holds."
        ),
    ),
    "area_needs_month": _error(
        later("{area} is changed, and there are reports already, so it must be said from which month."),
        later("Say from which month the table holds; earlier months keep the tree they had."),
    ),
    "area_left_alone": _error(
        later("{area} would belong to {found}, which no longer stands."),
        later("Give it another area above, or keep that one in use."),
    ),
    "line_code_unfit": _error(
        later("“{found}” is no code of a line."),
        later("Use small Latin letters, digits and underscores, with a letter first."),
    ),
    "line_twice": _error(later("The line “{found}” stands twice."), later("Delete one of the rows.")),
    "person_too_long": _error(
        later("“{found}” is longer than {most} letters."), later("Write the name or the number alone.")
    ),
    "phone_unreadable": _error(
        later("“{found}” is no telephone number."),
        later("Write digits, such as 0991-1234567; several with 、 between."),
    ),
    "months_reversed": _error(
        later("The month {found} does not lie after {start}."),
        later("停用月份 is the first month in which the area no longer counts."),
    ),
}

_ACCOUNTS = {
    "columns_not_taken": _note(
        later("These columns are not taken in: {found}."),
        later("Telephone numbers of contacts belong into the table of areas."),
    ),
    "accounts_too_many": _error(
        later("The table has {found} rows; {most} is the most."), later("Divide it into several tables.")
    ),
    "login_unfit": _error(
        later("“{found}” cannot be a login."),
        later("2 to 64 letters, digits, Chinese characters or . _ - @, without spaces, and not “local”."),
    ),
    "login_names_differ": _error(
        later("The login “{found}” stands with several names: {names}."),
        later("Give each person a login of their own; a person with several posts has the same name in each row."),
    ),
    "account_name_differs": _error(
        later("The login “{found}” belongs to {before} already, not to {name}."),
        later("Give the person another login; to correct a name, open the account on the page."),
    ),
    "account_row_twice": _warning(later("The row says the same as row {other}."), later("Delete one of the two.")),
    "account_beyond_yours": _error(
        later("The login “{found}” belongs to an account that you do not keep."),
        later("Choose another login, or ask an administrator."),
    ),
    "account_own": _error(
        later("“{found}” is your own account."), later("Take the row out: others give and take your posts.")
    ),
    "account_disabled": _warning(
        later("The account “{found}” is disabled and stays so."), later("Enable it on the page if it is needed again.")
    ),
    "post_area_blank": _error(
        later("It is not said where “{found}” holds."), later("Write the name of the community or street into 区划.")
    ),
    "post_area_unknown": _error(
        later("There is no area “{found}”."), later("Take the name or the code from the sheet 区划; near: {near}.")
    ),
    "post_area_ambiguous": _error(
        later("Several areas are called “{found}”: {near}."),
        later("Write the street before the name, or the code alone."),
    ),
    "post_area_wide": _warning(
        later("“{found}” holds for all communities of {read}."), later("Name one community if only that is meant.")
    ),
    "post_lines_blank": _error(
        later("A line department names its lines."),
        later("Write the lines into 条线, with 、 between; see the sheet 条线."),
    ),
    "post_line_unknown": _error(later("“{found}” is none of the lines."), later("Choose one of: {choices}.")),
    "post_lines_narrow": _warning(
        later("With lines named, “{found}” sees the criteria of these lines alone and hands nothing in."),
        later("Empty the cell if that is not meant."),
    ),
    "post_beyond_yours": _error(
        later("This reaches beyond your own posts: {found}."), later("Take the row out, or ask an administrator.")
    ),
}

_SHEETS = {
    "sheet_unrecognised": _warning(
        later("No known headings were found in the sheet, so its {rows} rows are not read."),
        later("If it is a ledger, use the headings of the template; if not, nothing needs to be done."),
    ),
    "rows_above_unread": _warning(
        later("The rows {rows} above the headings are not read: no known headings stand above them."),
        later("If it is a ledger, use the headings of the template; if not, nothing needs to be done."),
    ),
    "ledger_without_heading": _error(
        later("The sheet is named after the ledger {ledger}, but its headings were not found."),
        later("Put the headings of the template into one row above the data."),
    ),
    "ledger_unclear": _error(
        later("The headings fit several ledgers equally well: {ledgers}."),
        later("Name the sheet after the ledger it holds."),
    ),
    "ledger_not_kept": _warning(
        later("The ledger {ledger} is kept by the office; the community's file cannot report it."),
        later("Send it in the workbook of the office, with a column for the community."),
    ),
    "macros_ignored": _note(later("The workbook holds macros; only the values in the cells are read.")),
    "dates_since_1904": _note(
        later("The workbook counts its days from 1904 on; numbers in columns of dates are read so.")
    ),
    "sheet_hidden": _warning(
        later("The sheet is hidden; it was read all the same."), later("Delete the sheet if it should not count.")
    ),
    "rows_hidden": _warning(
        later("{count} rows are hidden ({rows}); they were read all the same."),
        later("Delete the rows if they should not count."),
    ),
    "columns_hidden": _warning(
        later("Columns are hidden ({columns}); they were read all the same."),
        later("Delete the columns if they should not count."),
    ),
    "column_missing": _error(
        later("The column “{heading}” is missing, and the ledger {ledger} needs it."),
        later("Add the column, or give it the heading of the template."),
    ),
    "column_absent": _warning(
        later("The column “{heading}” of the ledger {ledger} is missing; it is read as blank."),
        later("Add the column, or give it the heading of the template."),
    ),
    "column_unknown": _note(later("The column “{heading}” is no field of the ledger and is not read.")),
    "column_suggested": _warning(
        later("The column “{heading}” is not known and is not read; it may be “{field}”."),
        later("Confirm what it is, or give it the heading of the template."),
    ),
    "column_confirmed": _note(later("The column “{heading}” is read as “{field}”, as was confirmed.")),
    "column_left_out": _note(later("The column “{heading}” is not read, as was confirmed.")),
    "column_without_heading": _warning(
        later("A column with entries has no heading and is not read."),
        later("Give it the heading of the template, or empty it."),
    ),
    "column_by_synonym": _note(later("The column “{heading}” is read as “{field}”.")),
    "column_unclear": _warning(
        later("The column “{heading}” may be any of these fields and is not read: {fields}."),
        later("Give it the heading of the template."),
    ),
    "two_columns": _error(
        later("Two columns stand for the field “{field}”: {columns}."),
        later("Keep one of them, or give the other its own heading."),
    ),
    "merged_number": _warning(
        later("The number {found} stands in a cell merged over {count} rows; it is counted once, in the first."),
        later("Unmerge the cell and write each row's own number."),
    ),
    "merged_filled": _note(later("{count} merged cells in the column “{heading}” count for all the rows they span.")),
    "duplicate_event": _note(later("The same event stands in rows {rows}; the last one counts.")),
}

_CELLS = {
    "key_blank": _error(
        later("“{heading}” is blank; without it the row cannot be told from others."),
        later("Fill in the cell, or delete the row."),
    ),
    "required_blank": _warning(later("“{heading}” is blank."), later("Fill in the cell; a blank scores nothing.")),
    "sign_for_blank": _warning(
        later("“{found}” is read as blank."), later("Write 0 where there is none, or leave the cell empty.")
    ),
    "formula_error": _error(
        later("The formula in this cell gives the error “{found}” instead of a value."),
        later("Mend the formula, or write the value itself into the cell."),
    ),
    "text_is_error": _warning(
        later("The formula in this cell gives the error “{found}”; it is read as blank."),
        later("Mend the formula, or write the value itself into the cell."),
    ),
    "formula_unstored": _error(
        later("The value of the formula in this cell is not in the file."),
        later("Open the file in Excel or WPS, save it, and send it again."),
    ),
    "pictures_counted": _note(later("{count} pictures are counted in this row.")),
    "picture_lost": _warning(
        later("The cell points to a picture that is not in the file; it is read as blank."),
        later("Put the picture into the cell again in WPS, or write the number of pictures."),
    ),
    "pictures_unplaced": _warning(
        later("{count} pictures of the sheet are not counted: the file does not say in which rows they are."),
        later("Save the file as .xlsx in Excel or WPS and send that, or write the number of pictures."),
    ),
    "cell_not_applicable": _error(
        later("“{found}” is no value, and no blank either."),
        later(
            "Leave the cell empty where there is nothing to report; a criterion that does not apply is declared on the"
            " sheet 不适用申报."
        ),
    ),
    "text_not_applicable": _warning(
        later("“{found}” is kept as a text and counts as filled in."),
        later("Leave the cell empty if there is nothing to write."),
    ),
    "cell_not_known": _error(
        later("“{found}” says that the value is not known."), later("Write the value, or leave the cell empty.")
    ),
    "digits_lost": _warning(
        later("The number {found} is so long that Excel has changed its last digits."),
        later("Format the cell as text, then write the number again."),
    ),
    "date_unreadable": _error(later("“{found}” is not a date."), later("Write the date as 2026-03-05.")),
    "date_too_coarse": _error(
        later("“{found}” names no day and no month."), later("Write the day on which it took place, as 2026-03-05.")
    ),
    "date_without_year": _error(
        later("“{found}” has no year, and the month of the report is not known."),
        later("Write the date as 2026-03-05."),
    ),
    "date_year_taken": _warning(
        later("“{found}” has no year; it is read as {read}."), later("Write the date as {read}.")
    ),
    "date_no_day": _warning(
        later("“{found}” has no exact day; it is read as {read}."), later("Write the day as well.")
    ),
    "date_range": _warning(
        later("“{found}” is a span of days; its first day {read} counts."),
        later("Write one date, or one row for each day."),
    ),
    "date_range_reversed": _warning(
        later("The span “{found}” ends before it begins; {read}, which stands first, counts."),
        later("Check both days, and write one date."),
    ),
    "date_with_words": _warning(later("“{found}” is read as {read}."), later("Write only the date in this column.")),
    "date_several": _warning(
        later("“{found}” holds several dates; only the first, {read}, counts."),
        later("Write one row for each date."),
    ),
    "date_short_year": _warning(
        later("The year of “{found}” has two digits; it is read as {read}."), later("Write the date as {read}.")
    ),
    "date_other_order": _warning(later("“{found}” is read as {read}."), later("Write the date as {read}.")),
    "date_ambiguous": _warning(
        later("“{found}” may be {read} or {other}; it is read as {read}."), later("Write the date as 2026-03-05.")
    ),
    "date_lunar": _error(
        later("“{found}” is a day of the lunar calendar or a festival."),
        later("Write the day in the ordinary calendar, as 2026-03-05."),
    ),
    "date_no_certain_day": _error(
        later("“{found}” names no certain day."),
        later("Write each day on which it took place in a row of its own, as 2026-03-05."),
    ),
    "date_is_time": _error(later("“{found}” is a time of day without a date."), later("Write the date as 2026-03-05.")),
    "date_from_number": _note(later("The number {found} is read as the date {read}.")),
    "date_after_month": _warning(
        later("{read} lies after the month of the report, so the row does not count yet."), later("Check the date.")
    ),
    "number_unreadable": _error(later("“{found}” is not a number."), later("Write the number alone, such as 70.")),
    "number_is_date": _error(
        later("The cell holds the date {found} instead of a number."),
        later("Format the cell as a number and write it again."),
    ),
    "number_about": _warning(
        later("“{found}” is only about a number; it is read as {read}."), later("Write the exact number.")
    ),
    "number_range": _warning(
        later("“{found}” is a range; the lower number {read} is taken."), later("Write one number.")
    ),
    "number_worked_out": _warning(later("“{found}” is a sum; it is read as {read}."), later("Write the result alone.")),
    "number_none": _warning(
        later("“{found}” is read as 0."),
        later("Write 0 where there were none; leave the cell empty where it was not counted."),
    ),
    "number_worded": _warning(later("“{found}” is read as {read}."), later("Write the number alone, such as 70.")),
    "number_by_unit": _warning(
        later("“{found}” is read as {read}, in the unit of the column."),
        later("Write the number alone, in the unit of the heading."),
    ),
    "number_other_unit": _warning(
        later("“{found}” is counted in {unit}, which the heading does not speak of; it is read as {read}."),
        later("Check the number."),
    ),
    "number_ambiguous": _warning(
        later("“{found}” may be {read} or {other}; it is read as {read}."),
        later("Write the number without a sign between the thousands."),
    ),
    "number_negative": _warning(later("“{found}” is less than 0."), later("Check the number.")),
    "number_several": _error(later("“{found}” holds several numbers."), later("Write one number.")),
    "number_letter": _error(
        later("“{found}” holds a letter among the digits."),
        later("Write digits; l, O and S are easily taken for 1, 0 and 5."),
    ),
    "number_no_amount": _error(later("“{found}” names no number."), later("Write the number alone, such as 70.")),
    "number_percent": _warning(later("“{found}” is read as {read}."), later("Write the number as it should count.")),
    "number_not_whole": _warning(later("{found} is not a whole number."), later("Check the number.")),
    "number_unusual": _warning(
        later("{read} lies outside the usual {low} to {high}."),
        later("Check the number; if it is right, nothing needs to be done."),
    ),
    "yes_no_unreadable": _error(later("“{found}” says neither yes nor no."), later("Write yes or no, or √ or ×.")),
    "yes_no_worded": _warning(later("“{found}” is read as {read}."), later("Write yes or no, or √ or ×.")),
    "choice_worded": _warning(later("“{found}” is read as {read}."), later("Write only the choice in this column.")),
    "choice_nearly": _error(
        later("“{found}” is none of the choices; “{near}” comes near."),
        later("Write “{near}” if that is meant, else one of: {choices}."),
    ),
    "choices_unknown": _error(
        later("In “{found}”, “{piece}” is none of the choices."), later("Choose one of: {choices}.")
    ),
    "choice_unknown": _error(later("“{found}” is none of the choices."), later("Choose one of: {choices}.")),
    "grade_unknown": _error(later("“{found}” is none of the grades."), later("Choose one of: {choices}.")),
    "grade_several": _error(
        later("“{found}” names several grades."), later("Leave one grade, or a tick in one of the columns.")
    ),
    "criterion_unknown": _error(
        later("The checklist has no criterion with the code “{found}”."), later("Codes that are near: {near}.")
    ),
    "not_applicable_refused": _error(
        later("The criterion {found} ({title}) cannot be declared not applicable."),
        later("Take the row out of the sheet."),
    ),
    "reason_blank": _warning(
        later("No reason is given why {found} is not applicable."), later("Write the reason into the row.")
    ),
}

_DELETE = later(
    "Delete what is not needed, best the whole column, and hand the file in again: no score looks at it. If it was "
    "handed in already, withdraw that version and ask for it to be erased."
)

_PERSONAL = {
    "identity_numbers": _warning(
        later(
            "{count} cells look like identity numbers, the first in row {first} ({found}). Pages and exports hide "
            "them, shared links never hold them; the file as sent does."
        ),
        _DELETE,
    ),
    "identity_numbers_cut": _warning(
        later(
            "{count} cells look like identity numbers of which the spreadsheet has lost the last digits, the first in "
            "row {first} ({found}). They are of no use any more, and they are hidden."
        ),
        _DELETE,
    ),
    "phone_numbers": _note(
        later(
            "{count} cells look like mobile phone numbers, the first in row {first} ({found}). Pages and exports hide "
            "them, shared links never hold them."
        ),
        later("Where they are not needed, delete the column and hand the file in again."),
    ),
    "phone_numbers_minors": _warning(
        later(
            "{count} cells of a ledger about minors look like mobile phone numbers, the first in row {first} "
            "({found}). Pages and exports hide them, shared links never hold them; the file as sent does."
        ),
        _DELETE,
    ),
    "personal_column": _warning(
        later(
            "The column “{heading}” asks for what is a person's own: {count} cells, the first in row {first}. Pages "
            "and exports hide it, shared links never hold it; the file as sent does."
        ),
        _DELETE,
    ),
}

CATALOGUE: dict[str, Entry] = (
    _FILES | _ARCHIVES | _WHO_AND_WHEN | _OFFICE | _TABLES | _ACCOUNTS | _SHEETS | _CELLS | _PERSONAL
)
"""All problem codes. A code is stable: screens, exports and tests speak of it."""

UNREADABLE = frozenset(_FILES | _ARCHIVES) - {"nothing_recognised", "community_from_folder"}
"""The codes of files that could not be opened at all."""

IGNORED: dict[str, str] = {
    "blank": later("an empty row"),
    "title": later("a title or a line above the headings"),
    "heading": later("the row of headings"),
    "heading_again": later("the headings once more"),
    "total": later("a total or an average"),
    "footer": later("a line for signatures or remarks"),
    "example": later("an example of the template"),
    "number_only": later("nothing but the row's number"),
    "band": later("a heading between the rows"),
    "no_field": later("nothing in any known column"),
    "unread": later("no known headings stand above it"),
    "cover": later("a line of the cover"),
    "list": later("choices of the template"),
    "words": later("instructions of the form"),
    "other_month": later("of another month"),
    "in_error": later("an error, see there"),
}
"""Why a row was not counted."""

SOURCES: dict[str, str] = {
    "cover": later("cover sheet"),
    "title": later("line above the headings"),
    "name": later("file name"),
    "sheet": later("name of the sheet"),
    "row": later("column of communities"),
    "band": later("line between the rows"),
    "visits": later("sheet of visits"),
    "given": later("choice made above"),
}
"""Where a community or a month was found."""

INSIDE: dict[str, str] = {
    "parts": later("too many parts"),
    "twice": later("a part stands in it twice"),
    "sizes": later("its parts are too large"),
    "packed": later("a part is packed far too tightly"),
    "doctype": later("it holds a document type"),
    "sheets": later("too many sheets"),
    "cells": later("too many rows, columns or merged cells"),
    "text": later("a text is longer than a cell may hold"),
    "outside": later("its path leads out of the zip"),
    "link": later("it only points to another file"),
    "folder": later("a folder"),
    "system": later("a file that Windows or macOS added"),
    "lock": later("the mark of a workbook that was open when it was packed"),
}
"""What is wrong inside a file that is not to be opened."""
