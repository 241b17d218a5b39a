"""The cohort page: whom it is about, what was counted, how it is shown without anybody in it, and its exports."""
