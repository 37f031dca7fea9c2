"""The pages where staff write, check and publish what Lantern says."""
