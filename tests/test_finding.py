"""What is found in serialised markup is what the parser's own tree says, of any page."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaner.segment.finding import Element, authored, linking, marked, told
from cleaner.segment.reading import read_markup

PATHS = ("/author", "/by/", "/staff/")
TAGS = st.sampled_from("div span p a time section address byline em h2 li x-card".split())
VOID = st.sampled_from("br img meta link input hr".split())
VALUES = st.sampled_from(
    [
        "", "author", "x AUTHOR", "name", "canonical", "Canonical", "canonical x", "postByline", "SIGNATURE",
        "username", "a username\tb", "xusername", "Caution", "/authors/x", "/by/x", "a/staff",
        "/staff/y?a=1&b=2",        'a "b" <c> & d\xa0e', "x itemprop=", "é中😀", "datePublished", "og:title",
    ]
)  # fmt: skip
STEMS = (b"aut", b"byline", b"signature")
NAMES = st.sampled_from("class rel href itemprop id property content data-x title".split())
ATTRIBUTES = st.dictionaries(NAMES, VALUES, max_size=3)
TEXTS = st.sampled_from(
    ["Dana Holt", " by ", "\n", "4 < 5 & 6 > 5 \xa0", "é中😀", "<!-- a > b -->", "x", " 12 May"]
)


def tag(name: str, attributes: dict[str, str]) -> str:
    written = (f'{key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{' '.join([name, *written])}>"


PAGES = st.recursive(
    TEXTS | st.builds(tag, VOID, ATTRIBUTES),
    lambda inner: st.builds(
        lambda name, attributes, parts: f"{tag(name, attributes)}{''.join(parts)}</{name}>",
        TAGS,
        ATTRIBUTES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


def parsed(html: str) -> tuple[LexborNode, bytes]:
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    return body, (body.html or "").encode()


def once(nodes: list[LexborNode]) -> list[LexborNode]:
    """Without repetitions: a query names an element once for each of its alternatives."""
    return list({node.mem_id: node for node in nodes}.values())


def attributes_of(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def parents(node: LexborNode) -> list[LexborNode]:
    around = []
    while node.tag != "body" and node.parent is not None and len(around) < 5:
        node = node.parent
        around.append(node)
    return around


def assert_same(found: list[Element], nodes: list[LexborNode]) -> None:
    assert [(element.tag, element.attributes) for element in found] == [
        (node.tag, attributes_of(node)) for node in nodes
    ]
    for element, node in zip(found, nodes, strict=True):
        assert element.text(" ") == node.text(separator=" ")
        assert [(around.tag, around.attributes) for around in element.around] == [
            (parent.tag, attributes_of(parent)) for parent in parents(node)
        ]
        named, inner = element.first("itemprop", "name"), node.css("[itemprop=name]")
        inner = [other for other in inner if other.mem_id != node.mem_id]
        assert (named is not None) == bool(inner)
        if named is not None:
            assert (named.tag, named.text("|")) == (inner[0].tag, inner[0].text(separator="|"))


@given(PAGES)
def test_marked_elements_are_those_of_the_tree(html: str) -> None:
    body, markup = parsed(html)
    nodes = once(body.css("time,[itemprop],meta,title,link[rel=canonical]"))
    found = [
        node for node in nodes if node.tag != "link" or node.attributes.get("rel", "").lower() == "canonical"
    ]
    assert_same(marked(markup), found)
    *_, in_passing = read_markup(markup)
    assert_same(in_passing, found)


@given(PAGES)
def test_elements_of_authors_are_those_of_the_tree(html: str) -> None:
    body, markup = parsed(html)
    query = (
        "[rel~=author],byline,address,[class*=aut i],[class*=byline i],[class*=signature i],.username"
        ",a[href*='/aut']"
    )
    assert_same(authored(markup, STEMS), once(body.css(query)))


@given(PAGES)
def test_links_to_people_are_those_of_the_tree(html: str) -> None:
    body, markup = parsed(html)
    nodes = [
        node for node in body.css("a[href]") if any(path in (node.attributes["href"] or "") for path in PATHS)
    ]
    assert_same(linking(markup, tuple(path.encode() for path in PATHS)), nodes)


@given(PAGES, st.sampled_from(["og:title", "author"]))
def test_what_is_told_is_what_the_first_meta_element_says(html: str, name: str) -> None:
    body, markup = parsed(html)
    node = body.css_first(f'meta[property="{name}"]')
    assert told(marked(markup), "property", name) == (
        attributes_of(node).get("content", "") if node else None
    )


@pytest.mark.parametrize("enough", [0, 5, 100])
def test_no_more_text_is_gathered_than_asked_for(enough: int) -> None:
    (element,) = marked(b'<p itemprop="author">' + b"<b>Dana</b> " * 50 + b"</p>")
    text = element.text("", enough)
    assert len(text) > enough
    assert len(text) <= enough + 4 or enough == 0
    assert element.text("").startswith(text)


@pytest.mark.parametrize(
    "markup", [b"", b"<", b"<time", b"<time itemprop", b'<time a="', b"</p></p><time>x", b"<!-- <time>"]
)
def test_markup_that_is_cut_off_is_read_to_its_end(markup: bytes) -> None:
    for element in (*marked(markup), *authored(markup, STEMS), *linking(markup, (b"/by/",))):
        assert element.tag
        assert element.attributes in ({}, {"itemprop": ""})
        element.text(" ")


@pytest.mark.parametrize(
    "odd",
    ['<x\x1c=é"y>', "<x\x0b>", '<time =é="x" é\x1f="y">', "<time =>", "<time a\"b='c'>", "<time x=é y==z>"],
)
def test_odd_names_are_read_as_the_parser_wrote_them(odd: str) -> None:
    body, markup = parsed(f"{odd}<time itemprop=a>4 May</time>")
    assert_same(marked(markup), once(body.css("time,[itemprop]")))


@pytest.mark.parametrize("name", ["xmp", "noembed", "noframes"])
def test_raw_text_may_be_no_markup(name: str) -> None:
    raw = '<time a="x"é="y"> <p itemprop="a"b=c> <time\tclass=é"é> </p></p> <!-- </xmp x=" > < '
    _, markup = parsed(f"<{name}>{raw}</{name}><time>4 May</time>")
    found = [*marked(markup), *authored(markup, STEMS), *linking(markup, (b"/by/",))]
    assert all(element.tag and element.attributes is not None for element in found)
    assert [around.tag for element in found for around in element.around if not around.attributes]


def test_deep_markup_is_followed() -> None:
    markup = b"<div>" * 5_000 + b"<time>4 May</time>" + b"</div>" * 5_000 + b"<p><time>5 May</time></p>"
    deep, flat = marked(markup)
    assert (deep.text(""), flat.text("")) == ("4 May", "5 May")
    assert [around.tag for around in flat.around] == ["p"]


@pytest.mark.parametrize("raw", ["noframes", "xmp", "noembed"])
def test_stray_end_tags_in_raw_text_do_not_end_the_page(raw: str) -> None:
    _, markup = parsed(f"<{raw}></p></p></div></{raw}><p itemprop=author>Dana Holt</p><time>4 May</time>")
    assert [element.text("") for element in marked(markup)] == ["Dana Holt", "4 May"]
