"""Pages that hold their article only as data show it; pages that show one are left alone."""

from __future__ import annotations

import json

from cleaner.segment.embedded import reveal
from cleaner.segment.html import parse

PARAGRAPHS = [
    f"The council of Oldham voted on day {day} to keep the bridge shut until engineers have "
    "looked at every one of its forty piers, which will take them until the spring."
    for day in range(1, 6)
]
HTML = "".join(f"<p class='b'>{text}</p>" for text in PARAGRAPHS)
SHELL = "<html><body><div id=root>Loading</div>{}</body></html>"


def blocks(html: str) -> list[str]:
    return [block.text for block in reveal(parse(html), html).blocks]


def test_html_in_the_data_of_a_framework() -> None:
    data = json.dumps({"props": {"page": {"title": "x" * 400, "html": HTML}}}).replace("<", "\\u003c")
    assert blocks(SHELL.format(f"<script id=__DATA__>{data}</script>")) == ["Loading", *PARAGRAPHS]


def test_html_in_a_string_in_a_string() -> None:
    data = json.dumps(json.dumps({"content": f"<div>{HTML}</div>"}))
    assert blocks(SHELL.format(f"<script>push([1,{data}])</script>")) == ["Loading", *PARAGRAPHS]


def test_the_body_that_json_ld_states() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(PARAGRAPHS)})
    html = SHELL.format(f'<script type="application/ld+json">{data}</script>')
    assert blocks(html) == ["Loading", *PARAGRAPHS]


def test_a_page_that_shows_its_article_is_left_alone() -> None:
    html = f"<body>{HTML}<script>x = {json.dumps({'html': HTML.replace('Oldham', 'Newham')})}</script></body>"
    assert blocks(html) == PARAGRAPHS


def test_scripts_without_an_article_change_nothing() -> None:
    broken = '"<p>\\q' + "x" * 400 + '<p>"'
    assert blocks(SHELL.format(f"<script>a = {broken}; b = '{HTML}'</script>")) == ["Loading"]


def test_what_stands_in_for_scripts_is_shown_where_nothing_else_is() -> None:
    html = SHELL.format(f"<noscript><p>Please turn on JavaScript.</p></noscript><noscript>{HTML}</noscript>")
    assert blocks(html) == ["Loading", *PARAGRAPHS]
    page = f"<body>{HTML}<noscript>{HTML}</noscript></body>"
    assert blocks(page) == PARAGRAPHS


def test_data_in_a_push_call_is_a_string_in_a_string_in_a_string() -> None:
    state = json.dumps({"route": "/bridge", "payload": json.dumps({"story": {"html": HTML}})})
    chunk = json.dumps(f"4:{state}")
    assert blocks(SHELL.format(f"<script>self.chunks.push([1,{chunk}])</script>")) == ["Loading", *PARAGRAPHS]


def test_the_article_may_stand_behind_much_other_data() -> None:
    other = json.dumps({f"port {number}": f"opens at {number}" for number in range(20_000)})
    scripts = f"<script>ports = {other}</script><script>story = {json.dumps({'html': HTML})}</script>"
    assert blocks(SHELL.format(scripts)) == ["Loading", *PARAGRAPHS]


def test_prose_with_some_links_in_it_is_prose_and_links_alone_are_none() -> None:
    data = f"<script>x = {json.dumps({'html': HTML.replace('Oldham', 'Newham')})}</script>"
    stories = [
        f"In ward {ward} the vote was close, as <a href=/w{ward}>our report on ward {ward} told</a> "
        "on Monday, and both sides have asked for another count of all the papers."
        for ward in range(1, 5)
    ]
    page = "<body>" + "".join(f"<p>{text}</p>" for text in stories) + data
    shown = [block.text for block in parse(page).blocks]
    assert blocks(page) == shown
    teasers = "<body>" + "".join(f"<p><a href=/p>{text}</a></p>" for text in PARAGRAPHS) + data
    assert [text for text in blocks(teasers) if "Newham" in text]


def test_a_notice_in_a_shell_is_no_article() -> None:
    notice = f"<p>{PARAGRAPHS[0]}</p>"
    data = json.dumps({"html": HTML.replace("Oldham", "Newham")})
    assert len(blocks(f"<body>{notice}<script>x = {data}</script>")) == 1 + len(PARAGRAPHS)
    lines = "".join(f"<p>Ward {ward} votes on Monday.</p>" for ward in range(40))
    assert len(blocks(f"<body>{lines}<script>x = {data}</script>")) == 40 + len(PARAGRAPHS)
