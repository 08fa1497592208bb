"""In a browser, straight from the disk: quiet, self-contained, accessible, and as wide as the window."""

from __future__ import annotations

import pytest

from tests.site.browser import NARROW, WIDE, Look, Visits
from tests.site.pages import EVERYTHING, NOT_FOUND, Page

LOOKS = [Look(page, width) for page in [*EVERYTHING, NOT_FOUND] for width in (WIDE, NARROW)]


def test_a_page_logs_no_error_or_warning(page: Page, visits: Visits) -> None:
    complaints = visits.to(page).complaints
    assert not complaints, "\n".join(complaints)


def test_a_page_asks_for_nothing_outside_the_site(page: Page, visits: Visits) -> None:
    requests = visits.to(page).requests_elsewhere
    assert not requests, "\n".join(requests)


def test_a_page_sends_nobody_to_another_page(page: Page, visits: Visits) -> None:
    assert visits.to(page).address == page.url


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_page_breaks_no_rule_of_axe(look: Look, visits: Visits) -> None:
    violations = visits.with_(look).violations
    assert not violations, f"{len(violations)} places\n" + "\n".join(violations[:20])


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_its_colours_break_none_in_the_dark(look: Look, visits: Visits) -> None:
    violations = visits.with_(look).violations_in_the_dark
    assert not violations, f"{len(violations)} places\n" + "\n".join(violations[:20])


def test_a_page_enlarged_four_times_does_not_scroll_sideways(page: Page, visits: Visits) -> None:
    sticking_out = visits.to(page).sticking_out
    assert not sticking_out, "\n".join(sticking_out)


def test_what_scrolls_sideways_by_itself_can_be_reached_with_the_keyboard(page: Page, visits: Visits) -> None:
    out_of_reach = visits.to(page).out_of_reach
    assert not out_of_reach, "\n".join(out_of_reach)


def test_nothing_on_a_page_moves_while_it_loads(page: Page, visits: Visits) -> None:
    moved = visits.to(page).moved
    assert not moved, "\n".join(moved)
