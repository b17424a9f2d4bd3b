"""What leaves casework as a table: without identity, whole however long, safe from spreadsheet formulas."""
