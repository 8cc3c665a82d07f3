"""Formulas as MathML: drawn by the browser, no script and no other host."""

from latex2mathml.converter import convert


def inline(writer, node):
    """Write a formula within a line."""
    writer.body.append(f'<span class="math">{convert(node.astext())}</span>')
    raise_skip()


def block(writer, node):
    """Write a formula on a line of its own."""
    drawn = convert(node.astext(), display="block")
    writer.body.append(f'<div class="math" tabindex="0">{drawn}</div>')  # a long one scrolls
    raise_skip()


def raise_skip():
    """Tell docutils that the node is written."""
    from docutils.nodes import SkipNode

    raise SkipNode


def setup(app):
    """Make MathML the book's formula renderer (`html_math_renderer: mathml`)."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
