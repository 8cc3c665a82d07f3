"""Newer rows from the publishers themselves, as tables to be laid over the report's own.

web       one request: how long, how often and how much at most
sec       quarters and years of companies from the facts that they file with the SEC
epoch     notable AI models of Epoch AI
owid      charts of Our World in Data
overlay   which rows are new or changed; the folder of them; entering them into the report
"""
