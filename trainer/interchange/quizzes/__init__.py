"""Entries of question banks as items of our quizzes, and our items as entries."""
