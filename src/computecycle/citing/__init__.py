"""Citing: what a reader may take away, and how it is found again.

edition       the record of the edition that pages, files and citations share
citations     what is said of anything citable, as APA, BibTeX, RIS and CSL-JSON
deposit       the record as CITATION.cff, .zenodo.json, codemeta.json, head of a Data Package
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
