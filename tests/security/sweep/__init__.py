"""The sweep: every endpoint of the installed bench, called as each kind of user, must give away no planted mark.

`planting` writes marks into every column of every protected row, `endpoints` and `routes` find what can be called,
`probes` derives the arguments, `people` says who calls and which marks he may see, `answers` looks for marks in what
comes back, `running` does all of it at once, and `state` compares the rows before and after.
"""
