"""How large a table may be: far above the report's own, and no more than a machine bears.

A million rows load in two seconds and are checked in a minute or two (`benchmarks/growth.py`).
"""

FILE_MB = 200  # the report's largest table has less than one
BIB_MB = 0.5  # of a reader's bibliography; the report's own has a quarter of it
ROWS = 1_000_000
COLUMNS = 200
CELL = 20_000  # characters
UNPACKED_MB = 200  # of a workbook, which is a zip
