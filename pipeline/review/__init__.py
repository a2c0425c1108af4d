"""The review page: a person at a browser on this machine accepts, corrects and adds what the machine read."""
