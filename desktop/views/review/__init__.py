"""导入方案: what was read beside its source, until it is confirmed."""
