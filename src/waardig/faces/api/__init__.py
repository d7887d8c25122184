"""The face for software of others: decisions about access, and the log for oversight. It shows no pages."""
