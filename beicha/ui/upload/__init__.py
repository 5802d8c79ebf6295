"""The parts of the upload page: choosing, reading, looking at what changes, the receipt, looking back."""
