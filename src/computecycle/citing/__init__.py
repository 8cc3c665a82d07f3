"""Citing: what a reader may take away, and how it is found again.

edition       the record of the edition that pages, files and citations share
citations     what is said of anything citable, as APA, BibTeX, RIS and CSL-JSON
bibliography  the sources as references of a page, by author and date
"""
