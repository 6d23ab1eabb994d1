"""The docx twin of a paper: the same model written for Word and WPS, so that its wording can be changed there."""
