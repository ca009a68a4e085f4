# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page must be: well-formed HTML, of itself alone, and readable for everyone.

    page.check(text)   what is wrong, as a list of sentences; empty where nothing is
    page.visible(text) the text that a reader sees
"""

import html.parser
import re

VOID = {"meta", "br", "hr", "img", "link", "input", "col", "wbr"}
# Elements, and those in which they may stand.
INSIDE = {"li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "tr": {"thead", "tbody"}, "td": {"tr"}, "th": {"tr"},
          "caption": {"table"}, "thead": {"table"}, "tbody": {"table"}, "figcaption": {"figure"}, "desc": {"svg"},
          "head": {"html"}, "body": {"html"}, "main": {"body"}, "style": {"head"}, "meta": {"head"}}
ONLY = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd"}, "tr": {"th", "td"}, "table": {"caption", "thead", "tbody"},
        "thead": {"tr"}, "tbody": {"tr"}}
PHRASING_ONLY = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "dt", "th"}
BLOCKS = {"p", "ul", "ol", "dl", "table", "section", "figure", "blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "svg"}
KNOWN = (VOID | set(INSIDE) | set(ONLY) | PHRASING_ONLY | BLOCKS |
         {"html", "title", "nav", "a", "strong", "span", "mark", "bdi", "code", "rect", "path", "text", "g"})
ATTRIBUTES = {"id", "class", "lang", "dir", "role", "scope", "tabindex", "href", "charset", "content", "name", "http-equiv",
              "aria-label", "aria-labelledby", "xmlns", "viewbox", "x", "y", "width", "height", "rx", "fill", "d", "stroke",
              "stroke-width", "text-anchor", "font-weight", "font-size"}
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufdd0-\ufdef\ufffe\uffff]")


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.complaints, self.open, self.ids, self.references = [], [], set(), []
        self.headings, self.rows, self.text, self.style, self.title = [], [], [], "", ""
        self.svg, self.seen, self.main = None, {}, False

    def complain(self, text):
        self.complaints.append(f"line {self.getpos()[0]}: {text}")

    def handle_decl(self, declaration):
        if declaration != "DOCTYPE html" or self.getpos() != (1, 0):
            self.complain(f"declaration {declaration}")

    def handle_comment(self, _):
        self.complain("a comment")

    def handle_pi(self, _):
        self.complain("a processing instruction")

    def handle_starttag(self, tag, attributes):
        parent = self.open[-1] if self.open else None
        names = dict(attributes)
        self.seen[tag] = self.seen.get(tag, 0) + 1
        if tag not in KNOWN:
            self.complain(f"element {tag}")
        if len(names) != len(attributes) or set(names) - ATTRIBUTES or None in names.values():
            self.complain(f"attributes {attributes} of {tag}")
        if tag in INSIDE and parent not in INSIDE[tag] and not (tag == "title" and parent == "svg"):
            self.complain(f"{tag} in {parent}")
        if parent in ONLY and tag not in ONLY[parent]:
            self.complain(f"{tag} in {parent}")
        if tag in BLOCKS and any(p in PHRASING_ONLY for p in self.open):
            self.complain(f"{tag} in {self.open}")
        self.attributes(tag, names)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "svg":
            self.svg = []
        elif self.svg is not None:
            self.svg.append(tag)
        if tag == "table":
            self.rows = []
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append(tag)
        if tag == "th":
            self.heading = ""

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def attributes(self, tag, names):
        needed = {"html": "lang", "th": "scope", "meta": None, "a": "href", "section": "id", "svg": "role"}.get(tag)
        if needed and not names.get(needed):
            self.complain(f"{tag} without {needed}")
        if tag == "svg" and names.get("role") != "img":
            self.complain("svg is no img")
        if "id" in names:
            if names["id"] in self.ids or not re.fullmatch("[A-Za-z0-9-]+", names["id"]):
                self.complain(f"id {names['id']}")
            self.ids.add(names["id"])
        if names.get("role") == "region" and not (names.get("aria-labelledby") or names.get("aria-label")):
            self.complain("a region without a name")
        if "aria-labelledby" in names:
            self.references += names["aria-labelledby"].split()
        if "href" in names:
            if not names["href"].startswith("#"):
                self.complain(f"leads elsewhere: {names['href']}")
            self.references.append(names["href"][1:])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.complain(f"</{tag}> where {self.open[-1:]} is open")
            return
        self.open.pop()
        if tag == "th" and not self.heading.strip():
            self.complain("an empty heading of a row or column")
        if tag == "svg":
            if self.svg[:2] != ["title", "desc"]:
                self.complain(f"svg begins with {self.svg[:2]}, not with what stands for it")
            self.svg = None
        if tag == "table":
            if len({len(row) for row in self.rows}) != 1 or "td" in self.rows[0][1:]:
                self.complain("rows of different lengths, or a first row without headings")
            if any(row[0] != "th" or "th" in row[1:] for row in self.rows[1:]):
                self.complain("a row without a heading of its own")

    def handle_data(self, data):
        if "th" in self.open:
            self.heading += data
        if "style" in self.open:
            self.style += data
        elif self.open[-1:] == ["title"] and self.svg is None:
            self.title += data
        elif "main" in self.open:
            self.text.append(data)
            if self.open[-1] in ("ul", "ol", "dl", "table", "tr", "thead", "tbody", "svg", "g") and data.strip():
                self.complain(f"text in {self.open[-1]}: {data[:40]!r}")
        elif data.strip():
            self.complain(f"text outside of main: {data[:40]!r}")


# ---- contrast, as WCAG 2.2 has it ----


def luminance(colour):
    if len(colour) == 4:
        colour = "#" + "".join(c * 2 for c in colour[1:])
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    a, b = sorted((luminance(one), luminance(other)))
    return (b + 0.05) / (a + 0.05)


def colours(style):
    """Each rule's colour and its background; what a rule does not say it has from the page: ink on white."""
    found, ink, pairs = [], None, []
    for selector, rule in re.findall(r"([^{}@]+)\{([^{}]*)\}", style):
        said = dict(p.split(":", 1) for p in rule.split(";") if ":" in p)
        ink = ink or said.get("color")
        found.append((selector.strip(), said.get("color"), said.get("background")))
    for selector, colour, background in found:
        if selector == "html":
            continue   # the table on which the sheet lies: nothing is written on it
        colour = ink if colour in (None, "inherit") else colour
        background = background if background and background.startswith("#") else "#fff"
        pairs.append((selector, colour, background))
        pairs.append((selector, ink, background))
    return pairs


def check_contrast(text, style):
    complaints = [f"{selector}: {one} on {other} is {contrast(one, other):.2f}" for selector, one, other in colours(style)
                  if contrast(one, other) < 4.5]
    # Whatever is dim may stand in a note, and beside a mark.
    dim = {one for _, one, other in colours(style) if other == "#fff"}
    for selector, _, other in colours(style):
        complaints += [f"{one} in {selector} is {contrast(one, other):.2f}" for one in dim if contrast(one, other) < 4.5]
    for svg in re.findall(r"<svg.*?</svg>", text, re.S):
        track = re.findall(r'<rect [^>]*fill="(#\w+)"/>', svg)[:1]
        for fill in set(re.findall(r'fill="(#\w+)"', svg)) - set(track):
            if contrast(fill, "#fff") < 3 or (track and contrast(fill, track[0]) < 3):
                complaints.append(f"a picture has {fill}")
    return complaints


def check(text):
    page = Page()
    page.feed(text)
    page.close()
    complaints = page.complaints
    if page.open:
        complaints.append(f"never closed: {page.open}")
    complaints += [f"nothing has the id {r}" for r in page.references if r not in page.ids]
    if not page.title.strip() or page.seen.get("main") != 1 or page.seen.get("h1") != 1 or page.headings[:1] != [1]:
        complaints.append(f"title {page.title!r}, headings {page.headings[:3]}")
    complaints += [f"a heading of level {b} below one of {a}" for a, b in zip(page.headings, page.headings[1:]) if b > a + 1]
    if '<meta charset="utf-8">' not in text[:1024]:
        complaints.append("no charset in the beginning")
    if page.seen.get("table", 0) != page.seen.get("caption", 0):
        complaints.append("a table without a caption")
    if re.search(r"url\(|@import|javascript:|<script|\bon\w+=\"", page.style) or page.seen.get("script"):
        complaints.append("something would be loaded or run")
    forbidden = FORBIDDEN.search(text)
    if forbidden:
        complaints.append(f"character {forbidden.group()!r}")
    return complaints + check_contrast(text, page.style)


def visible(text):
    page = Page()
    page.feed(text)
    return "".join(page.text)
