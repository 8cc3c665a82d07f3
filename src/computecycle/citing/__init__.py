"""Citing: what a reader may take away, and how it is found again.

edition       the record of the edition that pages, files and citations share
bibliography  the sources as references, by author and date
"""
