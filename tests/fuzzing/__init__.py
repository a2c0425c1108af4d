"""Fuzzing of the readers, containers and extractors: ``make fuzz MINUTES=…``. What it finds is kept in ``tests/fuzzed``."""
