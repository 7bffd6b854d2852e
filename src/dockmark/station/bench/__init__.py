"""The budgets, measured on this machine as ratios to plain baselines that run beside ours.

One module for each job; each has a `measure` that returns a `Report`. Ours and the baseline take turns, round after
round, and the median of the rounds counts: machines differ and drift, a ratio holds. Nothing here asserts a time.
"""
