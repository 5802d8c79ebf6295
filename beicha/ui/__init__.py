"""What pages are made of: the shell, the frame of pickers, charts, tables and texts."""
