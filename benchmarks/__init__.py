"""Benchmarks: measured against the budgets of the design, as ratios where the budget is one."""
