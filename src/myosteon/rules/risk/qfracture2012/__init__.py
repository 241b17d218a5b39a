# SPDX-License-Identifier: LGPL-3.0-or-later
"""QFracture-2012: four models of fracture from UK primary care, under a licence of their own (LICENSE.md)."""
