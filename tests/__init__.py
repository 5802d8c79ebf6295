"""The same rooms as the product, plus tests about the house itself."""

from hypothesis import settings

# A slow neighbour on the machine is no fault of the product: no test fails for the time of one example.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
