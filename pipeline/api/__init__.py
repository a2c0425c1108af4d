"""The database over HTTP, read only: the questions of the command line for other programs, with an OpenAPI document."""
