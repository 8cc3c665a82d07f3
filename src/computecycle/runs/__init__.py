"""The run of a chapter and the results that it leaves; what a reader sets, and what that changes.

chapters      run notebooks, write pages, figures and results; run again what changed
engine        how papermill runs a notebook here
execution     one notebook, executed; where it stops
kernels       where the kernel of a notebook comes from
seed          a process that becomes a kernel, its imports done
executed      what an executed notebook says, and what keeps it from being published
hashed        hashes of what a run depends on
pools         processes that work beside this one
apart         what a rerun sets apart in a figure
reached       what of the package a notebook can run
asked         words and files of a reader into a study
studies       what was set, what it depends on, its id, its folder
states        the published results, studies, editions, folders by name
comparison    two states beside each other, as tables
telling       a comparison as lines of text
preview       what a reader's tables would change
receipt       the record of a study, and whether it is as it says
receipt_page  the receipt as a page
axes          what a sweep is asked for
points        a chapter at one point of it, in this process
spread        many points, over processes or a cluster
sweeps        a chapter at many points, and what that says
swept         what a sweep leaves in its folder
"""
