"""The safety text, the page for the one who was asked, and help lines: as blocks, and as a page to print."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from voice_guide.helplines import HelpLine, help_lines
from voice_guide.home import storage_error
from voice_guide.share import share_folder

__all__ = [
    "MADE_BY",
    "Block",
    "HelpLine",
    "as_html",
    "blocks",
    "help_lines",
    "page_for_the_one_asked",
    "safety_text",
]

MADE_BY = '<meta name="generator" content="Voice Guide" />'
"""By which a page of ours is known again."""

_HELP_TITLE = "Whom to call"
_HELP_NOTE = "Numbers and hours change. Please check them before you rely on them."

Span = tuple[str, str]
"""A tag (`em`, `strong`, `code`, or none) and its text."""

_SPANS = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*]+)\*")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or an item of a list."""

    tag: str
    """`h1`, `h2`, `h3`, `p` or `li`."""
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """Its words, without any mark."""
        return "".join(text for _, text in self.spans)


def safety_text() -> str:
    """What to know before an evening, as Markdown. Raises StorageError."""
    return _shipped("safety.md")


def page_for_the_one_asked() -> str:
    """The page for the partner who was asked to join, as Markdown. Raises StorageError."""
    return _shipped("for-the-one-who-was-asked.md")


def blocks(markdown: str, lines: Sequence[HelpLine] = ()) -> tuple[Block, ...]:
    """The text and the help lines below it, piece by piece.

    Of Markdown it knows headings, paragraphs, lists, emphasis and `code`; everything else is plain text.
    """
    found: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", markdown.strip()):
        for piece in re.split(r"\n(?=- |#)", paragraph):
            mark, _, rest = piece.partition(" ")
            tag = {"#": "h1", "##": "h2", "###": "h3", "-": "li"}.get(mark, "p")
            found.append(Block(tag, _spans(" ".join((piece if tag == "p" else rest).split()))))
    return (*found, *_help(lines))


def as_html(markdown: str, title: str, lines: Sequence[HelpLine] = ()) -> str:
    """One page that needs nothing else: no script, nothing remote; for a screen, a phone, and paper.

    Raises StorageError.
    """
    head = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8" />',
        '<meta name="viewport" content="width=device-width, initial-scale=1" />',
        '<meta name="color-scheme" content="light dark" />',
        MADE_BY,
        f"<title>{html.escape(title)}</title>",
        f"<style>\n{_shipped('page.css')}</style>",
        "</head>",
    ]
    kind = "lines many" if len({line.country for line in lines}) > 1 else "lines"
    body = ["<body>", "<main>", *_sections(blocks(markdown)), *_sections(_help(lines), kind)]
    return "\n".join([*head, *body, "</main>", "</body>", "</html>", ""])


def _spans(text: str) -> tuple[Span, ...]:
    found: list[Span] = []
    end = 0
    for match in _SPANS.finditer(text):
        found += [("", text[end : match.start()]), (match.lastgroup or "", match[match.lastgroup or 0])]
        end = match.end()
    return tuple(span for span in (*found, ("", text[end:])) if span[1])


def _help(lines: Sequence[HelpLine]) -> tuple[Block, ...]:
    if not lines:
        return ()
    found = [Block("h2", (("", _HELP_TITLE),)), Block("p", (("", _HELP_NOTE),))]
    for place, own in groupby(lines, lambda line: line.place):
        found.append(Block("h3", (("", place),)))
        found += [Block("li", _of_line(line)) for line in own]
    return tuple(found)


def _of_line(line: HelpLine) -> tuple[Span, ...]:
    reach = [span for part in (line.call, line.site) if part for span in (("", ", "), ("strong", part))]
    remark = [("", f" ({line.remark})")] if line.remark else []
    return (("", f"{line.name}: "), *reach[1:], *remark)


def _sections(pieces: Iterable[Block], kind: str = "") -> Iterable[str]:
    """A section for each heading of the second level; items that follow one another are one list."""
    inside = listing = False
    for piece in pieces:
        if listing and piece.tag != "li":
            yield "</ul>"
        if piece.tag == "h2":
            yield from ["</section>"] * inside
            yield f'<section class="{kind}">' if kind else "<section>"
            inside = True
        if piece.tag == "li" and not listing:
            yield "<ul>"
        listing = piece.tag == "li"
        yield f"<{piece.tag}>{''.join(map(_marked_up, piece.spans))}</{piece.tag}>"
    yield from ["</ul>"] * listing
    yield from ["</section>"] * inside


def _marked_up(span: Span) -> str:
    tag, text = span
    return f"<{tag}>{html.escape(text)}</{tag}>" if tag else html.escape(text)


def _shipped(name: str) -> str:
    path = share_folder("scripts") / "safety" / name
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise storage_error(f"{path} cannot be read", error) from error
