"""The strata of fracture risk: cases, a second reading, properties, engines, words."""
