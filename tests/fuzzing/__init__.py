"""Fuzzing of readers, containers and extractors: ``make fuzz MINUTES=…``; finds are kept in ``tests/fuzzed``."""
