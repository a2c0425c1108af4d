"""The command line: ``vanthu run``, ``explain``, ``evaluate``, ``due``, ``query``, ``mark``, ``correct``, ``export``,
``graph``, ``units``, ``proposals``, ``registers``, ``import``, ``review``, ``serve``, ``schema``,
``doctor``, ``migrate`` …"""

# In the order of --help.
# isort: off
from pipeline.cli import reading as reading
from pipeline.cli import tasks as tasks
from pipeline.cli import asking as asking
from pipeline.cli import proposing as proposing
from pipeline.cli import correcting as correcting
from pipeline.cli import workbook as workbook
from pipeline.cli import review as review
from pipeline.cli import serving as serving
from pipeline.cli import describing as describing
from pipeline.cli import databases as databases
from pipeline.cli.entry import app as app
