"""What counter and case staff see."""
