"""What the player and the review share: what is shown of an item, what is sent with it, and how it was graded."""
