"""The Compute Cycle: a research report that is also software.

The rooms, each importing only those named before it:

errors      a user's mistake, said in one sentence
given       a number with the rows it rests on
data        tables as of a date, laid over, cited
checks      what is wrong with a table, in sentences
capex       the quantities of the capex gap: tables in, tables out
question    the question as it stood on a date: its inputs, and who stated them
spending    who spends, what was planned, what was filed
demand      whether cheaper AI needs more compute
scenarios   the same model over many assumptions at once
sensitivity what moves the gap: ranges, draws, objections
theme       the look of every chart
charts      one function a figure: tidy tables in, chart out
claims      a value and a sentence that a chapter says
figures     a chart that a chapter shows
chapters    parameters of a notebook, its run, its results
site        what only Jupyter Book needs: roles, directives, pruning, publishing
cli         the `computecycle` command
"""
