"""What is typed and seen at a terminal, as transcripts that people read and tests play."""
