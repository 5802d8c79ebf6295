"""Plain HTTP around the pages: who gets in, the page shell, and the files that leave."""
