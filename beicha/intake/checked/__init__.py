"""The clerk's own workbook with its problems marked in it: a column 校验结果, tinted cells, comments, a sheet 校验说明.

``marks`` says in plain values what is to be marked; ``marking`` does it, in the reading process, by changing single
parts of the package, so that whatever else is in the workbook stays as it was; ``ignoring`` takes the marks out again
when the workbook comes back.
"""
