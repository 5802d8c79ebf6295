"""Papers that go out (公文): each assembled from the views that the screens show, with no number of its own."""
