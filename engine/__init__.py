"""Set-up and running of this bench: framework, services, sites and processes.

Needs nothing but Python 3.11's standard library. It knows nothing of what the apps are for: site names,
apps, set-up values and commands of the apps stand in `sites/bench.json`.
"""
