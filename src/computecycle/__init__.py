"""The Compute Cycle: a research report that is also software.

The rooms, each importing only those named before it:

errors      a user's mistake, said in one sentence
given       a number with the rows it rests on
growth      how fast something grows: rates, doubling times, fitted curves
data        tables as of a date, laid over, cited
spelling    how a text is written: unseen signs, one word in two spellings
checks      what is wrong with a table, in sentences
printed     what a document prints of one thing

The quantities of the subject, tables in and tables out:

capex       the capex gap: required revenue, depreciation, value, demand, break-evens
question    the question as it stood on a date: its inputs, and who stated them
spending    who spends, what was planned, what was filed
demand      whether cheaper AI needs more compute
scenarios   the capex gap over many assumptions at once
sensitivity what moves the gap: ranges, draws, objections
markets     what markets pay, what surveys say, which clocks run
eras        penetration and the end of an era
processors  launches, single cores, graphics processors and their power
alphago     hardware against rating
laws        laws of growth on one axis
gflops      what a billion operations a second cost
mining      what mining pays
bitcoin     hash rate, prices, earnings of the network
electricity what mining uses, and who uses as much
blockchains networks, transactions, trade
cloud       the market, the companies, their growth
valuation   prices over sales
learning    experience curves
vehicles    the car as a computer
batteries   prices of cells and packs
car_sales   shares of electric cars, makers by quarter
scaling     models: compute, parameters, the rule that selects them
training    what training a model costs, and using it
foresight   where an extrapolation of size leads

ledger      every numeric statement of the sources, recomputed and judged

Saying and showing:

theme       the look of every chart
charts      one function a figure: tidy tables in, chart out
claims      a value and a sentence that a chapter says
figures     a chart that a chapter shows
notebooks   which chapters there are, what one says of itself
parameters  what a chapter lets an analyst change
chapters    the run of a chapter, its results
site        what only Jupyter Book needs: roles, directives, pruning, publishing
cli         the `computecycle` command
"""
