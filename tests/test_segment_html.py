"""Pages cut into blocks: what a reader sees as a unit is one block, and nothing visible is lost."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cleaner import clean
from cleaner.label.features.names import attr_names
from cleaner.segment.html import Page, parse
from cleaner.segment.look import may_open


def texts(html: str) -> list[str]:
    return [block.text for block in parse(html).blocks]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("<p>un<b>bel</b>iev<i>able</i> news</p>", ["unbelievable news"]),
        ("<p>The <a href=x>mayor</a> of <span>Oldham</span>.</p>", ["The mayor of Oldham."]),
        ("<div>First part<br><br>Second part</div>", ["First part", "Second part"]),
        ("<p>12 High Street<br>Oldham</p>", ["12 High Street\nOldham"]),
        ("<div>Text before <p>inner</p> text after</div>", ["Text before", "inner", "text after"]),
        ("<ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul>", ["One", "Inner", "Two"]),
        ("<table><tr><th>Team</th><th>Points</th></tr><tr><td>Reds</td><td>9</td></tr></table>",
         ["Team | Points", "Reds | 9"]),
        ("<p>Seen<!-- not --> still seen</p>", ["Seen still seen"]),
        ("<p>A</p><script>var x='<p>no</p>'</script><style>p{}</style><p>B</p>", ["A", "B"]),
        ("<p>Shown</p><textarea>Typed in</textarea>", ["Shown"]),
        ("<p>Fish &amp; chips &lt;3 &nbsp; now</p>", ["Fish & chips <3 now"]),
        ("<p>Shown <span style='display:none'>hidden <span>deep</span></span>again</p>", ["Shown again"]),
        ("<p>Link<span class='sr-only'>(opens in a new tab)</span> here</p>", ["Link here"]),
        ("<custom-box><p>In a custom element</p></custom-box>", ["In a custom element"]),
        ("<p>Word <x-tip>with a tip</x-tip> inside</p>", ["Word with a tip inside"]),
        ("<p><ruby>古<rt>ふる</rt></ruby>い<ruby>町<rt>まち</ruby>です</p>", ["古い町です"]),
        ("<p><ruby>弾劾<rp>（</rp><rt>だんがい</rt><rp>）</rp></ruby>訴追</p>", ["弾劾（だんがい）訴追"]),
        (f"<rt>{'Long ' * 60}", [("Long " * 60).strip()]),
        ("<div><div class=drop-cap> T </div>he mayor walked</div>", ["The mayor walked"]),
        ("<p><div>É</div>tudiants et profs</p>", ["Étudiants et profs"]),
        ("<div><div>A</div> small word</div>", ["A", "small word"]),
        ("<h3>A</h3>aardvark", ["A", "aardvark"]),
        ("<ul><li>The <x-term>tender</x-term> will be out</li></ul>", ["The tender will be out"]),
        ("<div>Share: <x-a>Mail</x-a><x-a>Print</x-a></div>", ["Share:", "Mail", "Print"]),
        ("<p>Its <button>gross <i>tons</i></button> rose</p>", ["Its gross tons rose"]),
        ("<p>Its <button class='sr-only'>tonnage, explained</button> size rose</p>", ["Its size rose"]),
        ("<div>Text <button><div>Press</div></button> more</div>", ["Text", "Press", "more"]),
        ("<table><tr><td>Home<td><p>News</p></table>", ["Home", "News"]),
        ("<p>&#8203;</p><p>&shy;</p><p>Seen</p>", ["Seen"]),
        ("<pre><div>if x:</div><div>    go()</div></pre><p>After</p>", ["if x:\n    go()", "After"]),
        ("<p>It is <math><mi>x</mi><annotation>\\frac x1</annotation></math> high</p>", ["It is x high"]),
        ("<p>It is <i class=katex-mathml>x</i><i class=katex-html>x²</i></p>", ["It is x²"]),
        ("<x-news><template shadowrootmode=open><p>Shown</p><template><p>No</p></template></template>"
         "</x-news><template><p>Nor this</p></template><p>After</p>", ["Shown", "After"]),
        ("<x-news><TEMPLATE shadowRootMode=closed><p>Shown, too</p></TEMPLATE></x-news>", ["Shown, too"]),
        ("<frameset><frame src=a><noframes><p>Without frames</p></noframes></frameset>", ["Without frames"]),
        ("<figure><img><figcaption>The square</figcaption></figure>", ["The square"]),
        ("Bare text", ["Bare text"]),
        ("", []),
    ],
)  # fmt: skip
def test_blocks(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


@pytest.mark.parametrize(
    ("attrs", "seen"),
    [
        ("hidden", False),
        ('class="box" hidden=""', False),
        ('class="Visually-Hidden"', False),
        ('class="lead sr-only wide"', False),
        ('class="screen-reader-text"', False),
        ('class="share-screen-reader-text"', False),
        ('class="u-visually-hidden"', False),
        ('class="box element-invisible"', False),
        ('class="assistive-text"', False),
        ('class="screen-reader-only"', False),
        ('class="box hidden wide"', False),
        ('style="color: red; DISPLAY:  none"', False),
        ('style="visibility:hidden"', False),
        ('style="border:0;clip:rect(0 0 0 0);position:absolute"', False),
        ('style="position: absolute; clip: rect(1px, 1px, 1px, 1px)"', False),
        ('style="clip-path: none; clip: rect(10px, 90px, 90px, 10px)"', True),
        ('class="field-label-visually_hidden"', True),
        ('class="hidden md-block"', True),
        ('class="not-sr-only sr-only-focusable"', True),
        ('class="screen-readers"', True),
        ('aria-hidden="true"', True),
        ('data-hidden-by="x" title="now hidden here"', True),
        ('style="display: block; overflow: hidden"', True),
        ("class=hidden-gem style", True),
    ],
)
def test_what_hides_an_element(attrs: str, seen: bool) -> None:
    assert texts(f"<div {attrs}>A man at the bridge</div><p>Shut.</p>")[0] == "A man at the bridge"
    page = parse(f"<div {attrs}>A man at the bridge</div>")
    assert page.elements.hidden[page.blocks[0].element] is not seen
    inline = texts(f"<p>The <span {attrs}>old </span>bridge</p>")
    assert inline == ["The old bridge" if seen else "The bridge"]


def test_the_name_of_a_custom_element_is_one_of_its_classes() -> None:
    page = parse('<comment-item id="c1"><p>I saw it, too.</p></comment-item>')
    element = page.elements.tags.index("comment-item")
    assert attr_names(page.elements.attrs[element]) == ["c1", "comment-item"]


def test_long_lines_between_single_breaks_are_paragraphs() -> None:
    line = "The council met on Monday and spoke for three hours about the bridge, which stays shut."
    assert texts(f"<div>{line}<br>{line} Again.</div>") == [line, f"{line} Again."]


def test_a_row_with_a_long_cell_is_layout_and_its_cells_are_blocks() -> None:
    prose = "The council met on Monday. " * 8
    assert texts(f"<table><tr><td>{prose}</td><td>Menu</td></tr></table>") == [prose.strip(), "Menu"]


@pytest.mark.parametrize(
    ("html", "shape", "level"),
    [
        ("<h2>News</h2>", "heading", 2),
        ("<ul><li>One</li></ul>", "item", 0),
        ("<ul><li><p>One</p></li></ul>", "item", 0),
        ("<blockquote><p>Said</p></blockquote>", "quote", 0),
        ("<p>Plain</p>", "paragraph", 0),
        ("<pre>x = 1</pre>", "code", 0),
    ],
)
def test_shapes(html: str, shape: str, level: int) -> None:
    (block,) = parse(html).blocks
    assert (block.shape, block.level) == (shape, level)


def test_code_keeps_its_lines_and_their_indentation() -> None:
    code = "<pre>\ndef f():\n    return 1  \n\nprint(f())\n\n</pre><pre><code>a<br>b</code></pre>"
    html = f"<p>Set  it\n up:</p>{code}"
    texts = [block.text for block in parse(html).blocks]
    assert texts == ["Set it up:", "def f():\n    return 1\n\nprint(f())", "a\nb"]


def test_links_are_counted_by_their_visible_characters() -> None:
    (block,) = parse("<p>See <a href=x>the report</a> now</p>").blocks
    assert block.link_chars == len("the report")


def test_offsets_point_into_the_visible_text() -> None:
    page = parse("<h1>Head</h1><p>First.</p><p>Second.</p>")
    visible = "\n".join(block.text for block in page.blocks)
    assert all(visible[block.start : block.end] == block.text for block in page.blocks)


def test_the_head_tells_title_description_and_body() -> None:
    page = parse(
        "<title>Bridge shut - The Gazette</title><meta property='og:title' content='Bridge shut'>"
        "<meta name=description content='It stays shut.'>"
        '<script type="application/ld+json">{"articleBody": "It is \\"shut\\"."}</script><p>x</p>'
    )
    assert page.hints.titles == ("Bridge shut - The Gazette", "Bridge shut")
    assert page.hints.description == "It stays shut."
    assert page.hints.article_body == 'It is "shut".'


def test_a_subtree_ends_where_its_last_element_does() -> None:
    elements = parse("<div><section><p>a</p><p>b</p></section><p>c</p></div>").elements
    assert elements.tags == ["body", "div", "section", "p", "p", "p"]
    assert elements.ends == [6, 6, 5, 4, 5, 6]
    assert elements.parents == [-1, 0, 1, 2, 2, 1]


WORDS = st.text(alphabet="abcdefghij", min_size=1, max_size=6)
TAGS = st.sampled_from(["p", "div", "li", "span", "b", "h2", "td", "a", "x-y", "em", "section", "button"])


@given(
    st.recursive(
        WORDS,
        lambda inner: st.builds(
            lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=4)
        ),
        max_leaves=25,
    )
)
def test_every_visible_word_is_in_a_block(html: str) -> None:
    page: Page = parse(html)
    seen = " ".join(block.text for block in page.blocks).replace("|", " ").split()
    body = page.tree.body
    assert body is not None
    assert sorted("".join(seen)) == sorted("".join(body.text(separator=" ").split()))


SPACES = " \t\n\x0b\x0c\x1c\x1f\x85\xa0\u1680\u2003\u2028\u202f\u205f\u3000"


@given(st.text(st.one_of(st.sampled_from(SPACES + '&<>"é中😀'), st.characters(codec="utf-8")), max_size=60))
def test_white_space_is_collapsed_and_escapes_are_resolved_as_python_would(text: str) -> None:
    text = "".join(char for char in text if char.isprintable() or char in SPACES)
    blocks = parse(f"<p>{escape(text)}</p>").blocks
    assert [block.text for block in blocks] == [" ".join(text.split())] * bool(text.split())


@pytest.mark.parametrize(
    ("html", "texts", "links"),
    [
        ('<p>Text <a style="display:none" href=x>skip</a>and more</p>', ["Text and more"], [0]),
        ("<p><span hidden>a <span>b</span> c</span>Seen <a href=x>here</a></p>", ["Seen here"], [4]),
        ("<p>One<!-- > <b>no</b> --> two<!doctype x> three</p>", ["One two three"], [0]),
        ('<p title="a > b" data-x=\'"c"\'>Odd &amp;lt; attributes</p>', ["Odd &lt; attributes"], [0]),
        ("<my-card>One</my-card><my-card>Two</my-card>", ["One", "Two"], [0, 0]),
        ("<p>In <my-tip>a line</my-tip> it is inline</p>", ["In a line it is inline"], [0]),
        ("<p><a href=x> two \u3000 words </a></p>", ["two words"], [9]),
        ("<select><option>A<option>B</select>", ["A B"], [0]),
    ],
)
def test_markup_is_read_as_a_reader_sees_it(html: str, texts: list[str], links: list[int]) -> None:
    blocks = parse(html).blocks
    assert [block.text for block in blocks] == texts
    assert [block.link_chars for block in blocks] == links


def linked(*entries: str) -> str:
    return "".join(f"<li><a href=x>{entry}</a>" for entry in entries)


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        (f"<ul>{linked('Home', 'Sport', 'Letters')}</ul>", [("menu", "Home\nSport\nLetters")]),
        (
            f"<nav><a href=x>Home</a><ul>{linked('Sport', 'Letters')}</ul></nav><p>Text",
            [("menu", "Home\nSport\nLetters"), ("paragraph", "Text")],
        ),
        (
            f"<ul>{linked('News', 'Sport')}<li><ul>{linked('Chess', 'Golf', 'Bowls')}</ul></ul>",
            [("menu", "News\nSport\nChess\nGolf\nBowls")],
        ),
        (f"<ul>{linked('Home', 'Sport')}</ul>", [("item", "Home"), ("item", "Sport")]),
        (
            f"<ul>{linked('Home', 'Sport')}<li>rain</ul>",
            [("item", "Home"), ("item", "Sport"), ("item", "rain")],
        ),
        (
            f"<ul>{linked('Home', 'Sport', 'The bridge over the river is shut until the spring')}</ul>",
            [
                ("item", "Home"),
                ("item", "Sport"),
                ("item", "The bridge over the river is shut until the spring"),
            ],
        ),
    ],
)
def test_a_list_of_short_links_is_one_block(html: str, blocks: list[tuple[str, str]]) -> None:
    page = parse(html)
    assert [(block.shape, block.text) for block in page.blocks] == blocks
    visible = "\n".join(block.text for block in page.blocks)
    assert [visible[block.start : block.end] for block in page.blocks] == [
        block.text for block in page.blocks
    ]
    assert len(page.inline_attrs) == len(page.blocks)


def test_entries_of_a_menu_stand_in_the_ledger_one_by_one() -> None:
    prose = "<p>The council voted on Tuesday to rebuild the old bridge over the river within two years.</p>"
    article = clean(f"<nav><ul>{linked('Home', 'Sport', 'Letters')}</ul></nav>{prose * 3}", kind="html")
    assert [(one.text, one.label) for one in article.removed[:3]] == [
        ("Home", "navigation"),
        ("Sport", "navigation"),
        ("Letters", "navigation"),
    ]


def test_a_frameset_page_is_cleaned() -> None:
    article = clean(
        "<title>Pier</title><frameset><frame src=a><noframes><h1>Pier to be rebuilt</h1><p>Jane Roe</p>"
        "<p>The board voted on Tuesday to rebuild it.</p></noframes></frameset>"
    )
    assert article.title == "Pier to be rebuilt"


def test_prose_in_a_layout_cell_is_no_row() -> None:
    prose = "The board voted on Tuesday to rebuild the pier, as it had said it would. " * 3
    (block, row) = parse(f"<table><tr><td>{prose}</td></tr><tr><td>Ships</td><td>12</td></tr></table>").blocks
    assert (block.shape, row.shape) == ("paragraph", "row")


@pytest.mark.parametrize("tag", ["x-term", "button"])
def test_unclosed_terms_cost_linear_time(tag: str) -> None:
    html = f"<p>{f'word <{tag}>' * 20_000}"
    assert parse(html).blocks


TAG_PARTS = ["<SVG>", "<svg/x>", "</canvas>", "<canvas a>", "< video>", "<vi", "x", "<", "<<audio"]


@given(st.lists(st.sampled_from(TAG_PARTS)))
def test_names_that_no_tag_may_have_are_known(parts: list[str]) -> None:
    html = "".join(parts)
    tree = LexborHTMLParser(html)
    there = [name for name in ("svg", "canvas", "video", "audio") if tree.css_first(name) is not None]
    assert set(there) <= set(may_open(html.encode(), ["svg", "canvas", "video", "audio"]))
    assert may_open(b"<p>svg</video>", ["svg", "video"]) == []
