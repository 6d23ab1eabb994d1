"""Entry forms: a record comes in, a draft goes out by the signal ``submitted``; a form never calls an operation."""
