"""Read-only views, one module a page: plain values and frames, put together from stored assessments and scoring."""
