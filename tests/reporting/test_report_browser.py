"""The report and the exported notebook in a real Chromium with the network off."""

import itertools
import re
import shutil
import subprocess
from pathlib import Path

import drawing_stories
import nbformat.v4 as nb
import pytest
from report_stories import letters_story, many_events, told

from timeline.reporting import write_report
from timeline.reporting.notebook import TimelineExporter, TimelineSlidesExporter

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    write_report(letters_story(), folder / "letters.html")
    write_report(many_events(20_000), folder / "many.html")
    write_report(told(drawing_stories.vague_years()), folder / "vague.html")
    figure = nb.new_output(
        "display_data", {"application/vnd.plotly.v1+json": {"data": [{"type": "scatter", "x": [1, 2], "y": [2, 1]}], "layout": {}}}
    )  # fmt: skip
    heat = nb.new_output(
        "display_data", {"application/vnd.plotly.v1+json": {"data": [{"type": "heatmap", "z": [[1, 2]]}], "layout": {}}}
    )  # fmt: skip
    table = nb.new_output("display_data", {"text/html": "<table><thead><tr>" + "<th>column</th>" * 20 + "</tr></thead><tbody><tr>" + "<td>some words</td>" * 20 + "</tr></tbody></table>"})  # fmt: skip
    book = nb.new_notebook(
        cells=[
            nb.new_markdown_cell("# A title\n\nwords", metadata={"slideshow": {"slide_type": "slide"}}),
            nb.new_markdown_cell("later", metadata={"slideshow": {"slide_type": "fragment"}}),
            nb.new_code_cell("draw()", outputs=[figure, table], metadata={"slideshow": {"slide_type": "slide"}}),
            nb.new_code_cell("draw()", outputs=[heat], metadata={"slideshow": {"slide_type": "slide"}}),
        ]
    )  # fmt: skip
    for name, exporter in (("page", TimelineExporter), ("slides", TimelineSlidesExporter)):
        (folder / f"{name}.html").write_text(
            exporter().from_notebook_node(book)[0], encoding="utf-8"
        )
    return folder


@pytest.fixture
def opened(browser, files):
    """Opens a file with the network off; whatever it asks for or complains of fails the test."""
    contexts, said = [], []

    def open_page(name, *, width=1200, scheme="light", script=True, motion="reduce", address=""):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script,
            reduced_motion=motion, accept_downloads=True, offline=True,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error.message}"))
        own = (files / name).as_uri()
        page.on(
            "request",
            lambda request: None if request.url.split("#")[0] == own or request.url.startswith(("blob:", "data:")) else said.append(f"request: {request.url}"),
        )  # fmt: skip
        page.goto(own + address)
        if script:
            page.wait_for_selector("html[data-ready=all]", timeout=20_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


def texts(page, selector):
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("width", [390, 900, 1600])
def test_figure_is_drawn_and_nothing_overflows(opened, width):
    page = opened("letters.html", width=width)
    assert page.locator("[data-part=figure] .main-svg").count() >= 1
    assert len(texts(page, "[data-part=list] > li")) == 8
    assert overflow(page) <= 0
    assert page.locator(".stage .main-svg").first.bounding_box()["width"] <= width
    assert page.evaluate("document.querySelectorAll('*').length") < 2500


@pytest.mark.parametrize("width", [390, 1600])
def test_a_window_figure_keeps_to_the_column(opened, width):
    page = opened("letters.html", width=width, address="#from=2014-10-01&lanes=source")
    column = page.locator("[data-part=strip]").bounding_box()
    drawn = page.locator(".stage .main-svg").first.bounding_box()
    assert drawn["x"] >= column["x"] - 0.5
    assert drawn["x"] + drawn["width"] <= column["x"] + column["width"] + 0.5
    assert drawn["width"] > 0.9 * column["width"]
    wide = page.locator(".stage .main-svg").first
    page.get_by_role("button", name="Clear all").click()
    assert wide.bounding_box()["width"] > column["width"], "Python's own picture has its own margin"


def test_a_window_without_an_end_ends_with_the_story(opened):
    """The last event may be as late as 23 April 1992: weeks more, a share of all ten years, would be empty paper."""
    page = opened("vague.html", width=1600, address="#from=1992-04-01")
    told = page.evaluate("document.querySelector('.stage')._fullLayout.xaxis.ticktext")
    assert any("Apr" in one for one in told) and not any("May" in one for one in told), told


def test_the_window_fields_show_the_storys_own_first_and_last_day(opened):
    page = opened("vague.html")
    first, last = (page.locator(f"input[name={n}]").get_attribute("placeholder") for n in ("from", "to"))  # fmt: skip
    assert (first, last) == ("1982-08-01", "1992-04-23")


def test_figure_follows_a_change_of_width(opened):
    page = opened("letters.html", width=1600)
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_timeout(400)
    assert page.locator(".stage .main-svg").first.bounding_box()["width"] <= 390
    assert overflow(page) <= 0


def test_filters_shrink_list_and_figure_and_stay_in_the_address(opened):
    page = opened("letters.html")
    page.select_option("[name=kind]", "deadline")
    assert texts(page, "[data-part=list] .what") == ["Deadline for a comprehensive agreement"]
    assert page.url.endswith("#kind=deadline")
    drawn = page.evaluate(
        "document.querySelector('.stage').data.flatMap(t => t.mode === 'text' || !t.customdata ? [] : t.customdata.filter((id, i) => id && t.y[i] !== null))"
    )
    assert set(drawn) == {"e00000000005"}
    page.reload()
    page.wait_for_selector("html[data-ready=all]")
    assert texts(page, "[data-part=count]") == ["1 of 8 events"]
    page.click("text=Clear all")
    assert texts(page, "[data-part=count]") == ["8 events"]


def test_search_finds_words_of_a_citation(opened):
    page = opened("letters.html")
    page.fill("[name=q]", "COUPLE of occasions")
    page.wait_for_timeout(200)
    assert texts(page, "[data-part=list] .what") == ["Talks on the sidelines"]


def test_only_what_two_sources_report(opened):
    page = opened("letters.html")
    page.check("[name=two]")
    assert texts(page, "[data-part=list] .what") == [
        "Wall Street Journal reveals the secret letter",
        "Deadline for a comprehensive agreement",
    ]


def test_time_window_by_words_and_by_handle(opened):
    """A window of 2009 keeps both events of 2009 and the one with an open start."""
    page = opened("letters.html")
    page.fill("[name=to]", "2009")
    page.press("[name=to]", "Enter")
    assert texts(page, "[data-part=list] .what") == [
        "Obama assumes office", "Pair of letters to the Supreme Leader", "Talks on the sidelines",
    ]  # fmt: skip
    assert page.url.endswith("#to=2009-12-31")
    page.reload()
    page.wait_for_selector("html[data-ready=all]")
    assert page.url.endswith("#to=2009-12-31")
    bounded = "1 has no date of its own and is not in the figure, but may belong here"
    assert texts(page, "[data-part=count]") == [f"3 of 8 events; {bounded}"]
    page.focus("input[aria-label='Window to']")
    page.keyboard.press("End")
    page.wait_for_timeout(300)
    assert texts(page, "[data-part=count]") == ["8 events"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2014-11-31", "November 2014 has 30 days"),
        ("2014-13-01", "there is no month 13"),
        ("05/11/2014", "write a year (2014)"),
        ("soon", "write a year (2014)"),
    ],
)
def test_a_date_that_is_none_is_told_and_changes_nothing(opened, typed, says):
    page = opened("letters.html")
    page.fill("[name=from]", typed)
    page.press("[name=from]", "Enter")
    assert f"“{typed}” is no date" in page.inner_text("[data-part=notice]")
    assert says in page.inner_text("[data-part=notice]")
    assert page.get_attribute("[name=from]", "aria-invalid") == "true"
    assert page.input_value("[name=from]") == typed
    assert texts(page, "[data-part=count]") == ["8 events"]
    page.fill("[name=from]", "5 Nov 2014")
    page.press("[name=from]", "Enter")
    assert not page.locator("[data-part=notice]").is_visible()
    assert page.get_attribute("[name=from]", "aria-invalid") == "false"
    assert page.url.endswith("#from=2014-11-05")


@pytest.mark.parametrize("address", ["#from=2014&to=2009", "#to=2009&from=2014"])
def test_a_window_that_ends_before_it_begins_is_told(opened, address):
    page = opened("letters.html", address=address)
    assert "ends (31 December 2009) before it begins" in page.inner_text("[data-part=notice]")
    assert texts(page, "[data-part=count]") == ["8 events"]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("#event=nothing", "There is no event “nothing” here"),
        ("#source=Nobody", "There is no source “Nobody” here"),
        ("#from=2014-02-30", "February 2014 has 28 days"),
    ],
)
def test_a_link_to_what_is_not_there_is_told(opened, address, says):
    page = opened("letters.html", address=address)
    assert says in page.inner_text("[data-part=notice]")
    assert texts(page, "[data-part=count]") == ["8 events"]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("OBAMA assumes", ["Obama assumes office"]),
        ("óbama  ássumes", ["Obama assumes office"]),
        ('"a couple of occasions"', ["Talks on the sidelines"]),
        ("“a couple of occasions”", ["Talks on the sidelines"]),
        ("office assumes obama 2009", ["Obama assumes office"]),
        ('"office assumes"', []),
    ],
)
def test_search_knows_no_case_accents_or_order_but_phrases_in_quotes(opened, q, found):
    page = opened("letters.html")
    page.fill("[name=q]", q)
    page.wait_for_timeout(200)
    titles = [one for one in texts(page, "[data-part=list] .what") if one != "Pair of letters to the Supreme Leader"]  # fmt: skip
    assert titles == found


def test_accents_of_a_title_need_not_be_typed(browser, tmp_path):
    story = letters_story()
    story.events.loc[0, "title"] = "Piñera l’été à Łódź"
    write_report(story, tmp_path / "x.html")
    page = browser.new_page()
    page.goto((tmp_path / "x.html").as_uri() + "#q=pinera l'ete lodz")
    page.wait_for_selector("html[data-ready=all]")
    assert texts(page, "[data-part=list] .what") == ["Piñera l’été à Łódź"]
    page.close()


def test_filters_that_leave_nothing_with_a_date_say_so_in_list_and_figure(opened):
    page = opened("letters.html", address="#status=unconfirmed")
    says = texts(page, "[data-part=count]")
    assert says == ["1 of 8 events; it has no date of its own and is not in the figure"]
    assert "No event with a date of its own" in page.inner_text(".stage")


def test_a_filtered_figure_has_nothing_of_the_other_events(opened):
    """Only the deadline's mark, label and the axis are drawn: no bracket, tail or stem of another."""
    page = opened("letters.html", address="#kind=deadline")
    owners = page.evaluate(
        "[...new Set(document.querySelector('.stage').data.flatMap(t => (t.customdata || [null])))]"
    )
    assert set(owners) <= {"e00000000005", "", None}
    assert page.locator(".stage .textpoint text").all_text_contents() == [
        "Deadline for a comprehensive agreement"
    ]


def test_link_opens_the_report_at_an_event(opened):
    page = opened("letters.html", address="#event=e00000000004")
    chosen = page.locator("[data-part=list] > li.chosen")
    assert chosen.locator("details").get_attribute("open") is not None
    assert "The Hill counts a pair of letters" in chosen.inner_text()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert page.locator(".ring").is_visible()


def test_keys(opened):
    page = opened("letters.html")
    page.keyboard.press("ArrowDown")
    focused = "document.activeElement.querySelector('.what').textContent"
    assert page.evaluate(focused) == "Obama assumes office"
    page.keyboard.press("End")
    assert page.evaluate(focused) == "Deadline for a comprehensive agreement"
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "Talks on the sidelines"
    page.keyboard.press("Home")
    assert page.evaluate(focused) == "Obama assumes office"
    page.keyboard.press("Enter")
    assert page.locator("[data-part=list] details[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("[data-part=list] details[open]").count() == 0
    assert page.locator(".chosen").count() == 0
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_figure_and_articles_lead_to_the_event_and_back(opened):
    page = opened("letters.html")
    page.locator("a.m", has_text="Nov. 24").click()
    assert "#event=e00000000005" in page.url
    page.locator("[data-part=list] li.chosen a[href^='#mention=']").first.click()
    assert texts(page, ".m.here") == ["Nov. 24"]
    spot = page.evaluate("""() => { const s = document.querySelector('.stage'), f = s._fullLayout;
        for (const t of s._fullData) { if (t.mode !== 'markers' || !Array.isArray(t.customdata)) continue;
          const i = t.customdata.indexOf('e00000000004'); if (i < 0) continue;
          const x = f[t.xaxis.replace('x', 'xaxis')], y = f[t.yaxis.replace('y', 'yaxis')], box = s.getBoundingClientRect();
          return [box.x + scrollX + x._offset + x.d2p(t.x[i]), box.y + scrollY + y._offset + y.d2p(t.y[i])]; } }""")  # fmt: skip
    page.evaluate("scrollTo(0, 0)")
    page.mouse.move(spot[0] - 3, spot[1] - 3)
    page.mouse.move(spot[0], spot[1], steps=3)
    page.wait_for_timeout(150)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_timeout(400)
    assert "#event=e00000000004" in page.url


def press(page, thing):
    """A click at the middle of something in the figure, as a hand does it."""
    thing.scroll_into_view_if_needed()
    box = thing.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 2, y)
    page.mouse.move(x, y, steps=3)
    page.wait_for_timeout(150)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_timeout(500)


def test_a_click_on_a_label_opens_its_event(opened):
    page = opened("letters.html")
    ids = page.locator(".stage .textpoint").evaluate_all(
        "all => all.map(t => t.__data__.data || '')"
    )
    n, event = next((n, one) for n, one in enumerate(ids) if one)
    press(page, page.locator(".stage .textpoint").nth(n))
    assert f"#event={event}" in page.url
    assert page.locator("[data-part=list] li.chosen").get_attribute("data-id") == event


def test_the_search_box_stays_where_it_is_while_the_figure_shrinks(opened):
    page = opened("letters.html", width=700)
    box = page.locator("input[name=q]")
    box.scroll_into_view_if_needed()
    box.focus()
    page.evaluate("scrollBy(0, document.activeElement.getBoundingClientRect().top - 200)")
    before, tall = box.bounding_box()["y"], page.locator(".stage").bounding_box()["height"]
    page.keyboard.insert_text("zzzz")
    page.wait_for_timeout(500)
    assert page.locator(".stage").bounding_box()["height"] < tall - 100
    scrolled = page.evaluate("scrollY")
    after = box.bounding_box()["y"]
    assert after == pytest.approx(before, abs=2) or (scrolled == 0 and after > 0)


def test_a_click_on_a_count_of_more_events_makes_a_window_there(browser, tmp_path):
    write_report(many_events(290), tmp_path / "crowd.html")
    page = browser.new_page(viewport={"width": 390, "height": 900}, reduced_motion="reduce")
    page.goto((tmp_path / "crowd.html").as_uri())
    page.wait_for_selector("html[data-ready=all]")
    chips = page.locator(".stage .textpoint").filter(has_text=re.compile(r"^\s*\+\d+\s*$"))
    assert chips.count() > 0
    press(page, chips.first)
    assert "from=" in page.url and "to=" in page.url
    assert " of 290 events" in page.locator("[data-part=count]").inner_text()
    page.close()


PLACES = """() => Object.fromEntries(document.querySelector('.stage').data.filter((t) => t.mode === 'markers')
  .flatMap((t) => t.customdata.map((id, i) => [`${id}${t.marker.symbol[i]}`, [t.x[i], t.y[i]]])))"""


def test_a_filtered_figure_spreads_the_dense_weeks_and_draws_years_across_the_breaks(opened):
    page = opened("vague.html", address="#kind=happening")
    at = page.evaluate(PLACES)
    days = [at[f"e-Day {2 * i}-1987-03-{i + 1:02}circle"][0] for i in range(20)]
    steps = [b - a for a, b in itertools.pairwise(days)]
    assert steps == pytest.approx([steps[0]] * 19, abs=0.1)  # the first and last as far as any
    assert steps[0] > 12
    lines = page.evaluate("document.querySelector('.stage').data.filter((t) => t.mode === 'lines' && t.customdata).flatMap((t) => t.customdata.map((id, i) => [id, t.x[i]]))")  # fmt: skip
    ends = {name: [x for one, x in lines if one == name] for name, _ in lines}
    first, last = ends["e-1987 0-1987-01-01"]
    assert first < days[0] < days[-1] < last


def test_a_month_too_narrow_to_see_is_no_point(opened):
    """In the viewer's own figure August 1982 has two ends, as in Python's."""
    at = opened("vague.html", address="#kind=happening").evaluate(PLACES)
    assert "e-Debt crisis-1982-08-01line-ns" in at


def test_a_click_on_the_band_of_what_is_told_closer_makes_a_window_there(opened):
    page = opened("vague.html", width=900)
    band = page.evaluate(
        """() => { const stage = document.querySelector('.stage'), box = stage.getBoundingClientRect();
        for (const t of stage._fullData) for (const [i, said] of (Array.isArray(t.hovertext) ? t.hovertext : []).entries())
          if (/closer below/.test(said)) {
            const axis = stage._fullLayout.xaxis2, up = stage._fullLayout.yaxis2;
            return [box.left + axis._offset + axis.c2p(axis.d2c(t.base[i]) + t.x[i] / 2), box.top + scrollY + up._offset + up._length - 3];
          } }"""
    )
    page.evaluate(f"scrollTo(0, {band[1] - 400})")
    page.mouse.move(band[0], band[1] - page.evaluate("scrollY"))
    page.wait_for_timeout(300)  # plotly looks under the pointer now and then
    page.mouse.down()
    page.mouse.up()
    page.wait_for_timeout(400)
    begin, end = re.findall(r"(?:from|to)=(\d{4}-\d\d)", page.url)
    assert "1986-06" < begin < "1987-03" < end < "1987-12"


def test_saving_and_copying(opened):
    page = opened("letters.html")
    for button, name, begins in (
        ("Save as SVG", "letters-to-tehran.svg", b"<svg"),
        ("Save as PNG", "letters-to-tehran.png", b"\x89PNG"),
        ("Events as CSV", "letters-to-tehran.csv", b"\xef\xbb\xbfevent_id,title"),
    ):
        with page.expect_download() as download:
            page.click(f"text={button}")
        assert download.value.suggested_filename == name
        assert Path(download.value.path()).read_bytes().startswith(begins)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-part=list] summary").nth(1).click()
    page.locator("[data-part=list] li.chosen [data-copy=citation]").first.click()
    page.wait_for_timeout(100)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "first months after taking office" in copied
    assert "https://example.org/a" in copied
    assert texts(page, "#said") == ["Copied the citation."]
    assert page.get_attribute("#said", "role") == "status"
    page.click("text=Copy link to this view")
    page.wait_for_timeout(100)
    assert texts(page, "#said") == ["Copied the link to this view."]
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.locator("[data-copy=event]:visible").first.click()
    page.wait_for_timeout(100)
    assert page.evaluate("navigator.clipboard.readText()").endswith("#event=e00000000000")


def test_csv_cells_are_not_formulas(browser, tmp_path):
    story = letters_story()
    story.events["title"] = '=HYPERLINK("x"),y'
    write_report(story, tmp_path / "x.html")
    page = browser.new_page()
    page.goto((tmp_path / "x.html").as_uri())
    page.wait_for_selector("html[data-ready=all]")
    with page.expect_download() as download:
        page.click("text=Events as CSV")
    assert '"\'=HYPERLINK(""x""),y"' in Path(download.value.path()).read_text(encoding="utf-8-sig")
    page.close()


def test_without_javascript_the_words_and_a_picture_are_there(opened):
    page = opened("letters.html", script=False)
    assert page.locator("[data-part=figure] svg").is_visible()
    assert len(texts(page, ".events > li")) == 8
    page.locator(".events summary").first.click()
    assert page.locator(".events mark").first.is_visible()
    assert "Tehran is negotiating seriously" in page.locator(".articles").inner_text()
    assert page.locator("button:visible").count() == 0


def test_many_events_stay_light(opened):
    """20,000 events: few nodes, at most 800 marks and 60 labels, and no two labels meet."""
    page = opened("many.html")
    assert page.evaluate("document.querySelectorAll('*').length") < 2500
    assert page.locator(".stage .points path, .stage .scatterlayer .point").count() <= 800
    boxes = page.evaluate(
        "[...document.querySelectorAll('.stage .textpoint text')].map(t => { const b = t.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })"
    )
    assert 20 <= len(boxes) <= 60
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 3 or b[3] <= a[1] + 3
    page.click("[data-part=more]")
    page.wait_for_timeout(100)
    assert page.evaluate("document.querySelectorAll('*').length") < 2500
    page.fill("[name=q]", '"Envoy signs treaty"')
    page.wait_for_timeout(600)
    assert all("Envoy signs treaty" in text for text in texts(page, "[data-part=list] .what"))
    assert page.evaluate("document.querySelectorAll('.stage .points path').length") > 3


def test_paper_shows_every_event_with_its_citations(opened):
    page = opened("letters.html")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("[data-part=list] details[open]").count() == 8
    assert page.locator("#printed svg").is_visible()
    assert not page.locator(".stage").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator("#printed svg").count() == 0


@pytest.fixture(scope="session")
def axe(tmp_path_factory):
    if shutil.which("npm") is None:
        pytest.skip("npm is not there to fetch axe-core")
    folder = tmp_path_factory.mktemp("axe")
    done = subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", str(folder), "axe-core"], capture_output=True, timeout=120)  # fmt: skip
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if done.returncode or not script.exists():
        pytest.skip("axe-core could not be fetched from npm")
    return script.read_text(encoding="utf-8")


def violations(page, axe):
    page.evaluate(axe + ";null")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["letters.html", "many.html", "page.html", "slides.html"])
def test_axe_finds_no_violation(opened, axe, name, scheme):
    page = opened(name, scheme=scheme)
    if name == "letters.html":
        for summary in page.locator("[data-part=list] summary").all()[:6]:
            summary.click()
    assert violations(page, axe) == []


@pytest.mark.parametrize("width", [390, 1200])
def test_exported_notebook_draws_its_figures(opened, width):
    page = opened("page.html", width=width)
    assert page.locator(".plot .main-svg").count() >= 2
    assert page.locator(".heatmaplayer image, .heatmaplayer .hm").count() >= 1
    assert overflow(page) <= 0
    assert page.locator("details.code[open]").count() == 0
    page.click("#fold")
    assert page.locator("details.code[open]").count() == 2


def test_slides_turn_with_the_keys(opened):
    page = opened("slides.html")
    assert page.locator(".slide.now h1").is_visible()
    assert (
        page.locator(".fragment").first.evaluate("e => getComputedStyle(e).visibility") == "hidden"
    )
    page.keyboard.press("ArrowRight")
    assert (
        page.locator(".fragment").first.evaluate("e => getComputedStyle(e).visibility") == "visible"
    )
    page.keyboard.press("ArrowRight")
    assert page.locator("#where").inner_text().endswith("2 / 3")
    page.wait_for_timeout(200)
    assert page.locator(".slide.now .main-svg").first.is_visible()
    page.keyboard.press("End")
    assert page.url.endswith("#3")
    page.keyboard.press("Home")
    assert page.locator("#where").inner_text() == "1 / 3"
    page.set_viewport_size({"width": 1200, "height": 300})
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert page.locator("#where").inner_text() == "more below · 2 / 3"
    page.keyboard.press("Space")
    assert page.url.endswith("#2"), "space goes down a long slide before it turns"
