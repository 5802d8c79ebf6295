"""The pages about the product, and what makes those that are made from the code."""
