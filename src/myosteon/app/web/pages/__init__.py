"""One module for each noun; every module here that has `pages` is served."""
