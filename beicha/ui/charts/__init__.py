"""The charts: plain frames in, plotly figures in one theme out. Texts from files are drawn as text."""
