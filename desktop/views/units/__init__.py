"""单位: units, people, the record of a unit."""
