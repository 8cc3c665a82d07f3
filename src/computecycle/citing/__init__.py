"""Citing: what a reader may take away, and how it is found again.

edition       the record of the edition that pages, files and citations share
citations     what is said of anything citable, as APA, BibTeX, RIS and CSL-JSON
deposit       the record as CITATION.cff, .zenodo.json, codemeta.json, head of a Data Package
bibliography  the sources as references of a page, by author and date
"""
