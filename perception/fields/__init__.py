"""From lines to fields: labels, rows, sums, and what each value must look like."""
