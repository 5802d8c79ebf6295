"""What Beicha says, in both languages: the catalogues, and the words and colours of states and reasons."""
