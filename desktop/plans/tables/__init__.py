"""Tables of any format to problems: large tables with a head, tables of label and value."""
