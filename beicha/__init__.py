"""The office around the score: intake, store, actions, papers, web and screens."""
