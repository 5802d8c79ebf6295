"""Names of communities and of the streets above them, as clerks write them."""

import pytest

from beicha.intake.communities import Communities
from scoring.facts import Area
from tests.intake.workbooks import COMMUNITIES

TWINS = (
    Area("D1", "云溪区", "district"),
    Area("S1", "西街道", "street", "D1"),
    Area("S2", "南湖街道", "street", "D1"),
    Area("Z2", "湖滨管区", "zone", "S2"),
    Area("C01", "桂花社区", "community", "S1"),
    Area("C11", "桂花社区", "community", "Z2"),
    Area("C12", "南湖社区", "community", "S2"),
    Area("C13", "南湖新村社区", "community", "S2"),
)


def code(text, street="", areas=TWINS):
    return Communities(areas).find(text, street).code


@pytest.mark.parametrize(
    ("text", "street", "found"),
    [
        ("桂花社区", "", None),
        ("桂花社区", "西街道", "C01"),
        ("桂花", "南湖街道办事处", "C11"),
        ("桂花社区", "湖滨管区", "C11"),
        ("桂花社区", "南湖", "C11"),
        ("南湖街道桂花社区", "", "C11"),
        ("西街道桂花居委会", "", "C01"),
        ("桂花社区", "东街道", None),
        ("桂花社区", "云溪区", None),
        ("南湖社区", "西街道", "C12"),
    ],
)
def test_a_street_tells_two_communities_of_one_name_apart(text, street, found):
    assert code(text, street) == found


def test_an_ambiguous_name_comes_with_the_codes_it_may_mean():
    found = Communities(TWINS).find("桂花")
    assert (found.is_ambiguous, found.codes, found.near) == (True, ("C01", "C11"), ("桂花社区 (C01)", "桂花社区 (C11)"))


def test_an_unknown_name_comes_with_near_ones_and_their_codes():
    found = Communities(COMMUNITIES).find("松伯社居委")
    assert (found.code, found.name, found.near, found.codes) == (None, "松伯社居委", ("松柏社区",), ("C03",))
    assert Communities(COMMUNITIES).find("翠竹社区").near == ()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("南湖街道2026年3月台账", ""),
        ("南湖社区2026年3月", "南湖社区"),
        ("南湖街道南湖社区", "南湖社区"),
        ("南湖新村2026年3月", ""),
        ("南湖新村社区2026年3月", "南湖新村社区"),
        ("南湖社区和桂花社区台账", ""),
    ],
)
def test_a_files_name_speaks_of_one_community_or_of_none(name, found):
    """A street that is called like a community is no community."""
    assert Communities(TWINS).mentioned(name) == found


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("荷塘社区", "荷塘社区"),
        ("荷塘", "荷塘"),
        ("一、荷塘社区", "荷塘社区"),
        ("（二）荷塘居委会：", "荷塘居委会"),
        ("3.荷塘社区（2场）", "荷塘社区"),
        ("社区名称：荷塘社居委", "荷塘社居委"),
        ("荷塘社区道德讲堂活动", "荷塘社区"),
        ("无名社区", "无名社区"),
        ("创建文明社区", ""),
        ("西街道辖区", ""),
        ("道德讲堂活动", ""),
        ("一、上半年", ""),
    ],
)
def test_a_line_of_its_own_names_a_community_or_none(line, named):
    assert Communities(COMMUNITIES).named_by(line) == named


@pytest.mark.parametrize("areas", [COMMUNITIES, ()])
@pytest.mark.parametrize(
    ("line", "named"),
    [("西街道", "西街道"), ("二、西街道辖区：", "西街道"), ("街道：西街道", "西街道"), ("荷塘社区", "")],
)
def test_a_line_of_its_own_names_a_street_or_none(areas, line, named):
    assert Communities(areas).street_of(line) == named


def test_where_streets_are_known_no_other_words_are_taken_for_one():
    assert Communities(COMMUNITIES).street_of("走上街道") == ""
