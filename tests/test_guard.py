"""The guard: hostile shapes are rewritten so that they parse, normal pages are left alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cleaner.segment import guard, limits
from cleaner.segment.census import draws_doubtfully, keeps_limits
from cleaner.segment.guard import tame

BEFORE: Final = "The council voted on Tuesday to rebuild the old bridge over the river within two years."
AFTER: Final = "Work on the bridge is expected to begin in spring, once the spring floods have gone down."


def article(paragraph: str) -> str:
    return "".join(f"<p>{paragraph} Paragraph {number}.</p>\n" for number in range(5))


def page(hostile: str) -> str:
    closing = "</select></script></style></title></table></svg></math>-->"
    head = "<html><head><title>Bridge</title></head>"
    return f"{head}<body>{article(BEFORE)}{hostile}{closing}{article(AFTER)}</body></html>"


def numbered(pattern: str) -> Callable[[int], str]:
    return lambda count: "".join(pattern.replace("#", str(number)) for number in range(count))


def repeated(pattern: str, before: str = "") -> Callable[[int], str]:
    return lambda count: before + pattern * count


SHAPES: Final[dict[str, Callable[[int], str]]] = {
    "nested divs": repeated("<div>"),
    "nested and closed divs": lambda count: "<div>" * count + "x" + "</div>" * count,
    "nested lists": repeated("<ul><li>x"),
    "nested definition lists": repeated("<dl><dt>x<dd>"),
    "nested details": repeated("<details><summary>x"),
    "nested tables": repeated("<table><tr><td>"),
    "nested quotations": repeated("<blockquote>x"),
    "nested spans": repeated("<span>x"),
    "nested unknown elements": repeated("<x-y>"),
    "nested drawings": repeated("<svg><g>"),
    "nested formulas": repeated("<math><mi>"),
    "attributes in a tag": lambda count: f"<p {' '.join(f'a{number}=1' for number in range(count))}>x</p>",
    "bare attributes in a tag": lambda count: f"<p {' '.join(f'a{number}' for number in range(count))}>x</p>",
    "attributes of different names": numbered("<i a#=1></i>"),
    "attributes of the body": numbered("<body a#=1>"),
    "attributes of the root": numbered("<html a#=1>"),
    "options": repeated("<option>x", "<select>"),
    "closed options": repeated("<option>x</option>", "<select>"),
    "options in groups": repeated("<optgroup><option>x", "<select>"),
    "unclosed formatting": numbered("<p><b id=#>x"),
    "unclosed fonts": numbered("<p><font color=#>x"),
    "unclosed plain formatting": repeated("<p><i>x"),
    "formatting across blocks": repeated("<b><div></div>"),
    "formatting in a table": numbered("<b id=#>x"),
    "wrong end tags of formatting": lambda count: (
        "".join(f"<b id={number}>" for number in range(200)) + "<div>" * 200 + "</b>" * count
    ),
    "misnested formatting": repeated("<a><b><div></a></b>"),
    "links and blocks unclosed": repeated("<a href=x><div>x"),
    "end tags of paragraphs": repeated("</p>"),
    "end tags of breaks": repeated("</br>"),
    "paragraphs": repeated("<p>x"),
    "paragraphs in a table": repeated("<p>x", "<table>"),
    "paragraphs in buttons": repeated("<button><p>x"),
    "cells outside a table": repeated("<tr class=x><td class=y>x", "<div>"),
    "text between cells": repeated("words in a row<td class=y>", "<table><tr>"),
    "forms in a form": repeated("words in a row<form class=y>"),
    "heads in the body": repeated("words in a row<head class=y>"),
    "captions outside a table": repeated("words in a row</caption><caption class=y>"),
    "comments": repeated("<!--x-->"),
    "comments that do not end": repeated("<!--"),
    "divs in a drawing that do not close themselves": repeated("<div/>x", "<svg>"),
    "end tags in comments of sorts": repeated("<div>x<!</div>"),
    "character data": repeated("<![CDATA["),
    "processing instructions": repeated("<?x "),
    "less-than signs": repeated("<"),
    "less-than signs and digits": repeated("<1"),
    "unclosed tags": repeated("<a "),
    "unclosed quotes": repeated("<a b='"),
    "unclosed end tags": repeated("</"),
    "entities": repeated("&amp;&notit;&#x80;"),
    "NULs": repeated("\0"),
    "line breaks": repeated("<br>"),
    "classes": lambda count: f"<p class='{'x ' * count}'>x</p>",
    "one long word": repeated("x"),
}


def seconds(html: str) -> tuple[float, str]:
    """How long taming, parsing, stripping, searching and serialising take, and the text of the page."""
    begun = time.process_time()
    tree = LexborHTMLParser(tame(html))
    tree.strip_tags(["script", "style"])
    tree.css("p")
    assert tree.body is not None
    assert tree.body.html
    return time.process_time() - begun, tree.body.text()


@pytest.mark.parametrize("size", [60_000, 1_500_000])
@pytest.mark.parametrize("name", SHAPES)
def test_hostile_shapes_parse_in_time_and_keep_the_article(name: str, size: int) -> None:
    shape = SHAPES[name]
    html = page(shape(max(1, size * 100 // len(shape(100)))))
    spent, text = seconds(html)
    assert spent < 2.0
    assert [text.count(BEFORE), text.count(AFTER)] == [5, 5]


def test_an_untamed_page_shows_that_the_guard_is_needed() -> None:
    html = page(SHAPES["unclosed formatting"](1_500))
    begun = time.process_time()
    LexborHTMLParser(html)
    untamed = time.process_time() - begun
    assert untamed > 3 * seconds(html)[0]


def normal(paragraphs: int) -> str:
    head = '<meta charset="utf-8"><link rel="icon" href="/i.png">' * 20
    script = (
        "<script>" + "for (var i = 0; i < n; i++) { if (a<b && c>d) { x = '</p>'; } }\n" * 400 + "</script>"
    )
    item = (
        '<div class="par"><p>Text with <b>bold</b>, <a href="/x?a=1&b=2">links</a> and <br>breaks.'
        f'<img src="/a.png" alt="a"></p><ul><li>One<li>Two</ul></div><!-- ad --> {BEFORE}'
    )
    table = "<table>" + "<tr><td>1<td>2" * 50 + "</table>"
    options = "<select>" + "<option value=1>Country" * 250 + "</select>"
    nested = "<div>" * 60 + "deep" + "</div>" * 60
    return f"<html><head>{head}{script}</head><body>{item * paragraphs}{table}{options}{nested}</body></html>"


@pytest.mark.parametrize("paragraphs", [1, 100, 1_000, 3_000])
def test_normal_pages_are_untouched(paragraphs: int) -> None:
    html = normal(paragraphs)
    assert tame(html) == html.encode()


def test_a_normal_page_is_not_read_tag_by_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    html = normal(900).encode()
    monkeypatch.delattr(guard, "_Limiter")
    assert 250_000 < len(html) < 350_000
    assert tame(html) is html


@pytest.mark.parametrize("count", [limits.MAX_DEPTH, limits.MAX_DEPTH + 1, 3_000])
def test_depth_is_limited_and_text_beyond_is_kept(count: int) -> None:
    html = page("".join(f"<div>text {number} " for number in range(count)) + "</div>" * count)
    tamed = guard._Limiter().rewrite(html)
    assert (tamed == html) == (count <= limits.MAX_DEPTH)
    text = LexborHTMLParser(tamed).body.text()
    assert all(f"text {number} " in text for number in range(count))
    assert text.count(AFTER) == 5


def test_attributes_beyond_the_limit_go_and_the_first_stay() -> None:
    attributes = " ".join(f'data-{number}="a > b"' for number in range(limits.MAX_ATTRIBUTES + 50))
    tree = LexborHTMLParser(guard._Limiter().rewrite(f'<p class="lead" {attributes}>x</p>'))
    found = tree.css_first("p").attributes
    assert found["class"] == "lead"
    assert len(found) == limits.MAX_ATTRIBUTES
    assert tree.css_first("p").text() == "x"


PIECES = """
    <div> </div> <b> </b> <a </a> <li> <table> <td> </table> <html> <option> <p> </p> <svg> <g/> </svg>
    <form> </form> <script> </script> <!-- --> <!--> <! <? </1> <div/> <head x='>'> <i a=">"> =" ' <q a=b c
    > < </ text
""".split()


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.integers(1, 300), st.sampled_from(["", " "]))
def test_what_keeps_the_limits_is_left_as_it_is(pieces: list[str], times: int, between: str) -> None:
    html = between.join(pieces) * times + between.join(reversed(pieces))
    if keeps_limits(html.encode()):
        assert guard._Limiter().rewrite(html) == html


MASKS: Final = {
    "a style in a drawing": "<svg><style></svg>",
    "a title in a drawing": "<svg><title>",
    "words in a formula": "<math><textarea>",
    "an end in an attribute": '<script a="</script><!--"></script>',
    "character data": "<svg><![CDATA[ > <script> ]]></svg>",
    "a table in a drawing": "<svg><foreignObject><table></svg></table></foreignObject><style></svg>",
    "a paragraph in a drawing": "<svg><p><style></p>",
    "a self-closing style": "<svg><desc><style/></desc></svg>",
    "a comment in a style": "<svg><style><!--</style></svg>",
}
"""What makes the parser see other tags than a plain reader of the page does."""
SLOW_EARLY = ("bare attributes in a tag", "unclosed formatting", "formatting across blocks", "options")
"""Shapes that take the parser longer than the rest at a size that a suite can afford."""


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("name", SHAPES)
def test_hostile_shapes_parse_in_time_behind_masks(name: str, mask: str) -> None:
    shape = SHAPES[name]
    size = 250_000 if name in SLOW_EARLY else 50_000
    html = page(MASKS[mask] + shape(max(1, size * 100 // len(shape(100)))))
    assert seconds(html)[0] < (0.5 if name in SLOW_EARLY else 0.2)


@pytest.mark.parametrize("mask", MASKS)
def test_masks_between_hostile_tags_hide_none(mask: str) -> None:
    tags = "".join(
        f"{MASKS[mask]}</b></p>--></textarea></style></title></svg></math><b id={i}><p>" for i in range(3_000)
    )
    assert seconds(page(tags))[0] < 0.5


def test_attributes_of_scripts_are_counted_as_well() -> None:
    html = page("".join(f"<iframe a{number}=1></iframe>" for number in range(2 * limits.MAX_NAMES)))
    assert not keeps_limits(html.encode())
    tamed = tame(html).decode()
    assert f"<iframe a{limits.MAX_NAMES - 1}=1>" in tamed
    assert f"a{2 * limits.MAX_NAMES - 1}=1" not in tamed
    assert tamed.count("</iframe>") == 2 * limits.MAX_NAMES


DRAWING = (
    '<svg class="icon"><title>Menu</title><desc>Three lines</desc><defs><style type="text/css">'
    '<![CDATA[ .a > .b {} ]]></style></defs><g><path d="M0 0"/><text>Hi</text></g><title/></svg>'
    "<math><mi>x</mi><mo>=</mo></math>"
)


def test_plain_drawings_are_left_alone() -> None:
    script = "<script>if (a<b) document.write('<p>')</script><style>p > b {}</style>"
    html = page((DRAWING + script + "<p>A paragraph</p>") * 2_000)
    assert keeps_limits(html.encode())
    assert not draws_doubtfully(html.encode())


def test_doubtful_drawings_are_taken_apart() -> None:
    doubtful = "<svg><g><p>Text</p><style>p{}</style></g></svg>"
    assert not keeps_limits(doubtful.encode())
    assert guard._Limiter(drawings=False).rewrite(doubtful) == "<g><p>Text</p><style>p{}</style></g>"


@pytest.mark.parametrize("name", SHAPES)
def test_the_close_look_finds_every_hostile_shape(name: str) -> None:
    html = page(SHAPES[name](20_000))
    if html.count("<") <= limits.MAX_TAGS and guard._Limiter().rewrite(html) != html:
        assert not keeps_limits(html.encode())


@pytest.mark.parametrize(
    ("many", "most"),
    [
        ("<div>", limits.MAX_DEPTH),
        ("<b>", limits.MAX_FORMATTING),
        ("</b>", limits.MAX_UNMATCHED),
        ("<option>", limits.MAX_OPTIONS),
        ("<td>", limits.MAX_IGNORED),
        ("<body>", limits.MAX_ROOTS),
    ],
)
def test_the_close_look_knows_each_limit(many: str, most: int) -> None:
    assert keeps_limits(many.encode() * most)
    assert not keeps_limits(many.encode() * (most + 1))


def test_the_close_look_counts_attributes_and_their_names() -> None:
    def tag(first: int, count: int) -> bytes:
        return b"<p%s>" % b"".join(b" a%d='x y'" % i for i in range(first, first + count))

    assert keeps_limits(tag(0, limits.MAX_ATTRIBUTES) * 9)
    assert not keeps_limits(tag(0, limits.MAX_ATTRIBUTES + 1))
    assert not keeps_limits(b"".join(tag(100 * i, 100) for i in range(limits.MAX_NAMES // 100 + 1)))


def test_scripts_styles_and_comments_are_not_taken_for_tags() -> None:
    for raw in ("<script>%s</script>", "<style>%s</style>", "<!--%s-->", "<textarea>%s</textarea>"):
        html = raw % ("<div>" * 5_000) + "<p>x</p>"
        assert guard._Limiter().rewrite(html) == html


def test_a_self_closing_drawing_does_not_nest() -> None:
    html = "<svg>" + '<path d="M0 0"/>' * 5_000 + "</svg><div>x</div>"
    assert guard._Limiter().rewrite(html) == html
