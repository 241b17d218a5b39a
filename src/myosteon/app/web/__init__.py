"""The clinic in a browser: pages over the registry. It holds no medicine; all that a page shows comes from `assess` and its kin."""
