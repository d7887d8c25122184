"""What people ask of a human, and what we tell them about who helps them."""
