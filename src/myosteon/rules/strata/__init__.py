"""Strata of fracture risk that decide treatment, one module for each guideline."""
