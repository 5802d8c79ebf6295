"""Loading what pages use before the first reader comes."""


def load() -> None:
    """Imports every module that a page needs; called once, when the service starts."""
    import plotly.graph_objects  # noqa: F401

    from beicha.ui import (  # noqa: F401
        alerts,
        annual,
        audit,
        calendar,
        checklist,
        community,
        compare,
        daily,
        editions,
        office,
        overview,
        papers,
        rehearsal,
        reporting,
        review,
        setup,
        spot_checks,
        stakes,
        tasks,
        upload,
    )
