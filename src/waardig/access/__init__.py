"""Purpose binding: who asks which attributes of whom for one activity gets a ticket or reasons against."""
