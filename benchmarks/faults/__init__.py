"""What can go wrong with the running system, one module for each kind of fault; benchmarks/chaos.py tries them."""
