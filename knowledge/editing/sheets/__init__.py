"""Guides as spreadsheets: written out for editors, read back with faults that name the cell, compared with what is in force."""
