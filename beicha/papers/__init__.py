"""What leaves: Excel and, later, Word, from the same values as the screen."""
