"""The command `myosteon`: finds the command that was asked for, and turns every error into words.

Exit status: 0 done; 2 the call or the file cannot be used; 3 done, but values were refused; 70 a fault of the program.
"""

from __future__ import annotations

import gc
import os
import sys

import typer

from myosteon.app.commands import (
    assess,
    check,
    demo,
    due,
    explain,
    guidelines,
    kpi,
    measures,
    nhanes,
    plan,
    rebuild_worklist,
    recommendations,
    registry,
    risk,
    serve,
    validate,
)
from myosteon.app.screen import in_language, say_error
from myosteon.errors import MyosteonError

UNUSABLE = 2
OBJECTS_BETWEEN_SEARCHES = 50_000
FAULT = 70
TRACE = "MYOSTEON_TRACE"

app = typer.Typer(
    name="myosteon",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Bone and muscle ageing: every definition, each answer explained. Decision support for clinicians; not a diagnosis by itself.",
)
app.command("assess")(assess.assess_file)
app.command("explain")(explain.explain_person)
app.command("measures")(measures.show_measures)
app.command("check")(check.check_file)
app.command("demo")(demo.run_demo)
app.command("nhanes")(nhanes.convert_nhanes)
app.command("risk")(risk.compute_risk)
app.command("validate")(validate.validate_risk)
app.command("plan")(plan.plan_care)
app.command("recommendations")(recommendations.judge_recommendations)
app.command("kpi")(kpi.count_kpi)
app.command("due")(due.list_due)
app.command("serve")(serve.serve_clinic)
app.command("rebuild-worklist")(rebuild_worklist.rebuild)
app.command("backup")(registry.back_up)
app.command("restore")(registry.restore)
app.command("verify")(registry.verify)
app.command("export")(registry.export)
app.command("load")(registry.load)
app.add_typer(guidelines.app, name="guidelines")


def main() -> None:
    """Runs the command; no traceback reaches the person in front of it."""
    # Reading vocabulary and evidence makes many objects and no garbage; looking for some takes a tenth of a cold start.
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)
    try:
        app()
    except MyosteonError as error:
        say_error(in_language(error))
        sys.exit(UNUSABLE)
    except BrokenPipeError:
        # The reader of our output (a pager, `head`) has seen enough; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except Exception as fault:
        if os.environ.get(TRACE):
            raise
        say_error(
            f"a fault of this program ({type(fault).__name__}); nothing was sent anywhere. "
            f"Set {TRACE}=1 and run again to see where; the trace may hold values of your file."
        )
        sys.exit(FAULT)
