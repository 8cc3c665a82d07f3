"""How large a table may be: far above the report's own, far below what would stall a machine."""

FILE_MB = 25  # the report's largest table has less than one
BIB_MB = 0.5  # of a reader's bibliography; the report's own has a quarter of it
ROWS = 50_000
COLUMNS = 200
CELL = 20_000  # characters
UNPACKED_MB = 200  # of a workbook, which is a zip
