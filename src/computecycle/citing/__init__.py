"""Citing: what a reader may take away, and how it is found again.

edition       the record of the edition that pages, files and citations share
numbers       numbers and units in words
citations     what is said of anything citable, as APA, BibTeX, RIS and CSL-JSON
deposit       the record as CITATION.cff, .zenodo.json, codemeta.json, head of a Data Package
plotted       the tables that a figure draws, with columns as a reader wants them
outlines      text as shapes, so that a picture needs no font
pictures      a chart with its words around it, as SVG, PNG and PDF
stamps        what a picture says of itself, and how it is read back
drawings      the pictures of a figure, drawn again only where they would be others
bundles       the words and the data that go with a figure, and all of it as a zip
capsules      all that a reader may take of a figure, made once and kept
parts         which figure a picture is a part of, or holds among other things
identify      what a file is that came from this report, and whether it was altered
differences   what differs between two tables of a figure
frames        a figure on another's page
bibliography  the sources as references of a page, by author and date
items         everything that can be quoted, as records for programs
summaries     what an edition keeps of a run
editions      what a release published, in a folder that is never changed again
earlier       what the chapters would have said on earlier days
changes       what differs between two editions, and why
corrections   the ledger of our mistakes
register      every id that was ever published, and where it leads now
cited         which citations of this report in a text no longer stand
"""
