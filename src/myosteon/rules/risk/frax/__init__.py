"""What may be done to a FRAX value by published arithmetic, one adjustment a file."""
