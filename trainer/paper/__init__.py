"""A readiness report on paper: PDF, workbook and table, written from a `Paper`."""
