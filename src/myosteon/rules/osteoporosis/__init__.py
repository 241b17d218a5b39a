"""One module a definition of osteoporosis."""
