"""Changes of the tables, in order; each is named by the sentence that says what it does."""
