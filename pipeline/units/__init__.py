"""Units as documents and clerks write them: which body of the register is meant, and who belongs to a group."""
